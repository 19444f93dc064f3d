package nl.ketenpoort.signature.wss4j;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.apache.wss4j.dom.WSConstants;
import org.apache.xml.security.utils.XMLUtils;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

import nl.ketenpoort.refusal.Reason;

/**
 * The parts of a {@code wsse:Security} header that has the shape of profile 2W-be-SE: one signature by a token that is
 * referred to directly, one timestamp, one encrypted key for the Body and nothing else, all with accepted algorithms.
 * The shape is judged before any key is used, so that WSS4J never meets what the profile does not have.
 *
 * @param encrypted whether the Body is
 * @param confirmations {@code SignatureConfirmation}; a request has none
 */
record SecurityHeader(Element signature, Element timestamp, boolean encrypted, List<Element> confirmations) {

    /** What kind of message the header is of. */
    enum Kind {
        /** Encrypted always (WB005). */
        REQUEST,
        /** May confirm signatures; a fault may come in clear, if its sender could not establish to whom it goes. */
        ANSWER
    }

    private static final int MOST_REFERENCES = 30;
    private static final String DS = WSConstants.SIG_NS;
    private static final String XENC = WSConstants.ENC_NS;
    private static final String XENC11 = WSConstants.ENC11_NS;
    private static final String WSSE = WSConstants.WSSE_NS;
    private static final String WSU = WSConstants.WSU_NS;

    static SecurityHeader of(SoapEnvelope soap, Kind kind) throws RefusedMessage {
        var header = soap.security();
        var signatures = Elements.of(header, DS, "Signature");
        if (signatures.isEmpty()) {
            throw new RefusedMessage(Reason.NOT_SIGNED);
        }
        var timestamps = Elements.of(header, WSU, "Timestamp");
        if (timestamps.isEmpty()) {
            throw new RefusedMessage(Reason.TIMESTAMP_NOT_SIGNED);
        }
        var tokens = Elements.of(header, WSSE, "BinarySecurityToken");
        var keys = Elements.of(header, XENC, "EncryptedKey");
        var confirmations = Elements.of(header, WSConstants.WSSE11_NS, "SignatureConfirmation");
        boolean encrypted = bodyIsEncrypted(soap.body(), kind, !keys.isEmpty());
        if (encrypted && keys.isEmpty()) {
            throw new RefusedMessage(Reason.NOT_ENCRYPTED);
        }
        demand(signatures.size() == 1, "ds:Signature");
        demand(timestamps.size() == 1, "wsu:Timestamp");
        demand(tokens.size() == 1 || tokens.size() == 2, "wsse:BinarySecurityToken");
        demand(keys.size() == (encrypted ? 1 : 0), "xenc:EncryptedKey");
        demand(confirmations.isEmpty() || kind == Kind.ANSWER, "wsse11:SignatureConfirmation");
        demand(Elements.of(header).size() == 2 + tokens.size() + keys.size() + confirmations.size()
                && !Elements.hasText(header), "wsse:Security");
        var signature = signatures.getFirst();
        for (var token : tokens) {
            checkToken(token);
        }
        checkSignature(signature, tokens);
        checkTimestamp(timestamps.getFirst());
        for (var confirmation : confirmations) {
            demand(Elements.of(confirmation).isEmpty(), "wsse11:SignatureConfirmation");
        }
        if (encrypted) {
            checkEncryption(keys.getFirst(), Elements.of(soap.body()).getFirst());
            // Sign, then encrypt (WB006): who undoes it meets the key first.
            demand((keys.getFirst().compareDocumentPosition(signature) & Node.DOCUMENT_POSITION_FOLLOWING) != 0,
                    "xenc:EncryptedKey");
        }
        checkIds(soap.envelope());
        return new SecurityHeader(signature, timestamps.getFirst(), encrypted, confirmations);
    }

    /** The value of the signature as it stands there, verified or not. */
    static Optional<byte[]> signatureValueIn(SoapEnvelope soap) {
        return Elements.single(soap.security(), DS, "Signature")
                .flatMap(signature -> Elements.single(signature, DS, "SignatureValue")).flatMap(Elements::text)
                .filter(text -> !text.isEmpty() && text.length() < 4096).flatMap(SecurityHeader::decoded);
    }

