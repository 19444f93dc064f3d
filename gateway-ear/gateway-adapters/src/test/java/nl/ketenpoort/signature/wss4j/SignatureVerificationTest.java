package nl.ketenpoort.signature.wss4j;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.security.auth.x500.X500Principal;

import org.apache.wss4j.dom.WSConstants;
import org.apache.xml.security.utils.XMLUtils;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

import nl.ketenpoort.localstack.certificates.Flaw;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.signature.Operation;
import nl.ketenpoort.signature.ReceivedMessage;
import nl.ketenpoort.signature.SignatureVerification;
import nl.ketenpoort.signature.SignatureVerification.Correspondent;
import nl.ketenpoort.signature.SignatureVerification.NotProven;
import nl.ketenpoort.signature.SignatureVerification.Proven;
import nl.ketenpoort.signature.VerifiedMessage;

class SignatureVerificationTest {

    private final SignatureVerification verification = Pki.gateway(Clock.systemUTC()).verification();

    @Test
    void aSignedAndEncryptedRequestIsProvenToComeFromItsSigner() {
        var request = new PartnerRequest();

        var message = proven(request.received());

        assertThat(message.sender().signer().value()).isEqualTo(Pki.POLICE.oin());
        assertThat(message.sender().tlsParty().value()).isEqualTo(Pki.POLICE.oin());
        assertThat(message.sender().certificate()).isEqualTo(Pki.POLICE.sign().certificate());
        assertThat(message.operation()).isEqualTo(Operation.TEST);
        assertThat(message.messageId().value()).isEqualTo(request.addressing.get("MessageID"));
        assertThat(new String(message.body(), UTF_8)).isEqualTo(PartnerRequest.BODY);
        assertThat(message.confirmations()).hasSize(1);
    }

    @Test
    void whoConnectsMayBeSomebodyElseThanWhoSigned() {
        var message = proven(PartnerRequest
                .with(request -> request.tls = Optional.of(Pki.SHELTER.tls().certificate())).received());

        assertThat(message.sender().signer().value()).isEqualTo(Pki.POLICE.oin());
        assertThat(message.sender().tlsParty().value()).isEqualTo(Pki.SHELTER.oin());
    }

    @Test
    void commentsAreNoPartOfWhatIsProven() {
        var message = proven(PartnerRequest.with(request -> request.body = PartnerRequest.BODY.replace("Goedemorgen",
                "Goede<!-- iets -->morgen")).received());

        assertThat(new String(message.body(), UTF_8)).isEqualTo(PartnerRequest.BODY);
    }

    @Test
    void aMessageOfAlmostTheLimitIsProven() {
        var words = "Een heel lang verhaal. ".repeat(20_000);
        var message = proven(PartnerRequest
                .with(request -> request.body = PartnerRequest.BODY.replace("Goedemorgen", words)).received());

        assertThat(message.body()).hasSizeGreaterThan(450_000);
    }

    @Test
    void withoutATlsCertificateNothingIsRead() {
        assertRefused(PartnerRequest.with(request -> request.tls = Optional.empty()), Reason.TLS_CERTIFICATE_MISSING);
    }

    @Test
    void aTlsCertificateWithoutAnOinIsNone() {
        var nameless = Pki.POLICE.tls(Flaw.WITHOUT_OIN).certificate();
        assertRefused(PartnerRequest.with(request -> request.tls = Optional.of(nameless)),
                Reason.TLS_CERTIFICATE_MISSING);
    }

    // ===== form =====

    @ParameterizedTest
    @ValueSource(strings = {"text/xml", "text/xml;charset=UTF-8", "Text/XML; charset=\"utf-8\""})
    void textXmlInUtf8IsTaken(String contentType) {
        assertThat(proven(PartnerRequest.with(request -> request.contentType = contentType).received())).isNotNull();
    }

