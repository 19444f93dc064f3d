package nl.ketenpoort.signature.wss4j;

import java.io.ByteArrayOutputStream;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import org.apache.xml.security.c14n.Canonicalizer;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.signature.MessageId;

/**
 * One message on its way from bytes to proven content; requests of partners and their answers go the same way. What was
 * established before a refusal stays readable, because it says how the refusal is answered.
 */
final class Opening {

    private static final Pattern CHARSET = Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]*)\"?",
            Pattern.CASE_INSENSITIVE);

    private final SecurityEngine engine;
    private final BoundedReader reader;
    private final CertificateTrust trust;
    private final Freshness freshness;
    private final int mostBytes;

    private Optional<MessageId> messageId = Optional.empty();
    private List<byte[]> confirmations = List.of();
    private Optional<Signer> signer = Optional.empty();

    /** Whoever signed, with a certificate that is trusted. */
    record Signer(Oin oin, X509Certificate certificate) {}

    /**
     * What is proven.
     *
     * @param content the one element of the Body
     */
    record Opened(SoapEnvelope soap, SecurityHeader header, Signer signer, byte[] signatureValue, Element content) {}

    Opening(SecurityEngine engine, BoundedReader reader, CertificateTrust trust, Freshness freshness, int mostBytes) {
        this.engine = engine;
        this.reader = reader;
        this.trust = trust;
        this.freshness = freshness;
        this.mostBytes = mostBytes;
    }

    /** MessageID, if it could be read. */
    Optional<MessageId> messageId() {
        return messageId;
    }

    /**
     * Value of the signature, if it could be read, verified or not: a fault that confirms it says which request it is
     * about, and a partner whose toolkit demands the confirmation (WB014) can read it.
     */
    List<byte[]> confirmations() {
        return confirmations;
    }

    /** Whoever signed, if the signature was good and the certificate is trusted. */
    Optional<Signer> signer() {
        return signer;
    }

    void checkSize(byte[] bytes) throws RefusedMessage {
        if (bytes.length > mostBytes) {
            throw new RefusedMessage(Reason.TOO_LARGE);
        }
    }

    /** {@code text/xml} in UTF-8 (WW001, WS006). */
    static void checkContentType(Optional<String> contentType) throws RefusedMessage {
        var type = contentType.orElse("").strip();
        int semicolon = type.indexOf(';');
        if (!"text/xml"
                .equals((semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT))) {
            throw new RefusedMessage(Reason.NOT_SOAP, "Content-Type");
        }
        var charset = CHARSET.matcher(type);
        if (charset.find() && !"utf-8".equalsIgnoreCase(charset.group(1))) {
            throw new RefusedMessage(Reason.NOT_UTF8);
        }
    }

    Opened open(byte[] bytes, SecurityHeader.Kind kind) throws RefusedMessage {
        checkSize(bytes);
        var document = reader.read(bytes);
        messageId = SoapEnvelope.messageIdIn(document);
        return open(document, kind);
    }

    private Opened open(Document document, SecurityHeader.Kind kind) throws RefusedMessage {
        var soap = SoapEnvelope.of(document);
        confirmations = SecurityHeader.signatureValueIn(soap).map(List::of).orElseGet(List::of);
        var header = SecurityHeader.of(soap, kind);
        var signed = engine.process(soap, header);
        trust.checkSigner(signed.certificate());
        var proven = new Signer(Subject.oin(signed.certificate())
                .orElseThrow(() -> new RefusedMessage(Reason.CERTIFICATE_UNTRUSTED, "subject:serialNumber")),
                signed.certificate());
        signer = Optional.of(proven);
        signed.coverage().check(soap, header);
        freshness.check(header.timestamp());
        var content = Elements.only(soap.body()).orElseThrow(() -> new RefusedMessage(Reason.BODY_NOT_SINGLE));
        return new Opened(soap, header, proven, signed.value(), content);
    }

    /** Exclusive C14N without comments: what digests are taken of and content is parsed from. */
    static byte[] canonical(Node node) {
        return ours(node, Canonicalizer.ALGO_ID_C14N_EXCL_OMIT_COMMENTS);
    }

    /** C14N without comments: every declaration stays where it is, so that a signature inside still verifies. */
    static byte[] asItIs(Node node) {
        return ours(node, Canonicalizer.ALGO_ID_C14N_OMIT_COMMENTS);
    }

    /**
     * The same of what a partner sent. Refuses a declaration whose namespace name is a relative reference, which has no
     * canonical form (Canonical XML 1.0 section 1.3): where nothing uses it, no signature in exclusive C14N covers it.
     */
    static byte[] asReceived(Node node) throws RefusedMessage {
        try {
            return canonical(node, Canonicalizer.ALGO_ID_C14N_OMIT_COMMENTS);
        } catch (XMLSecurityException noCanonicalForm) {
            throw new RefusedMessage(Reason.NOT_WELL_FORMED, "xmlns");
        }
    }

    private static byte[] ours(Node node, String method) {
        try {
            return canonical(node, method);
        } catch (XMLSecurityException unexpected) {
            throw new IllegalStateException("A document in memory has no canonical form", unexpected);
        }
    }

    private static byte[] canonical(Node node, String method) throws XMLSecurityException {
        var out = new ByteArrayOutputStream(8192);
        Canonicalizer.getInstance(method).canonicalizeSubtree(node, out);
        return out.toByteArray();
    }
}
