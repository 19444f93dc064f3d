package nl.ketenpoort.signature.wss4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

import org.apache.wss4j.common.WSEncryptionPart;
import org.apache.wss4j.common.util.KeyUtils;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.message.WSSecEncrypt;
import org.apache.wss4j.dom.message.WSSecHeader;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.signature.Operation;
import nl.ketenpoort.signature.SignatureVerification;
import nl.ketenpoort.signature.SignatureVerification.NotProven;
import nl.ketenpoort.signature.SignatureVerification.Proven;

/**
 * An attacker has a signed message of somebody else in clear, as every receiver has, and encrypts to the gateway what he
 * makes of it. The signature stays good over the element it was made over; it must not be taken for another.
 */
class SignatureWrappingTest {

    private static final String FORGED = "<kp:testoproepVerzoek xmlns:kp=\"urn:nl:ketenpoort:berichten:v1\">"
            + "<kp:tekst>Vervalst</kp:tekst></kp:testoproepVerzoek>";

    private final SignatureVerification verification = Pki.gateway(Clock.systemUTC()).verification();

    @Test
    void theSignedMessageIsProvenWhenItIsEncryptedAnewUnchanged() {
        assertThat(verification.verify(forged(document -> {}).received())).isInstanceOf(Proven.class);
    }

    @Test
    void theSignedBodyInAHeaderOfItsOwnIsFoundOut() {
        assertRefused(forged(document -> moveBodyTo(document, Elements.add(header(document), "urn:x", "x:Hull"))),
                Reason.FOREIGN_HEADER);
    }

    @Test
    void theSignedBodyInsideTheSecurityHeaderIsFoundOut() {
        assertRefused(forged(document -> moveBodyTo(document, Elements.add(security(document), "urn:x", "x:Hull"))),
                Reason.SECURITY_HEADER_INVALID);
    }

    @Test
    void theSignedBodyInsideAnObjectOfTheSignatureIsFoundOut() {
        assertRefused(forged(document -> moveBodyTo(document,
                Elements.add(child(security(document), WSConstants.SIG_NS, "Signature"), WSConstants.SIG_NS,
                        "ds:Object"))),
                Reason.SECURITY_HEADER_INVALID);
    }

    @Test
    void theSignedBodyInsideAnAddressingHeaderIsNotTheBody() {
        assertRefused(forged(document -> moveBodyTo(document,
                Elements.add(header(document), SoapEnvelope.WSA, "wsa:ReplyTo"))), Reason.BODY_NOT_SIGNED);
    }

    @Test
    void theSignedBodyInsideTheForgedBodyIsNotTheBody() {
        assertRefused(forged(document -> {
            var signed = body(document);
            var forged = forgedBody(document);
            document.getDocumentElement().replaceChild(forged, signed);
            Elements.of(forged).getFirst().appendChild(signed);
        }), Reason.BODY_NOT_SIGNED);
    }

    @Test
    void twoBodiesAreNoSoap() {
        assertRefused(forged(document -> document.getDocumentElement().insertBefore(forgedBody(document),
                body(document))), Reason.NOT_SOAP);
    }

    @Test
    void aForgedBodyWithTheIdOfTheSignedOneIsRefused() {
        assertRefused(forged(document -> {
            var signed = body(document);
            var forged = forgedBody(document);
            forged.setAttributeNS(WSConstants.WSU_NS, "wsu:Id", signed.getAttributeNS(WSConstants.WSU_NS, "Id"));
            document.getDocumentElement().replaceChild(forged, signed);
            Elements.add(header(document), SoapEnvelope.WSA, "wsa:ReplyTo").appendChild(signed);
        }), Reason.SECURITY_HEADER_INVALID);
    }

    @Test
    void anIdHiddenInTheEncryptedPartDoesNotStandForAHeader() {
        // The signed Action goes into the Body's content; another stands in its place.
        assertRefused(forged(document -> {
            var signed = child(header(document), SoapEnvelope.WSA, "Action");
            var forged = document.createElementNS(SoapEnvelope.WSA, "wsa:Action");
            forged.setTextContent(Operation.SEND.requestAction());
            header(document).replaceChild(forged, signed);
            var content = document.createElementNS("urn:x", "x:Hull");
            Elements.declare(content, "x", "urn:x");
            Elements.declare(content, "wsa", SoapEnvelope.WSA);
            content.appendChild(signed);
            content.appendChild(body(document).cloneNode(true));
            var forgedBody = document.createElementNS(SoapEnvelope.SOAP, "s:Body");
            forgedBody.appendChild(content);
            document.getDocumentElement().replaceChild(forgedBody, body(document));
        }), Reason.BODY_NOT_SIGNED);
    }