    @Test
    void anotherCharacterSetIsRefused() {
        assertRefused(PartnerRequest.with(request -> request.contentType = "text/xml; charset=iso-8859-1"),
                Reason.NOT_UTF8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/soap+xml; charset=utf-8", "multipart/related", "application/xml", ""})
    void anotherContentTypeIsNotSoap11(String contentType) {
        assertRefused(PartnerRequest.with(request -> request.contentType = contentType), Reason.NOT_SOAP);
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        var request = new PartnerRequest();
        assertRefused(request.received(request.xml().replace("<s:Body", "<!-- é --><s:Body").getBytes(ISO_8859_1)),
                Reason.NOT_UTF8);
        assertRefused(request.received(request.xml().getBytes(UTF_16LE)), Reason.NOT_UTF8);
    }

    @Test
    void aDeclarationOfAnotherEncodingIsRefused() {
        var request = new PartnerRequest();
        assertRefused(request.received("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + request.xml()),
                Reason.NOT_UTF8);
        assertThat(proven(request.received("\uFEFF<?xml version='1.0' encoding='utf-8'?>" + request.xml())))
                .isNotNull();
    }

    @Test
    void brokenXmlIsRefused() {
        var request = new PartnerRequest();
        assertRefused(request.received(request.xml().replace("</s:Body>", "")), Reason.NOT_WELL_FORMED);
        assertRefused(request.received(""), Reason.NOT_WELL_FORMED);
        assertRefused(request.received("<?xml version=\"1.1\"?>" + request.xml()), Reason.NOT_WELL_FORMED);
    }

    @Test
    void aDocumentTypeIsRefusedBeforeAnyEntityIsRead() {
        var request = new PartnerRequest();
        assertRefused(request.received(
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>" + request.xml()), Reason.DTD_PRESENT);
        assertRefused(request.received("<!DOCTYPE x SYSTEM \"http://localhost:1/x.dtd\">" + request.xml()),
                Reason.DTD_PRESENT);
    }

    @Test
    void aProcessingInstructionIsNoSoap() {
        var request = new PartnerRequest();
        assertRefused(request.received("<?print?>" + request.xml()), Reason.NOT_SOAP);
    }

    @Test
    void aMessageAboveTheLimitIsRefusedUnread() {
        assertRefused(new PartnerRequest().received(new byte[Wss4jWiring.Configuration.MOST_BYTES + 1]),
                Reason.TOO_LARGE);
    }

    @Test
    void tooManyLevelsElementsOrAttributesAreRefused() {
        var request = new PartnerRequest();
        var deep = "<a>".repeat(61) + "</a>".repeat(61);
        var many = "<b/>".repeat(50_001);
        // One more than may be, and more than the parser of any Java takes.
        for (var bomb : new String[]{deep, "<d>" + many + "</d>", wide(65), wide(20_000)}) {
            assertRefused(request.received(request.xml().replace("<s:Body", bomb + "<s:Body")), Reason.TOO_COMPLEX);
        }
    }

    private static String wide(int attributes) {
        return IntStream.range(0, attributes).mapToObj(i -> " a" + i + "=''")
                .collect(Collectors.joining("", "<c", "/>"));
    }

    @Test
    void whatWasEncryptedIsReadWithinTheSameLimits() {
        assertRefused(PartnerRequest.with(request -> request.body = "<a>".repeat(59) + "</a>".repeat(59)),
                Reason.TOO_COMPLEX);
        assertThat(proven(PartnerRequest.with(request -> request.body = "<a>".repeat(58) + "</a>".repeat(58))
                .received())).isNotNull();
    }

    @Test
    void aProcessingInstructionInsideTheEncryptedBodyIsNoSoap() {
        assertRefused(PartnerRequest.with(request -> request.body = "<a><?print?></a>"), Reason.NOT_SOAP);
    }

    @Test
    void soap12IsRefused() {
        var request = new PartnerRequest();
        assertRefused(request.received(
                request.xml().replace(SoapEnvelope.SOAP, "http://www.w3.org/2003/05/soap-envelope")), Reason.NOT_SOAP);
        assertRefused(request.received("<bericht/>"), Reason.NOT_SOAP);
    }

    @Test
    void aHeaderOfTheSendersOwnIsRefused() {
        assertRefused(PartnerRequest.with(request -> request.beforeSigning = document -> Elements.add(
                header(document), "urn:eigen", "e:Kenmerk")), Reason.FOREIGN_HEADER);
    }

    @Test
    void aNamespaceThatHasNoCanonicalFormIsRefusedToItsSigner() {
        var besideTheSignature = PartnerRequest.with(request -> request.atLast = document -> Elements
                .declare(document.getDocumentElement(), "x", "relatief"));

        var refused = notProven(besideTheSignature.received());

        assertThat(refused.refusal().code()).isEqualTo(Reason.NOT_WELL_FORMED.code());
        assertThat(refused.correspondent().sender()).isPresent();
    }

    @Test
    void twoElementsInTheBodyAreRefusedEvenIfSignedAndEncrypted() {
        assertRefused(PartnerRequest.with(request -> request.body = PartnerRequest.BODY + PartnerRequest.BODY),
                Reason.BODY_NOT_SINGLE);
        assertRefused(PartnerRequest.with(request -> request.body = PartnerRequest.BODY + "losse tekst"),
                Reason.BODY_NOT_SINGLE);
    }

    @Test
    void anEmptyBodyOrTwoEncryptedPartsAreRefused() {
        assertRefused(PartnerRequest.with(request -> request.atLast = document -> body(document)
                .removeChild(body(document).getFirstChild())), Reason.BODY_NOT_SINGLE);
        assertRefused(PartnerRequest.with(request -> request.atLast = document -> body(document)
                .appendChild(body(document).getFirstChild().cloneNode(true))), Reason.BODY_NOT_SINGLE);
    }

    // ===== WS-Addressing =====

    @Test
    void anActionOutsideTheWsdlIsRefused() {
        assertRefused(addressed("Action", "urn:nl:ketenpoort:diensten:v1:onbekend"), Reason.ACTION_UNKNOWN);
        assertRefused(without("Action"), Reason.ACTION_UNKNOWN);
    }

    @Test
    void soapActionIsEmptyOrTheAction() {
        assertRefused(PartnerRequest.with(request -> request.soapAction = Optional.of(Operation.SEND.requestAction())),
                Reason.SOAP_ACTION_DIFFERS);
        for (var same : new String[]{"", Operation.TEST.requestAction()}) {
            assertThat(proven(PartnerRequest.with(request -> request.soapAction = Optional.of(same)).received()))
                    .isNotNull();
        }
    }

    @Test
    void aMessageToAnotherEndpointIsRefused() {
        assertRefused(addressed("To", "https://elders.example/ketenpoort/v1/berichten"), Reason.TO_WRONG);
        assertRefused(addressed("To", Pki.ENDPOINT + "/ander"), Reason.TO_WRONG);
        assertRefused(without("To"), Reason.TO_WRONG);
    }

    @Test
    void theQueryOfTheEndpointDoesNotCount() {
        assertThat(proven(addressed("To", Pki.ENDPOINT + "?OIN=00000099000000001000").received())).isNotNull();
        assertThat(proven(addressed("To", Addressing.ANONYMOUS).received())).isNotNull();
    }

    @Test
    void aMessageIdIsAnAbsoluteUriOfEightToTwoHundredCharacters() {
        assertRefused(without("MessageID"), Reason.MESSAGE_ID_MISSING);
        assertRefused(addressed("MessageID", "relatief/1234"), Reason.MESSAGE_ID_MISSING);
        assertRefused(addressed("MessageID", "urn:x:1"), Reason.MESSAGE_ID_MISSING);
        assertRefused(addressed("MessageID", "urn:x:" + "1".repeat(195)), Reason.MESSAGE_ID_MISSING);
        assertThat(proven(addressed("MessageID", "urn:x:" + "1".repeat(194)).received())).isNotNull();
    }

    @Test
    void anAnswerGoesNowhereElse() {
        assertRefused(addressed("ReplyTo", "https://elders.example/"), Reason.ADDRESSING_WRONG);
        assertRefused(addressed("FaultTo", "https://elders.example/"), Reason.ADDRESSING_WRONG);
        assertThat(proven(addressed("ReplyTo", Addressing.ANONYMOUS).received())).isNotNull();
        assertThat(proven(addressed("FaultTo", Addressing.NONE).received())).isNotNull();
    }

    @Test
    void fromIsAnAbsoluteUriWithOrWithoutAnOin() {
        assertRefused(addressed("From", "politie"), Reason.ADDRESSING_WRONG);
        assertThat(proven(addressed("From", "https://politie.example/?OIN=00000099000000010000").received()))
                .isNotNull();
        assertThat(proven(addressed("From", Addressing.ANONYMOUS).received())).isNotNull();
    }

    @Test
    void anAddressingHeaderThatIsTwiceThereUnknownOrHoldsMoreThanAnAddressIsRefused() {
        assertRefused(PartnerRequest.with(request -> request.beforeSigning = document -> header(document)
                .appendChild(addressing(document, "To").cloneNode(true))), Reason.ADDRESSING_WRONG);
        assertRefused(addressed("Relation", "urn:x:1234"), Reason.ADDRESSING_WRONG);
        assertRefused(addressed("RelatesTo", "urn:x:1234"), Reason.ADDRESSING_WRONG);
        assertRefused(PartnerRequest.with(request -> {
            request.addressing.put("From", "https://politie.example/");
            request.beforeSigning = document -> Elements.add(addressing(document, "From"), SoapEnvelope.WSA,
                    "wsa:ReferenceParameters");
        }), Reason.ADDRESSING_WRONG);
    }

    // ===== signature and encryption =====

    @Test
    void aMessageWithoutASignatureIsRefused() {
        assertRefused(PartnerRequest.with(request -> request.sign = false), Reason.NOT_SIGNED);
        assertRefused(PartnerRequest.with(request -> request.atLast = document -> header(document)
                .removeChild(security(document))), Reason.NOT_SIGNED);
        assertRefused(PartnerRequest.with(request -> request.atLast = document -> document.getDocumentElement()
                .removeChild(header(document))), Reason.NOT_SIGNED);
    }

    @Test
    void whatWasChangedAfterSigningIsRefused() {
        assertRefused(PartnerRequest.with(request -> request.atLast = document -> addressing(document, "Action")
                .setTextContent(Operation.SEND.requestAction())), Reason.SIGNATURE_INVALID);
        assertRefused(PartnerRequest.with(request -> request.beforeEncrypting = document -> Elements
                .of(Elements.of(body(document)).getFirst()).getFirst().setTextContent("Goedenacht")),
                Reason.SIGNATURE_INVALID);
        assertRefused(PartnerRequest.with(request -> request.atLast = document -> spoil(Elements
                .single(signature(document), WSConstants.SIG_NS, "SignatureValue").orElseThrow())),
                Reason.SIGNATURE_INVALID);
    }

    @Test
    void aTokenOfSomebodyElseDoesNotFitTheSignature() {
        assertRefused(PartnerRequest.with(request -> request.atLast = document -> token(document).setTextContent(
                encoded(Pki.SHELTER.sign().certificate()))), Reason.SIGNATURE_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Action", "To", "MessageID", "From", "ReplyTo"})
    void everyAddressingHeaderIsSigned(String name) {
        assertRefused(PartnerRequest.with(request -> {
            request.addressing.put("From", Addressing.ANONYMOUS);
            request.addressing.put("ReplyTo", Addressing.ANONYMOUS);
            request.unsigned.add(name);
        }), Reason.ADDRESSING_NOT_SIGNED);
    }

    @Test
    void theTimestampIsThereAndSigned() {
        assertRefused(PartnerRequest.with(request -> request.unsigned.add("Timestamp")), Reason.TIMESTAMP_NOT_SIGNED);
        assertRefused(PartnerRequest.with(request -> request.timestamp = false), Reason.TIMESTAMP_NOT_SIGNED);
    }

    @Test
    void theBodyIsSigned() {
        assertRefused(PartnerRequest.with(request -> request.unsigned.add("Body")), Reason.BODY_NOT_SIGNED);
    }

    @Test
    void theBodyIsEncrypted() {
        assertRefused(PartnerRequest.with(request -> request.encrypt = false), Reason.NOT_ENCRYPTED);
    }

    @Test
    void whatIsNotEncryptedToTheGatewayCannotBeRead() {
        assertRefused(PartnerRequest.with(request -> request.encryptTo = Pki.SHELTER.sign().certificate()),
                Reason.DECRYPTION_FAILED);
        assertRefused(PartnerRequest.with(
                request -> request.encryptTo = Pki.CERTIFICATES.gatewaySign().certificate()),
                Reason.DECRYPTION_FAILED);
    }

    @Test
    void aSpoiltKeyAndSpoiltContentAreRefusedAlike() {
        assertRefused(PartnerRequest.with(request -> request.atLast = document -> spoil(cipherValue(Elements
                .single(security(document), WSConstants.ENC_NS, "EncryptedKey").orElseThrow()))),
                Reason.DECRYPTION_FAILED);
        assertRefused(PartnerRequest.with(request -> request.atLast = document -> spoil(cipherValue(
                Elements.only(body(document)).orElseThrow()))), Reason.DECRYPTION_FAILED);
    }

    @Test
    void encryptingBeforeSigningIsRefused() {
        assertRefused(PartnerRequest.with(request -> request.encryptFirst = true), Reason.SECURITY_HEADER_INVALID);
    }

    @ParameterizedTest
    @ValueSource(ints = {WSConstants.ISSUER_SERIAL, WSConstants.X509_KEY_IDENTIFIER,
            WSConstants.THUMBPRINT_IDENTIFIER, WSConstants.SKI_KEY_IDENTIFIER, WSConstants.KEY_VALUE})
    void aTokenThatIsNotReferredToDirectlyIsRefused(int reference) {
        assertRefused(PartnerRequest.with(request -> request.keyReference = reference),
                Reason.SECURITY_HEADER_INVALID);
    }

    @Test
    void aSecurityHeaderOfAnotherShapeIsRefused() {
        assertInvalidHeader(document -> security(document).appendChild(signature(document).cloneNode(true)));
        assertInvalidHeader(document -> security(document).appendChild(timestamp(document).cloneNode(true)));
        assertInvalidHeader(document -> header(document).appendChild(security(document).cloneNode(true)));
        assertInvalidHeader(document -> security(document).setAttributeNS(SoapEnvelope.SOAP, "s:actor", "urn:x"));
        assertInvalidHeader(document -> Elements.add(security(document), WSConstants.WSSE_NS, "wsse:UsernameToken"));
        assertInvalidHeader(document -> Elements.add(security(document), "urn:oasis:names:tc:SAML:2.0:assertion",
                "saml:Assertion"));
        assertInvalidHeader(document -> Elements.add(security(document), WSConstants.WSSE11_NS,
                "wsse11:SignatureConfirmation"));
        assertInvalidHeader(document -> Elements.add(signature(document), WSConstants.SIG_NS, "ds:Object"));
        assertInvalidHeader(document -> token(document).setTextContent("AAAA"));
        assertInvalidHeader(document -> Elements.add(timestamp(document), "urn:x", "x:Meer"));
        assertInvalidHeader(document -> timestamp(document).setAttributeNS(WSConstants.WSU_NS, "wsu:Id",
                body(document).getAttributeNS(WSConstants.WSU_NS, "Id")));
    }

    @Test
    void aReferenceOutsideTheMessageIsRefusedUnopened() {
        assertInvalidHeader(document -> reference(document).setAttribute("URI", "http://localhost:1/"));
        assertInvalidHeader(document -> reference(document).setAttribute("URI", ""));
        assertInvalidHeader(document -> {
            var data = Elements.single(Elements.only(body(document)).orElseThrow(), WSConstants.ENC_NS, "CipherData")
                    .orElseThrow();
            data.removeChild(data.getFirstChild());
            Elements.add(data, WSConstants.ENC_NS, "xenc:CipherReference").setAttribute("URI", "http://localhost:1/");
        });
    }

    @Test
    void moreThanThirtyReferencesAreRefused() {
        assertInvalidHeader(document -> {
            for (int i = 0; i < 30; i++) {
                reference(document).getParentNode().appendChild(reference(document).cloneNode(true));
            }
        });
    }

    // ===== time =====

    @Test
    void aMessageIsAtMostFiveMinutesOldAndOneMinuteAhead() {
        var now = Instant.now();
        assertRefused(PartnerRequest.with(request -> request.created = now.minus(Duration.ofSeconds(310))),
                Reason.TIMESTAMP_OUTSIDE_SKEW);
        assertRefused(PartnerRequest.with(request -> request.created = now.plus(Duration.ofSeconds(70))),
                Reason.TIMESTAMP_OUTSIDE_SKEW);
        assertThat(proven(PartnerRequest.with(request -> request.created = now.minus(Duration.ofSeconds(280)))
                .received())).isNotNull();
        assertThat(proven(PartnerRequest.with(request -> request.created = now.plus(Duration.ofSeconds(50)))
                .received())).isNotNull();
    }

    @Test
    void aMessageThatSaysItHasExpiredIsRefused() {
        var created = Instant.now().minus(Duration.ofSeconds(20));
        assertRefused(PartnerRequest.with(request -> {
            request.created = created;
            request.onTimestamp = timestamp -> part(timestamp, "Expires")
                    .setTextContent(created.plus(Duration.ofSeconds(10)).toString());
        }), Reason.TIMESTAMP_OUTSIDE_SKEW);
    }

    @Test
    void aMessageNeedNotSayWhenItExpires() {
        assertThat(proven(PartnerRequest.with(request -> request.onTimestamp = timestamp -> timestamp
                .removeChild(part(timestamp, "Expires"))).received())).isNotNull();
    }

    @Test
    void aMomentOutsideUtcIsRefused() {
        for (var local : new String[]{Instant.now().atOffset(ZoneOffset.ofHours(1)).toString(),
                LocalDateTime.now(ZoneOffset.UTC).toString(), "vandaag Z"}) {
            assertRefused(PartnerRequest.with(request -> request.onTimestamp = timestamp -> part(timestamp, "Created")
                    .setTextContent(local)), Reason.SECURITY_HEADER_INVALID);
        }
    }

    // ===== many at once, and keys that change =====

    @Test
    void manyMessagesAtOnceDoNotDisturbEachOther() throws Exception {
        var gateway = Pki.gateway(Clock.systemUTC());
        var oneVerification = gateway.verification();
        var oneSealing = gateway.sealing();
        var requests = IntStream.range(0, 8).mapToObj(i -> PartnerRequest
                .with(request -> request.body = PartnerRequest.BODY.replace("Goedemorgen", "Bericht " + i))).toList();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<Boolean>>();
            for (int round = 0; round < 10; round++) {
                for (int i = 0; i < requests.size(); i++) {
                    var received = requests.get(i).received();
                    var expected = requests.get(i).body;
                    answers.add(executor.submit(() -> {
                        var message = ((Proven) oneVerification.verify(received)).message();
                        var answer = oneSealing.seal(Correspondent.of(message), Operation.TEST, message.body());
                        return new String(message.body(), UTF_8).equals(expected) && expected
                                .equals(new PartnerReading(answer, Pki.POLICE.sign()).content());
                    }));
                }
            }
            for (var answer : answers) {
                assertThat(answer.get()).isTrue();
            }
        }
    }

    @Test
    void whileKeysChangeTheEarlierOneStillDecrypts() {
        var configuration = new Wss4jWiring.Configuration(Pki.entry(Pki.CERTIFICATES.gatewaySign()),
                List.of(Pki.entry(Pki.CERTIFICATES.gatewayReceipt()), Pki.entry(Pki.CERTIFICATES.gatewayDecrypt())),
                Set.of(Pki.CERTIFICATES.rootCertificate()), Pki.CERTIFICATES.trustDirectory(), List.of(Pki.ENDPOINT),
                Wss4jWiring.Configuration.MOST_BYTES, Clock.systemUTC());
        var changing = Wss4jWiring.with(configuration).verification();

        for (var key : List.of(Pki.CERTIFICATES.gatewayReceipt(), Pki.CERTIFICATES.gatewayDecrypt())) {
            assertThat(changing.verify(PartnerRequest.with(request -> request.encryptTo = key.certificate())
                    .received())).isInstanceOf(Proven.class);
        }
    }

    // ===== certificates =====

    @ParameterizedTest
    @EnumSource(Flaw.class)
    void aFlawedCertificateIsRefusedForItsFlaw(Flaw flaw) {
        var reason = switch (flaw) {
            case EXPIRED, NOT_YET_VALID -> Reason.CERTIFICATE_EXPIRED;
            case REVOKED -> Reason.CERTIFICATE_REVOKED;
            case UNKNOWN_AUTHORITY, WITHOUT_OIN -> Reason.CERTIFICATE_UNTRUSTED;
        };
        assertRefused(PartnerRequest.with(request -> request.key = Pki.entry(Pki.POLICE.sign(flaw))), reason);
    }

    @Test
    void aShortKeyIsRefused() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        var pair = generator.generateKeyPair();
        var now = Instant.now();
        var name = new X500Principal("CN=kort");
        var certificate = new JcaX509CertificateConverter().getCertificate(new JcaX509v3CertificateBuilder(name,
                BigInteger.ONE, Date.from(now.minusSeconds(60)), Date.from(now.plusSeconds(60)), name,
                pair.getPublic()).build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate())));
        assertRefused(PartnerRequest.with(request -> request.key = new PrivateKeyEntry(pair.getPrivate(),
                new Certificate[]{certificate})), Reason.ALGORITHM_NOT_ALLOWED);
    }

    // ===== whom the fault goes to =====

    @Test
    void aRefusalAfterAGoodSignatureIsAnsweredToTheSigner() {
        var request = addressed("To", "https://elders.example/");
        var correspondent = notProven(request.received()).correspondent();

        assertThat(correspondent.sender().orElseThrow().signer().value()).isEqualTo(Pki.POLICE.oin());
        assertThat(correspondent.relatesTo().orElseThrow().value()).isEqualTo(request.addressing.get("MessageID"));
        assertThat(correspondent.confirmations()).hasSize(1);
    }

    @Test
    void aRefusalWithoutAGoodSignatureIsAnsweredToNobodyInParticular() {
        var request = PartnerRequest.with(one -> one.atLast = document -> addressing(document, "Action")
                .setTextContent(Operation.SEND.requestAction()));
        var correspondent = notProven(request.received()).correspondent();

        assertThat(correspondent.sender()).isEmpty();
        assertThat(correspondent.relatesTo().orElseThrow().value()).isEqualTo(request.addressing.get("MessageID"));
    }

    @Test
    void aRefusalOfAnUntrustedSignerIsNotEncryptedToHim() {
        var request = PartnerRequest.with(one -> one.key = Pki.entry(Pki.POLICE.sign(Flaw.UNKNOWN_AUTHORITY)));

        assertThat(notProven(request.received()).correspondent().sender()).isEmpty();
    }

    @Test
    void evenTheFaultAboutAHeaderOfOnesOwnRelatesToItsRequest() {
        var request = PartnerRequest.with(one -> one.beforeSigning = document -> Elements.add(header(document),
                "urn:eigen", "e:Kenmerk"));

        assertThat(notProven(request.received()).correspondent().relatesTo().orElseThrow().value())
                .isEqualTo(request.addressing.get("MessageID"));
    }

    // ===== help =====

    private static PartnerRequest addressed(String name, String value) {
        return PartnerRequest.with(request -> request.addressing.put(name, value));
    }

    private static PartnerRequest without(String name) {
        return PartnerRequest.with(request -> request.addressing.remove(name));
    }

    private VerifiedMessage proven(ReceivedMessage received) {
        var outcome = verification.verify(received);
        assertThat(outcome).isInstanceOf(Proven.class);
        return ((Proven) outcome).message();
    }

    private NotProven notProven(ReceivedMessage received) {
        var outcome = verification.verify(received);
        assertThat(outcome).isInstanceOf(NotProven.class);
        return (NotProven) outcome;
    }

    private void assertRefused(PartnerRequest request, Reason reason) {
        assertRefused(request.received(), reason);
    }

    private void assertInvalidHeader(Consumer<Document> change) {
        assertRefused(PartnerRequest.with(request -> request.atLast = change), Reason.SECURITY_HEADER_INVALID);
    }

    private void assertRefused(ReceivedMessage received, Reason reason) {
        assertThat(notProven(received).refusal().code()).isEqualTo(reason.code());
    }

    private static Element header(Document document) {
        return Elements.of(document.getDocumentElement()).getFirst();
    }

    private static Element body(Document document) {
        return Elements.of(document.getDocumentElement()).getLast();
    }

    private static Element security(Document document) {
        return Elements.of(header(document), WSConstants.WSSE_NS, "Security").getFirst();
    }

    private static Element signature(Document document) {
        return Elements.of(security(document), WSConstants.SIG_NS, "Signature").getFirst();
    }

    private static Element timestamp(Document document) {
        return Elements.of(security(document), WSConstants.WSU_NS, "Timestamp").getFirst();
    }

    private static Element part(Element timestamp, String name) {
        return Elements.of(timestamp, WSConstants.WSU_NS, name).getFirst();
    }

    private static Element token(Document document) {
        return Elements.of(security(document), WSConstants.WSSE_NS, "BinarySecurityToken").getFirst();
    }

    private static Element reference(Document document) {
        return Elements.of(Elements.of(signature(document)).getFirst(), WSConstants.SIG_NS, "Reference").getFirst();
    }

    private static Element addressing(Document document, String name) {
        return Elements.of(header(document), SoapEnvelope.WSA, name).getFirst();
    }

    private static Element cipherValue(Element encrypted) {
        return Elements.only(Elements.single(encrypted, WSConstants.ENC_NS, "CipherData").orElseThrow()).orElseThrow();
    }

    /** Changes one bit in the middle. */
    private static void spoil(Element base64) {
        var bytes = XMLUtils.decode(base64.getTextContent());
        bytes[bytes.length / 2] ^= 1;
        base64.setTextContent(XMLUtils.encodeToString(bytes));
    }

    private static String encoded(X509Certificate certificate) {
        try {
            return XMLUtils.encodeToString(certificate.getEncoded());
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
