package nl.ketenpoort.signature.wss4j;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.apache.wss4j.common.WSEncryptionPart;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.apache.wss4j.common.util.KeyUtils;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.message.WSSecEncrypt;
import org.apache.wss4j.dom.message.WSSecHeader;
import org.apache.wss4j.dom.message.WSSecSignature;
import org.apache.wss4j.dom.message.WSSecSignatureConfirmation;
import org.apache.wss4j.dom.message.WSSecTimestamp;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

import nl.ketenpoort.refusal.Refusal;
import nl.ketenpoort.signature.KeysUnusable;

/** Puts content in an envelope, signs it and, if it is known to whom it goes, encrypts its Body (WB004 to WB010). */
final class EnvelopeSealer {

    private static final String SOAP_PREFIX = "soap";
    private static final String WSA_PREFIX = "wsa";

    private final GatewayKeys keys;
    private final BoundedReader reader;
    private final Clock clock;

    EnvelopeSealer(GatewayKeys keys, BoundedReader reader, Clock clock) {
        this.keys = keys;
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * A sealed envelope.
     *
     * @param signatureValue what its answer has to confirm
     */
    record Sealed(byte[] bytes, byte[] signatureValue) {}

    Sealed seal(Letter letter, byte[] body) {
        var document = ownXml(body);
        var content = document.getDocumentElement();
        var envelope = emptyEnvelope(document, letter);
        envelope.body().appendChild(content);
        return seal(document, envelope, letter);
    }

    Sealed sealFault(Letter letter, Refusal refusal, byte[] detail) {
        var document = ownXml(detail);
        var content = document.getDocumentElement();
        var envelope = emptyEnvelope(document, letter);
        var fault = add(envelope.body(), SoapEnvelope.SOAP, SOAP_PREFIX + ":Fault");
        boolean ours = "0051".equals(refusal.digikoppeling());
        unqualified(fault, "faultcode").setTextContent(SOAP_PREFIX + (ours ? ":Server" : ":Client"));
        var words = unqualified(fault, "faultstring");
        words.setAttributeNS("http://www.w3.org/XML/1998/namespace", "xml:lang", "nl");
        words.setTextContent(refusal.code() + " " + refusal.description());
        unqualified(fault, "detail").appendChild(content);
        return seal(document, envelope, letter);
    }

    private Document ownXml(byte[] xml) {
        try {
            return reader.read(xml);
        } catch (RefusedMessage broken) {
            throw new IllegalStateException("The gateway wrote XML that it refuses itself: " + broken.getMessage());
        }
    }

    private record Empty(Element header, Element body, List<Element> blocks) {}

    private static Empty emptyEnvelope(Document document, Letter letter) {
        document.removeChild(document.getDocumentElement());
        var envelope = Elements.add(document, SoapEnvelope.SOAP, SOAP_PREFIX + ":Envelope");
        Elements.declare(envelope, WSA_PREFIX, SoapEnvelope.WSA);
        Elements.declare(envelope, WSConstants.WSU_PREFIX, WSConstants.WSU_NS);
        var header = add(envelope, SoapEnvelope.SOAP, SOAP_PREFIX + ":Header");
        var blocks = new ArrayList<Element>();
        blocks.add(block(header, "Action", letter.action()));
        blocks.add(block(header, "MessageID", letter.id().value()));
        letter.relatesTo().ifPresent(request -> blocks.add(block(header, "RelatesTo", request.value())));
        blocks.add(block(header, "To", letter.to().toString()));
        letter.from().ifPresent(from -> {
            var reference = add(header, SoapEnvelope.WSA, WSA_PREFIX + ":From");
            add(reference, SoapEnvelope.WSA, WSA_PREFIX + ":Address").setTextContent(from.toString());
            blocks.add(reference);
        });
        return new Empty(header, add(envelope, SoapEnvelope.SOAP, SOAP_PREFIX + ":Body"), blocks);
    }

    private Sealed seal(Document document, Empty envelope, Letter letter) {
        try {
            var header = new WSSecHeader(document);
            header.insertSecurityHeader();
            var signed = new ArrayList<>(envelope.blocks());
            signed.add(envelope.body());
            signed.add(timestamp(header));
            letter.confirmations().ifPresent(values -> signed.addAll(confirmations(header, values)));
            byte[] signature = signature(header, signed);
            if (letter.encryptTo().isPresent()) {
                encrypt(header, letter, envelope.body());
            }
            return new Sealed(Opening.asItIs(document.getDocumentElement()), signature);
        } catch (WSSecurityException failed) {
            throw new IllegalStateException("The gateway cannot encrypt", failed);
        }
    }

    private byte[] signature(WSSecHeader header, List<Element> signed) {
        try {
            return sign(header, signed);
        } catch (WSSecurityException failed) {
            throw new KeysUnusable(failed);
        }
    }

    private Element timestamp(WSSecHeader header) {
        var timestamp = new WSSecTimestamp(header);
        timestamp.setWsTimeSource(clock::instant);
        timestamp.setTimeToLive((int) Freshness.OLDEST.toSeconds());
        timestamp.build();
        return timestamp.getElement();
    }

    private static List<Element> confirmations(WSSecHeader header, List<byte[]> values) {
        var elements = new ArrayList<Element>();
        var confirmed = new ArrayList<>(values);
        if (confirmed.isEmpty()) {
            confirmed.add(null);
        }
        for (var value : confirmed) {
            var confirmation = new WSSecSignatureConfirmation(header);
            confirmation.build(value);
            elements.add(confirmation.getSignatureConfirmationElement());
        }
        return elements;
    }

    private byte[] sign(WSSecHeader header, List<Element> elements) throws WSSecurityException {
        var signature = new WSSecSignature(header);
        signature.setUserInfo(GatewayKeys.FIRST, "");
        signature.setKeyIdentifierType(WSConstants.BST_DIRECT_REFERENCE);
        signature.setSignatureAlgorithm(Algorithms.RSA_SHA256);
        signature.setDigestAlgo(Algorithms.SHA256);
        signature.setSigCanonicalization(Algorithms.CANONICAL);
        signature.setAddInclusivePrefixes(false);
        var prefix = "_" + UUID.randomUUID() + "-";
        for (int i = 0; i < elements.size(); i++) {
            var element = elements.get(i);
            var id = element.getAttributeNS(WSConstants.WSU_NS, "Id");
            if (id.isEmpty()) {
                id = prefix + i;
                element.setAttributeNS(WSConstants.WSU_NS, WSConstants.WSU_PREFIX + ":Id", id);
            }
            var part = new WSEncryptionPart(id);
            part.setElement(element);
            signature.getParts().add(part);
        }
        signature.build(keys);
        return signature.getSignatureValue();
    }

    private void encrypt(WSSecHeader header, Letter letter, Element body) throws WSSecurityException {
        var encryption = new WSSecEncrypt(header);
        encryption.setUseThisCert(letter.encryptTo().orElseThrow());
        encryption.setKeyIdentifierType(WSConstants.ISSUER_SERIAL);
        encryption.setSymmetricEncAlgorithm(Algorithms.AES_256_GCM);
        encryption.setKeyEncAlgo(Algorithms.RSA_OAEP);
        encryption.setEncryptionSerializer(new DecryptedContent(reader));
        var part = new WSEncryptionPart(body.getAttributeNS(WSConstants.WSU_NS, "Id"), "Content");
        part.setElement(body);
        encryption.getParts().add(part);
        encryption.build(keys, KeyUtils.getKeyGenerator(Algorithms.AES_256_GCM).generateKey());
    }

    private static Element block(Element header, String name, String value) {
        var block = add(header, SoapEnvelope.WSA, WSA_PREFIX + ":" + name);
        block.setTextContent(value);
        return block;
    }

    /** The prefix is declared on the Envelope. */
    private static Element add(Element parent, String namespace, String qualifiedName) {
        return (Element) parent.appendChild(parent.getOwnerDocument().createElementNS(namespace, qualifiedName));
    }

    /** The parts of a SOAP 1.1 fault have no namespace (section 4.4). */
    private static Element unqualified(Element fault, String name) {
        return (Element) fault.appendChild(fault.getOwnerDocument().createElementNS(null, name));
    }
}