    @Test
    void aSecondAddressingHeaderBesideTheSignedOneIsRefused() {
        assertRefused(forged(document -> {
            var forged = Elements.add(header(document), SoapEnvelope.WSA, "wsa:Action");
            forged.setTextContent(Operation.SEND.requestAction());
        }), Reason.ADDRESSING_WRONG);
    }

    @Test
    void anAddressingHeaderThatReplacesTheSignedOneIsRefused() {
        assertRefused(forged(document -> {
            var signed = child(header(document), SoapEnvelope.WSA, "Action");
            var forged = document.createElementNS(SoapEnvelope.WSA, "wsa:Action");
            forged.setTextContent(Operation.SEND.requestAction());
            header(document).replaceChild(forged, signed);
            Elements.add(header(document), SoapEnvelope.WSA, "wsa:ReplyTo").appendChild(signed);
        }), Reason.ADDRESSING_NOT_SIGNED);
    }

    @Test
    void aFreshTimestampBesideTheSignedOneIsRefused() {
        assertRefused(forged(document -> {
            var signed = child(security(document), WSConstants.WSU_NS, "Timestamp");
            var fresh = (Element) signed.cloneNode(true);
            fresh.setAttributeNS(WSConstants.WSU_NS, "wsu:Id", "vers");
            security(document).replaceChild(fresh, signed);
            var hiding = Elements.add(header(document), SoapEnvelope.WSA, "wsa:ReplyTo");
            Elements.declare(hiding, "wsse", WSConstants.WSSE_NS);
            Elements.declare(hiding, "wsu", WSConstants.WSU_NS);
            hiding.appendChild(signed);
        }), Reason.ADDRESSING_NOT_SIGNED);
    }

    @Test
    void theMessageOfAnotherSignedAnewIsTheMessageOfWhoSignedIt() {
        var outcome = verification
                .verify(PartnerRequest.with(request -> request.key = Pki.entry(Pki.SHELTER.sign())).received());

        assertThat(((Proven) outcome).message().sender().signer().value()).isEqualTo(Pki.SHELTER.oin());
    }

    /** Signed by the police, changed, and encrypted to the gateway by somebody else. */
    private static PartnerRequest forged(Consumer<Document> change) {
        return PartnerRequest.with(request -> {
            request.encrypt = false;
            request.atLast = document -> {
                change.accept(document);
                encryptBody(document);
            };
        });
    }

    private static void moveBodyTo(Document document, Element hiding) {
        var signed = body(document);
        document.getDocumentElement().replaceChild(forgedBody(document), signed);
        hiding.appendChild(signed);
    }

    private static Element forgedBody(Document document) {
        var forged = document.createElementNS(SoapEnvelope.SOAP, "s:Body");
        forged.appendChild(document.importNode(PartnerRequest.parsed(FORGED).getDocumentElement(), true));
        return forged;
    }

    private static void encryptBody(Document document) {
        try {
            var header = new WSSecHeader(document);
            header.setSecurityHeaderElement(security(document));
            var encryption = new WSSecEncrypt(header);
            encryption.setUseThisCert(Pki.CERTIFICATES.gatewayDecrypt().certificate());
            encryption.setKeyIdentifierType(WSConstants.ISSUER_SERIAL);
            encryption.setSymmetricEncAlgorithm(Algorithms.AES_256_GCM);
            encryption.setKeyEncAlgo(Algorithms.RSA_OAEP);
            var part = new WSEncryptionPart("Body", SoapEnvelope.SOAP, "Content");
            part.setElement(body(document));
            encryption.getParts().add(part);
            encryption.build(new GatewayKeys(List.of(Pki.entry(Pki.SHELTER.sign()))),
                    KeyUtils.getKeyGenerator(Algorithms.AES_256_GCM).generateKey());
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void assertRefused(PartnerRequest request, Reason reason) {
        var outcome = verification.verify(request.received());
        assertThat(outcome).isInstanceOf(NotProven.class);
        assertThat(((NotProven) outcome).refusal().code()).isEqualTo(reason.code());
    }

    private static Element header(Document document) {
        return Elements.of(document.getDocumentElement()).getFirst();
    }

    private static Element body(Document document) {
        return Elements.of(document.getDocumentElement()).getLast();
    }

    private static Element security(Document document) {
        return child(header(document), WSConstants.WSSE_NS, "Security");
    }

    private static Element child(Element parent, String namespace, String name) {
        return Elements.of(parent, namespace, name).getFirst();
    }
}
