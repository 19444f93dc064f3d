package nl.ketenpoort.signature.wss4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.apache.wss4j.dom.WSConstants;
import org.junit.jupiter.api.Test;

import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;
import nl.ketenpoort.signature.AnswerSealing;
import nl.ketenpoort.signature.MessageId;
import nl.ketenpoort.signature.Operation;
import nl.ketenpoort.signature.Sender;
import nl.ketenpoort.signature.SignatureVerification.Correspondent;

class AnswerSealingTest {

    private static final String ANSWER = "<kp:testoproepAntwoord xmlns:kp=\"urn:nl:ketenpoort:berichten:v1\">"
            + "<kp:tekst>Gezien &amp; gelezen</kp:tekst></kp:testoproepAntwoord>";
    private static final String FOUT = "<kp:fout xmlns:kp=\"urn:nl:ketenpoort:berichten:v1\">"
            + "<kp:code>KP-2002</kp:code></kp:fout>";
    private static final byte[] VALUE = {1, 2, 3};
    private static final Oin POLICE = new Oin(Pki.POLICE.oin());

    private final AnswerSealing sealing = Pki.gateway(Clock.systemUTC()).sealing();
    private final Correspondent known = new Correspondent(
            Optional.of(new Sender(POLICE, POLICE, Pki.POLICE.sign().certificate())),
            Optional.of(new MessageId("urn:uuid:request")), List.of(VALUE));

    @Test
    void anAnswerIsEncryptedToTheCertificateOfTheRequestAndSignedByTheGateway() throws Exception {
        var answer = sealing.seal(known, Operation.TEST, ANSWER.getBytes(UTF_8));

        assertThat(new String(answer, UTF_8)).doesNotContain("gelezen");
        var read = new PartnerReading(answer, Pki.POLICE.sign());
        assertThat(read.wasEncrypted).isTrue();
        assertThat(read.content()).isEqualTo(ANSWER);
        assertThat(read.signer).isEqualTo(
                Pki.CERTIFICATES.gatewaySign().certificate().getSubjectX500Principal().getName());
    }

    @Test
    void anAnswerSaysToWhichRequestItBelongs() throws Exception {
        var read = new PartnerReading(sealing.seal(known, Operation.TEST, ANSWER.getBytes(UTF_8)), Pki.POLICE.sign());

        assertThat(read.addressing("Action")).isEqualTo(Operation.TEST.answerAction());
        assertThat(read.addressing("RelatesTo")).isEqualTo("urn:uuid:request");
        assertThat(read.addressing("To")).isEqualTo(Addressing.ANONYMOUS);
        assertThat(read.addressing("MessageID")).startsWith("urn:uuid:").hasSize(45);
    }

    @Test
    void theSignatureCoversBodyEveryAddressingHeaderTimestampAndConfirmation() throws Exception {
        var read = new PartnerReading(sealing.seal(known, Operation.TEST, ANSWER.getBytes(UTF_8)), Pki.POLICE.sign());

        assertThat(read.addressing()).hasSize(4);
        assertThat(read.signed).contains(read.body).containsAll(read.addressing())
                .containsAll(Elements.of(read.security, WSConstants.WSU_NS, "Timestamp"))
                .containsAll(read.confirmations());
        assertThat(read.confirmations()).singleElement().satisfies(confirmation -> assertThat(
                Elements.attribute(confirmation, "Value")).isEqualTo(Base64.getEncoder().encodeToString(VALUE)));
    }

    @Test
    void aFaultToAKnownSenderIsEncryptedSignedAndNamesThePermanentCode() throws Exception {
        var fault = sealing.sealFault(known, Refusal.of(Reason.TO_WRONG), FOUT.getBytes(UTF_8));

        var read = new PartnerReading(fault, Pki.POLICE.sign());
        assertThat(read.wasEncrypted).isTrue();
        assertThat(read.addressing("Action")).isEqualTo("urn:nl:ketenpoort:diensten:v1:fout");
        assertThat(read.content()).isEqualTo(
                "<soap:Fault xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><faultcode>soap:Client</faultcode>"
                        + "<faultstring xml:lang=\"nl\">KP-1203 " + Reason.TO_WRONG.description()
                        + "</faultstring><detail>" + FOUT + "</detail></soap:Fault>");
    }

    @Test
    void aFaultOfOursIsAServersFault() throws Exception {
        var fault = sealing.sealFault(known, Refusal.of(Reason.UNAVAILABLE), FOUT.getBytes(UTF_8));

        assertThat(new PartnerReading(fault, Pki.POLICE.sign()).content())
                .contains("<faultcode>soap:Server</faultcode>");
    }

    @Test
    void aFaultToSomebodyUnknownIsSignedThoughItCannotBeEncrypted() throws Exception {
        var fault = sealing.sealFault(Correspondent.unknown(), Refusal.of(Reason.NOT_SIGNED), FOUT.getBytes(UTF_8));

        var read = new PartnerReading(fault, Pki.POLICE.sign());
        assertThat(read.wasEncrypted).isFalse();
        assertThat(read.signed).contains(read.body).containsAll(read.addressing());
        assertThat(read.addressing("RelatesTo")).isEmpty();
        assertThat(read.confirmations()).singleElement()
                .satisfies(confirmation -> assertThat(confirmation.hasAttribute("Value")).isFalse());
    }

    @Test
    void anAnswerUsesTheAlgorithmsOfTheProfile() {
        var xml = new String(sealing.seal(known, Operation.TEST, ANSWER.getBytes(UTF_8)), UTF_8);

        assertThat(Pattern.compile("Algorithm=\"([^\"]+)\"").matcher(xml).results()
                .map(found -> found.group(1))).containsOnly("http://www.w3.org/2001/10/xml-exc-c14n#",
                        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "http://www.w3.org/2001/04/xmlenc#sha256",
                        "http://www.w3.org/2009/xmlenc11#aes256-gcm",
                        "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p");
    }
}