    /** Asked only when something failed already: WSS4J does not say where. */
    static boolean tokensAreCertificates(SoapEnvelope soap) {
        try {
            for (var token : Elements.of(soap.security(), WSSE, "BinarySecurityToken")) {
                var bytes = new ByteArrayInputStream(decoded(token.getTextContent()).orElseGet(() -> new byte[0]));
                CertificateFactory.getInstance("X.509").generateCertificate(bytes);
            }
            return true;
        } catch (CertificateException notACertificate) {
            return false;
        }
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(XMLUtils.decode(base64));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static boolean bodyIsEncrypted(Element body, Kind kind, boolean keyPresent) throws RefusedMessage {
        var content = Elements.only(body).orElseThrow(() -> new RefusedMessage(Reason.BODY_NOT_SINGLE));
        if (Elements.is(content, XENC, "EncryptedData")) {
            return true;
        }
        if (kind == Kind.REQUEST || keyPresent || !Elements.is(content, SoapEnvelope.SOAP, "Fault")) {
            throw new RefusedMessage(Reason.NOT_ENCRYPTED);
        }
        return false;
    }

    private static void checkToken(Element token) throws RefusedMessage {
        demand(Elements.attribute(token, "ValueType").equals(WSConstants.X509TOKEN_NS + "#X509v3")
                && Elements.attribute(token, "EncodingType").equals(WSConstants.BASE64_ENCODING)
                && !token.getAttributeNS(WSU, "Id").isEmpty() && Elements.of(token).isEmpty(),
                "wsse:BinarySecurityToken");
    }

    private static void checkTimestamp(Element timestamp) throws RefusedMessage {
        var parts = Elements.of(timestamp);
        demand(!parts.isEmpty() && parts.size() <= 2 && Elements.is(parts.getFirst(), WSU, "Created")
                && (parts.size() == 1 || Elements.is(parts.getLast(), WSU, "Expires"))
                && parts.stream().allMatch(part -> Elements.of(part).isEmpty()), "wsu:Timestamp");
        for (var part : parts) {
            Freshness.moment(part);
        }
    }

    private static void checkSignature(Element signature, List<Element> tokens) throws RefusedMessage {
        var parts = children(signature, DS, "ds:Signature", "SignedInfo", "SignatureValue", "KeyInfo");
        demand(Elements.of(parts.get(1)).isEmpty(), "ds:SignatureValue");
        checkSignedInfo(parts.get(0));
        var reference = Elements.only(parts.get(2))
                .filter(found -> Elements.is(found, WSSE, "SecurityTokenReference")).flatMap(Elements::only)
                .filter(found -> Elements.is(found, WSSE, "Reference") && Elements.of(found).isEmpty());
        demand(reference.isPresent(), "ds:KeyInfo");
        var uri = Elements.attribute(reference.orElseThrow(), "URI");
        demand(tokens.stream().anyMatch(token -> uri.equals("#" + token.getAttributeNS(WSU, "Id"))), "wsse:Reference");
    }

    private static void checkSignedInfo(Element signedInfo) throws RefusedMessage {
        var parts = Elements.of(signedInfo);
        demand(parts.size() >= 3 && parts.size() <= 2 + MOST_REFERENCES, "ds:SignedInfo");
        checkCanonical(parts.get(0), "CanonicalizationMethod");
        checkMethod(parts.get(1), DS, "SignatureMethod", Algorithms.SIGNATURE);
        for (var reference : parts.subList(2, parts.size())) {
            demand(Elements.is(reference, DS, "Reference"), "ds:SignedInfo");
            var uri = Elements.attribute(reference, "URI");
            demand(uri.length() > 1 && uri.startsWith("#") && !uri.startsWith("#xpointer"), "ds:Reference");
            var inside = children(reference, DS, "ds:Reference", "Transforms", "DigestMethod", "DigestValue");
            var transform = Elements.only(inside.get(0));
            if (transform.isEmpty()) {
                throw new RefusedMessage(Reason.ALGORITHM_NOT_ALLOWED, "ds:Transforms");
            }
            checkCanonical(transform.get(), "Transform");
            checkMethod(inside.get(1), DS, "DigestMethod", Algorithms.DIGEST);
        }
    }

    private static void checkCanonical(Element method, String name) throws RefusedMessage {
        demand(Elements.is(method, DS, name), "ds:" + name);
        allow(Set.of(Algorithms.CANONICAL), method, "ds:" + name);
        for (var parameter : Elements.of(method)) {
            demand(Elements.is(parameter, Algorithms.CANONICAL, "InclusiveNamespaces")
                    && Elements.of(parameter).isEmpty(), "ds:" + name);
        }
    }

    private static void checkMethod(Element method, String namespace, String name, Set<String> allowed)
            throws RefusedMessage {
        demand(Elements.is(method, namespace, name) && Elements.of(method).isEmpty(), name);
        allow(allowed, method, name);
    }

    private static void checkEncryption(Element key, Element data) throws RefusedMessage {
        var inKey = Elements.of(key);
        demand(inKey.size() == 4 && Elements.is(inKey.get(0), XENC, "EncryptionMethod")
                && Elements.is(inKey.get(1), DS, "KeyInfo") && Elements.is(inKey.get(3), XENC, "ReferenceList"),
                "xenc:EncryptedKey");
        allow(Algorithms.KEY_TRANSPORT, inKey.get(0), "xenc:EncryptionMethod");
        for (var parameter : Elements.of(inKey.get(0))) {
            if (Elements.is(parameter, DS, "DigestMethod")) {
                checkMethod(parameter, DS, "DigestMethod", Algorithms.OAEP_DIGEST);
            } else {
                checkMethod(parameter, XENC11, "MGF", Algorithms.OAEP_MGF);
            }
        }
        demand(Elements.only(inKey.get(1)).filter(found -> Elements.is(found, WSSE, "SecurityTokenReference"))
                .isPresent(), "ds:KeyInfo");
        checkCipher(inKey.get(2));
        var reference = Elements.only(inKey.get(3)).filter(found -> Elements.is(found, XENC, "DataReference"));
        var id = Elements.attribute(data, "Id");
        demand(!id.isEmpty() && reference.isPresent() && Elements.of(reference.get()).isEmpty()
                && Elements.attribute(reference.get(), "URI").equals("#" + id), "xenc:ReferenceList");
        var inData = Elements.of(data);
        demand(Elements.attribute(data, "Type").equals(WSConstants.ENC_NS + "Content") && inData.size() >= 2
                && inData.size() <= 3 && (inData.size() == 2 || Elements.is(inData.get(1), DS, "KeyInfo")),
                "xenc:EncryptedData");
        checkMethod(inData.getFirst(), XENC, "EncryptionMethod", Algorithms.CONTENT);
        checkCipher(inData.getLast());
    }

    /** The cipher is in the message itself: a CipherReference would make the gateway fetch it. */
    private static void checkCipher(Element data) throws RefusedMessage {
        demand(Elements.is(data, XENC, "CipherData") && Elements.only(data)
                .filter(value -> Elements.is(value, XENC, "CipherValue") && Elements.of(value).isEmpty()).isPresent(),
                "xenc:CipherData");
    }

    private static void checkIds(Element envelope) throws RefusedMessage {
        var seen = new HashSet<String>();
        for (var id : Elements.ids(envelope)) {
            demand(seen.add(id.getValue()), "Id");
        }
    }

    private static List<Element> children(Element parent, String namespace, String place, String... names)
            throws RefusedMessage {
        var found = Elements.of(parent);
        demand(found.size() == names.length && !Elements.hasText(parent), place);
        for (int i = 0; i < names.length; i++) {
            demand(Elements.is(found.get(i), namespace, names[i]), place);
        }
        return found;
    }

    private static void allow(Set<String> allowed, Element method, String place) throws RefusedMessage {
        if (!allowed.contains(Elements.attribute(method, "Algorithm"))) {
            throw new RefusedMessage(Reason.ALGORITHM_NOT_ALLOWED, place);
        }
    }

    private static void demand(boolean condition, String place) throws RefusedMessage {
        if (!condition) {
            throw new RefusedMessage(Reason.SECURITY_HEADER_INVALID, place);
        }
    }
}
