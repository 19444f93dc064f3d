package nl.ketenpoort.acceptancetests;

import static nl.ketenpoort.partnerclient.attack.RawSoap.AES128_CBC;
import static nl.ketenpoort.partnerclient.attack.RawSoap.INCLUSIVE_C14N;
import static nl.ketenpoort.partnerclient.attack.RawSoap.RSA_1_5;
import static nl.ketenpoort.partnerclient.attack.RawSoap.RSA_SHA1;
import static nl.ketenpoort.partnerclient.attack.RawSoap.SHA1;
import static nl.ketenpoort.partnerclient.attack.RawSoap.TRIPLE_DES;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.Region;
import nl.ketenpoort.localstack.certificates.Flaw;
import nl.ketenpoort.partnerclient.attack.RawSoap;
import nl.ketenpoort.partnerclient.attack.RawSoap.Wrapping;

/** Signature and encryption that are not what profile 2W-be-SE asks (Digikoppeling WB001 to WB014). */
@ExtendWith(RunningRegion.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignatureRefusalsIT {

    private final Line line;
    private final String caseId;

    SignatureRefusalsIT(Region region) {
        this.line = new Line(region);
        this.caseId = new Chain(region).openCase();
    }

    private String report() {
        return Marks.instead(Examples.accepted("overtredingsmelding", "politie-bij-de-woning", caseId));
    }

    private RawSoap message() {
        return line.message(Partner.POLITIE, report());
    }

    private Answered sent(RawSoap soap) {
        return line.send(Partner.POLITIE, soap);
    }

    @Test
    void theMessageThatIsSpoiledInTheOtherTestsIsAcceptedAsItIs() {
        sent(message()).isAccepted();
    }

    @Test
    void aMessageThatIsNotSignedIsRefused() {
        sent(message().unsigned()).isRefusedInClear("KP-2001", "0002").relatingToIt();
    }

    @Test
    void aMessageWithoutASecurityHeaderIsRefused() {
        sent(message().unsigned().unencrypted().withoutTimestamp()).isRefusedInClear("KP-2001", "0002").relatingToIt();
    }

    @Test
    void aMessageWhoseContentWasChangedAfterSigningIsRefused() {
        sent(message().changedAfterSigning("telefoon", "0900 0000")).isRefusedInClear("KP-2002", "0002").relatingToIt();
    }

    @Test
    void aMessageWhoseMessageIdWasChangedAfterSigningIsRefused() {
        sent(message().changedAfterSigning("MessageID", "urn:uuid:" + UUID.randomUUID()))
                .isRefusedInClear("KP-2002", "0002");
    }

    @Test
    void aMessageSignedWithAnotherKeyThanThatOfItsCertificateIsRefused() {
        var thief = Line.raw(line.keysOf(Partner.GGZ).sign());
        var police = Line.raw(line.keysOf(Partner.POLITIE).sign());
        sent(line.message(thief.claiming(police), report())).isRefusedInClear("KP-2002", "0002");
    }

    @ParameterizedTest
    @ValueSource(strings = {"To", "Action", "MessageID", "From", "ReplyTo"})
    void aWsAddressingHeaderThatIsNotSignedIsRefused(String header) {
        sent(message().replyTo(RawSoap.ANONYMOUS).notSigning(header)).isRefusedSealed("KP-2003", "0002");
    }

    @Test
    void aTimestampThatIsNotSignedIsRefused() {
        sent(message().notSigning("Timestamp")).isRefusedSealed("KP-2004", "0002").relatingToIt();
    }

    @Test
    void aMessageWithoutATimestampIsRefused() {
        sent(message().withoutTimestamp()).isRefusedInClear("KP-2004", "0002");
    }

    @Test
    void aBodyThatIsNotSignedIsRefused() {
        sent(message().notSigning("Body")).isRefusedSealed("KP-2014", "0002").relatingToIt();
    }

    @Test
    void aMessageThatIsNotEncryptedIsRefused() {
        sent(message().unencrypted()).isRefusedInClear("KP-2005", "0002").relatingToIt();
    }

    @Test
    void aMessageEncryptedToAnotherKeyIsRefused() {
        sent(line.encryptedTo(line.keysOf(Partner.GGZ).sign().certificate(), Partner.POLITIE, report()))
                .isRefusedInClear("KP-2013", "0002");
    }

    @Test
    void aMessageThatWasEncryptedBeforeItWasSignedIsRefused() {
        sent(message().encryptedBeforeSigned()).isRefusedInClear("KP-2015", "0002");
    }

    @Test
    void aCertificateThatIsNamedInsteadOfSentIsRefused() {
        sent(message().tokenByIssuerSerial()).isRefusedInClear("KP-2015", "0002");
    }

    @Test
    void aSignatureWithSha1IsRefused() {
        sent(message().signature(RSA_SHA1)).isRefusedInClear("KP-2006", "0002").relatingToIt();
    }

    @Test
    void aDigestWithSha1IsRefused() {
        sent(message().digest(SHA1)).isRefusedInClear("KP-2006", "0002").relatingToIt();
    }

    @Test
    void inclusiveCanonicalisationIsRefused() {
        sent(message().canonicalization(INCLUSIVE_C14N)).isRefusedInClear("KP-2006", "0002");
    }

    @ParameterizedTest
    @ValueSource(strings = {AES128_CBC, "http://www.w3.org/2001/04/xmlenc#aes256-cbc", TRIPLE_DES})
    void encryptionThatDoesNotAuthenticateIsRefused(String algorithm) {
        sent(message().encryption(algorithm)).isRefusedInClear("KP-2006", "0002").relatingToIt();
    }

    @Test
    void keyTransportWithRsa15IsRefused() {
        sent(message().keyTransport(RSA_1_5)).isRefusedInClear("KP-2006", "0002").relatingToIt();
    }

    @Test
    void aTimestampOfTooLongAgoIsRefused() {
        sent(message().created(Instant.now().minus(Duration.ofMinutes(6))).lifetime(Optional.empty()))
                .isRefusedSealed("KP-2007", "0002").relatingToIt();
    }

    @Test
    void aTimestampThatHasExpiredIsRefused() {
        sent(message().created(Instant.now().minus(Duration.ofMinutes(2))).lifetime(Optional.of(Duration.ofMinutes(1))))
                .isRefusedSealed("KP-2007", "0002");
    }

    @Test
    void aTimestampInTheFutureIsRefused() {
        sent(message().created(Instant.now().plus(Duration.ofMinutes(2)))).isRefusedSealed("KP-2007", "0002");
    }

    @Test
    void aSigningCertificateThatHasExpiredIsRefusedUnderAGoodConnection() {
        signedWith(Flaw.EXPIRED).isRefusedInClear("KP-2008", "0002").relatingToIt();
    }

    @Test
    void aSigningCertificateThatIsNotYetValidIsRefusedUnderAGoodConnection() {
        signedWith(Flaw.NOT_YET_VALID).isRefusedInClear("KP-2008", "0002");
    }

    @Test
    void aSigningCertificateThatIsRevokedIsRefusedUnderAGoodConnection() {
        signedWith(Flaw.REVOKED).isRefusedInClear("KP-2009", "0002").relatingToIt();
    }

    @Test
    void aSigningCertificateOfAnUnknownAuthorityIsRefusedUnderAGoodConnection() {
        signedWith(Flaw.UNKNOWN_AUTHORITY).isRefusedInClear("KP-2010", "0002");
    }

    @Test
    void aSigningCertificateWithoutAnOinIsRefusedUnderAGoodConnection() {
        signedWith(Flaw.WITHOUT_OIN).isRefusedInClear("KP-2010", "0002");
    }

    private Answered signedWith(Flaw flaw) {
        var key = Line.raw(line.keysOf(Partner.POLITIE).sign(flaw));
        return line.send(line.keysOf(Partner.POLITIE), key, line.message(key, report()));
    }

    /** Nothing uses it, so that the signature holds; with it the message has no canonical form to be kept in. */
    @Test
    void aRelativeNamespaceNameDeclaredAfterSigningIsRefused() {
        var refused = sent(message().asText(text -> declaringOnTheEnvelope(text, "xmlns:x=\"relatief\"")))
                .isRefusedSealed("KP-1102", "0001").relatingToIt();

        assertThat(refused.text()).contains("[xmlns]");
    }

    @Test
    void anAbsoluteNamespaceNameDeclaredAfterSigningHarmsNothing() {
        sent(message().asText(text -> declaringOnTheEnvelope(text, "xmlns:x=\"urn:absoluut\""))).isAccepted();
    }

    private static String declaringOnTheEnvelope(String text, String declaration) {
        assertThat(text).startsWith("<soap:Envelope ");
        return text.replaceFirst("<soap:Envelope ", "<soap:Envelope " + declaration + " ");
    }

    @Test
    void aSignedBodyMovedIntoAHeaderOfAnotherNamespaceIsRefused() {
        sent(message().wrapping(Wrapping.HEADER_OTHER_ID, report())).isRefusedInClear("KP-1107", "0010");
    }

    @Test
    void aSignedBodyMovedIntoAHeaderWithItsIdGivenTwiceIsRefused() {
        sent(message().wrapping(Wrapping.HEADER_SAME_ID, report())).isRefusedInClear("KP-1107", "0010");
    }

    @Test
    void aSignedBodyMovedIntoTheSecurityHeaderIsRefused() {
        sent(message().wrapping(Wrapping.SECURITY_NO_ID, report())).isRefusedInClear("KP-2015", "0002");
    }

    @Test
    void aSignedBodyMovedInsideAnotherBodyIsRefused() {
        sent(message().wrapping(Wrapping.INSIDE_BODY, report())).isRefusedSealed("KP-2014", "0002");
    }
}
