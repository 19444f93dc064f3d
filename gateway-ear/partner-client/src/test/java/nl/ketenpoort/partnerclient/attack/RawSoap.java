package nl.ketenpoort.partnerclient.attack;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;

import org.apache.wss4j.common.WSEncryptionPart;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.apache.wss4j.common.util.WSTimeSource;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.engine.WSSConfig;
import org.apache.wss4j.dom.message.WSSecEncrypt;
import org.apache.wss4j.dom.message.WSSecHeader;
import org.apache.wss4j.dom.message.WSSecSignature;
import org.apache.wss4j.dom.message.WSSecSignatureConfirmation;
import org.apache.wss4j.dom.message.WSSecTimestamp;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * A SOAP 1.1 message in profile 2W-be-SE, right in everything until a method says otherwise. Each call of
 * {@link #bytes()} builds it anew, with fresh ids and keys, so that a repetition is a real one and not a replay; keep the
 * bytes to replay.
 */
public final class RawSoap {

    /** Namespace of SOAP 1.1. */
    public static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
    /** Namespace of WS-Addressing 1.0. */
    public static final String WSA = "http://www.w3.org/2005/08/addressing";
    /** The anonymous address. */
    public static final String ANONYMOUS = WSA + "/anonymous";
    /** Namespace of the services; an action is this, a colon, and the name of the message. */
    public static final String SERVICES = "urn:nl:ketenpoort:diensten:v1";

    /** Allowed signature. */
    public static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    /** Refused signature. */
    public static final String RSA_SHA1 = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";
    /** Allowed digest. */
    public static final String SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";
    /** Refused digest. */
    public static final String SHA1 = "http://www.w3.org/2000/09/xmldsig#sha1";
    /** Allowed encryption. */
    public static final String AES256_GCM = "http://www.w3.org/2009/xmlenc11#aes256-gcm";
    /** Allowed encryption by Digikoppeling; not offered in the policy. */
    public static final String AES128_GCM = "http://www.w3.org/2009/xmlenc11#aes128-gcm";
    /** Refused encryption. */
    public static final String AES128_CBC = "http://www.w3.org/2001/04/xmlenc#aes128-cbc";
    /** Refused encryption. */
    public static final String TRIPLE_DES = "http://www.w3.org/2001/04/xmlenc#tripledes-cbc";
    /** Allowed key transport. */
    public static final String RSA_OAEP = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p";
    /** Refused key transport. */
    public static final String RSA_1_5 = "http://www.w3.org/2001/04/xmlenc#rsa-1_5";
    /** Refused canonicalisation. */
    public static final String INCLUSIVE_C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";

    /** Where a wrapping attack puts the Body that was signed. */
    public enum Wrapping {
        /** In a header block of an unknown namespace; the evil Body has another id. */
        HEADER_OTHER_ID,
        /** In a header block of an unknown namespace; the evil Body has the same id. */
        HEADER_SAME_ID,
        /** In the wsse:Security header; the evil Body has no id. */
        SECURITY_NO_ID,
        /** Inside the evil Body, as a second child. */
        INSIDE_BODY
    }

    static {
        WSSConfig.init();
    }

    private final RawKey signer;
    private final Optional<X509Certificate> encryptTo;
    private final Map<String, String> addressing = new LinkedHashMap<>();
    private final List<String> ownHeaders = new ArrayList<>();
    private final List<String> repeated = new ArrayList<>();
    private final List<String> bodyElements = new ArrayList<>();
    private final Set<String> notSigned = new HashSet<>();
    private final List<byte[]> confirmations = new ArrayList<>();
    private Instant created = Instant.now();
    private Optional<Duration> lifetime = Optional.of(Duration.ofMinutes(5));
    private boolean withTimestamp = true;
    private boolean signed = true;
    private boolean encrypted = true;
    private boolean encryptFirst;
    private boolean mustUnderstand = true;
    private String signatureAlgorithm = RSA_SHA256;
    private String digestAlgorithm = SHA256;
    private String canonicalization = WSConstants.C14N_EXCL_OMIT_COMMENTS;
    private String encryption = AES256_GCM;
    private String keyTransport = RSA_OAEP;
    private int tokenReference = WSConstants.BST_DIRECT_REFERENCE;
    private Optional<Wrapping> wrapping = Optional.empty();
    private String wrappedInto = "";
    private UnaryOperator<Document> afterSigning = UnaryOperator.identity();
    private UnaryOperator<Document> afterAll = UnaryOperator.identity();
    private UnaryOperator<String> asText = UnaryOperator.identity();
    private Charset charset = StandardCharsets.UTF_8;
    private String declaredEncoding = "UTF-8";
    private byte[] signatureValue = {};

    private RawSoap(RawKey signer, Optional<X509Certificate> encryptTo) {
        this.signer = signer;
        this.encryptTo = encryptTo;
    }

    /**
     * A right request.
     *
     * @param operation for instance {@code verzenden}; gives the action
     * @param payload   one element, as XML
     */
    public static RawSoap request(RawKey signer, X509Certificate encryptTo, String to, String operation,
            String payload) {
        var soap = new RawSoap(signer, Optional.of(encryptTo));
        soap.addressing.put("Action", SERVICES + ":" + operation + "Verzoek");
        soap.addressing.put("MessageID", "urn:uuid:" + UUID.randomUUID());
        soap.addressing.put("To", to);
        soap.addressing.put("From", ANONYMOUS);
        soap.bodyElements.add(payload);
        return soap;
    }

    /** A right answer to the request with this id. */
    public static RawSoap answer(RawKey signer, X509Certificate encryptTo, String relatesTo, String operation,
            String payload) {
        var soap = new RawSoap(signer, Optional.of(encryptTo));
        soap.addressing.put("Action", SERVICES + ":" + operation + "Antwoord");
        soap.addressing.put("MessageID", "urn:uuid:" + UUID.randomUUID());
        soap.addressing.put("RelatesTo", relatesTo);
        soap.bodyElements.add(payload);
        return soap;
    }

    /** A SOAP fault with kp:fout, signed, in clear: what one gets whose key is not known. */
    public static RawSoap faultInClear(RawKey signer, String relatesTo, String code, String text) {
        var soap = new RawSoap(signer, Optional.empty());
        soap.encrypted = false;
        soap.addressing.put("Action", SERVICES + ":fout");
        soap.addressing.put("MessageID", "urn:uuid:" + UUID.randomUUID());
        soap.addressing.put("RelatesTo", relatesTo);
        soap.bodyElements.add(fault(code, text));
        return soap;
    }

    /** The XML of a fault. */
    public static String fault(String code, String text) {
        return "<s:Fault xmlns:s=\"" + SOAP + "\"><faultcode>s:Client</faultcode><faultstring>" + text
                + "</faultstring><detail><kp:fout xmlns:kp=\"urn:nl:ketenpoort:berichten:v1\"><kp:code>" + code
                + "</kp:code><kp:omschrijving>" + text + "</kp:omschrijving></kp:fout></detail></s:Fault>";
    }

    /** wsa:MessageID; null leaves it out. */
    public RawSoap messageId(String value) {
        return addressing("MessageID", value);
    }

    /** wsa:To; null leaves it out. */
    public RawSoap to(String value) {
        return addressing("To", value);
    }

    /** wsa:Action; null leaves it out. */
    public RawSoap action(String value) {
        return addressing("Action", value);
    }

    /** Address of wsa:From; null leaves it out. */
    public RawSoap from(String value) {
        return addressing("From", value);
    }

    /** Address of wsa:ReplyTo; null leaves it out, as it is at first. */
    public RawSoap replyTo(String value) {
        return addressing("ReplyTo", value);
    }

    /** Any WS-Addressing header by its local name. */
    public RawSoap addressing(String localName, String value) {
        if (value == null) {
            addressing.remove(localName);
        } else {
            addressing.put(localName, value);
        }
        return this;
    }

    /** The same WS-Addressing header a second time, signed too. */
    public RawSoap addressingTwice(String localName) {
        repeated.add(localName);
        return this;
    }

    /** A header block of one's own, as XML (refused by WS007). */
    public RawSoap ownHeader(String xml) {
        ownHeaders.add(xml);
        return this;
    }

    /** Another payload. */
    public RawSoap body(String payload) {
        bodyElements.set(0, payload);
        return this;
    }

    /** One more element in the Body (refused by WW003). */
    public RawSoap secondBodyElement(String payload) {
        bodyElements.add(payload);
        return this;
    }

    /** Nothing in the Body. */
    public RawSoap emptyBody() {
        bodyElements.clear();
        return this;
    }

    /** When the Timestamp says it was made. */
    public RawSoap created(Instant moment) {
        this.created = moment;
        return this;
    }

    /** How long the Timestamp says it holds; empty for no Expires. */
    public RawSoap lifetime(Optional<Duration> duration) {
        this.lifetime = duration;
        return this;
    }

    /** No Timestamp at all. */
    public RawSoap withoutTimestamp() {
        this.withTimestamp = false;
        return this;
    }

    /** Encrypted, but not signed. */
    public RawSoap unsigned() {
        this.signed = false;
        return this;
    }

    /** Signed, but in clear. */
    public RawSoap unencrypted() {
        this.encrypted = false;
        return this;
    }

    /** Encrypts first, then signs the ciphertext (WB006 wants the other order). */
    public RawSoap encryptedBeforeSigned() {
        this.encryptFirst = true;
        return this;
    }

    /** wsse:Security without mustUnderstand. */
    public RawSoap withoutMustUnderstand() {
        this.mustUnderstand = false;
        return this;
    }

    /** Leaves one part out of the signature: {@code Body}, {@code Timestamp}, or a WS-Addressing header. */
    public RawSoap notSigning(String localName) {
        notSigned.add(localName);
        return this;
    }

    /** The signature's algorithm. */
    public RawSoap signature(String uri) {
        this.signatureAlgorithm = uri;
        return this;
    }

    /** The digests' algorithm. */
    public RawSoap digest(String uri) {
        this.digestAlgorithm = uri;
        return this;
    }

    /** The canonicalisation of SignedInfo. */
    public RawSoap canonicalization(String uri) {
        this.canonicalization = uri;
        return this;
    }

    /** The Body's encryption. */
    public RawSoap encryption(String uri) {
        this.encryption = uri;
        return this;
    }

    /** How the Body's key is transported. */
    public RawSoap keyTransport(String uri) {
        this.keyTransport = uri;
        return this;
    }

    /** Names the signing certificate by issuer and serial instead of sending it (refused by WB010). */
    public RawSoap tokenByIssuerSerial() {
        this.tokenReference = WSConstants.ISSUER_SERIAL;
        return this;
    }

    /** A wsse11:SignatureConfirmation with this value, signed. */
    public RawSoap confirming(byte[] value) {
        confirmations.add(value.clone());
        return this;
    }

    /** Moves the signed Body away and puts an evil one in its place. */
    public RawSoap wrapping(Wrapping where, String evilPayload) {
        this.wrapping = Optional.of(where);
        this.wrappedInto = evilPayload;
        return this;
    }

    /** Changes the message between signing and encrypting. */
    public RawSoap afterSigning(UnaryOperator<Document> change) {
        this.afterSigning = change;
        return this;
    }

    /** Sets the text of the first element with this local name after signing. */
    public RawSoap changedAfterSigning(String localName, String text) {
        return afterSigning(document -> {
            document.getElementsByTagNameNS("*", localName).item(0).setTextContent(text);
            return document;
        });
    }

    /** Changes the finished message. */
    public RawSoap afterAll(UnaryOperator<Document> change) {
        this.afterAll = change;
        return this;
    }

    /** Changes the finished text: not well-formed, cut off, padded. */
    public RawSoap asText(UnaryOperator<String> change) {
        this.asText = change;
        return this;
    }

    /** A document type before the envelope. */
    public RawSoap doctype(String declaration) {
        return asText(text -> declaration + text);
    }

    /** Bytes in this character set, declared as such. */
    public RawSoap encoded(Charset set) {
        return encoded(set, set.name());
    }

    /** Bytes in this character set, declared as another. */
    public RawSoap encoded(Charset set, String declared) {
        this.charset = set;
        this.declaredEncoding = declared;
        return this;
    }

    /** wsa:MessageID as it will be sent, or the empty text. */
    public String messageId() {
        return addressing.getOrDefault("MessageID", "");
    }

    /** wsa:Action as it will be sent, or the empty text. */
    public String action() {
        return addressing.getOrDefault("Action", "");
    }

    /** The signature of the bytes built last; what a right answer confirms. */
    public byte[] signatureValue() {
        return signatureValue.clone();
    }

    /** Builds the message. */
    public byte[] bytes() {
        try {
            Document document = envelope();
            if (withTimestamp || signed || encrypted) {
                document = secured(document);
            }
            String text = asText.apply(RawDom.text(afterAll.apply(document)));
            return ("<?xml version=\"1.0\" encoding=\"" + declaredEncoding + "\"?>" + text).getBytes(charset);
        } catch (WSSecurityException | GeneralSecurityException e) {
            throw new IllegalStateException("Cannot build the attack", e);
        }
    }

    private Document envelope() {
        var text = new StringBuilder("<soap:Envelope xmlns:soap=\"" + SOAP + "\"><soap:Header>");
        addressing.forEach((name, value) -> text.append(header(name, value)));
        repeated.forEach(name -> text.append(header(name, addressing.getOrDefault(name, ""))));
        ownHeaders.forEach(text::append);
        text.append("</soap:Header><soap:Body>");
        bodyElements.forEach(text::append);
        return RawDom.parse(text.append("</soap:Body></soap:Envelope>").toString());
    }

    private static String header(String name, String value) {
        boolean reference = Set.of("From", "ReplyTo", "FaultTo").contains(name);
        String content = value.replace("&", "&amp;").replace("<", "&lt;");
        return "<wsa:" + name + " xmlns:wsa=\"" + WSA + "\">"
                + (reference ? "<wsa:Address>" + content + "</wsa:Address>" : content) + "</wsa:" + name + ">";
    }

    private Document secured(Document document) throws WSSecurityException, GeneralSecurityException {
        var security = new WSSecHeader("", mustUnderstand, document);
        security.insertSecurityHeader();
        if (withTimestamp) {
            timestamp(security);
        }
        for (byte[] value : confirmations) {
            new WSSecSignatureConfirmation(security).build(value);
        }
        Document current = document;
        if (encrypted && encryptFirst) {
            encrypt(security);
        }
        if (signed) {
            sign(security, current);
        }
        current = afterSigning.apply(current);
        if (wrapping.isPresent()) {
            wrap(current, security.getSecurityHeaderElement(), wrapping.get());
        }
        if (encrypted && !encryptFirst) {
            encrypt(security);
        }
        return current;
    }

    private void timestamp(WSSecHeader security) {
        var timestamp = new WSSecTimestamp(security);
        timestamp.setTimeToLive((int) lifetime.map(Duration::toSeconds).orElse(0L).longValue());
        timestamp.setWsTimeSource(new WSTimeSource() {

            @Override
            public Instant now() {
                return created;
            }
        });
        timestamp.build();
    }

    private void sign(WSSecHeader security, Document document) throws WSSecurityException {
        var signature = new WSSecSignature(security);
        signature.setUserInfo(RawKey.ALIAS, RawKey.PASSWORD);
        signature.setKeyIdentifierType(tokenReference);
        signature.setSignatureAlgorithm(signatureAlgorithm);
        signature.setDigestAlgo(digestAlgorithm);
        signature.setSigCanonicalization(canonicalization);
        signature.setAddInclusivePrefixes(false);
        for (Element element : parts(document, security.getSecurityHeaderElement())) {
            if (!notSigned.contains(element.getLocalName())) {
                var part = new WSEncryptionPart(element.getLocalName(), element.getNamespaceURI(), "Element");
                part.setElement(element);
                signature.getParts().add(part);
            }
        }
        signature.build(RawKey.crypto(signer));
        this.signatureValue = signature.getSignatureValue();
    }

    private static List<Element> parts(Document document, Element security) {
        Element envelope = document.getDocumentElement();
        List<Element> parts = new ArrayList<>();
        parts.add(RawDom.child(envelope, SOAP, "Body"));
        RawDom.children(RawDom.child(envelope, SOAP, "Header")).stream()
                .filter(block -> WSA.equals(block.getNamespaceURI())).forEach(parts::add);
        RawDom.children(security).stream()
                .filter(token -> Set.of("Timestamp", "SignatureConfirmation").contains(token.getLocalName()))
                .forEach(parts::add);
        return parts;
    }

    private void encrypt(WSSecHeader security) throws WSSecurityException, GeneralSecurityException {
        var encrypt = new WSSecEncrypt(security);
        encrypt.setUseThisCert(encryptTo.orElseThrow());
        encrypt.setKeyIdentifierType(WSConstants.ISSUER_SERIAL);
        encrypt.setSymmetricEncAlgorithm(encryption);
        encrypt.setKeyEncAlgo(keyTransport);
        encrypt.build(RawKey.crypto(signer), symmetricKey());
    }

    private SecretKey symmetricKey() throws GeneralSecurityException {
        if (encryption.equals(TRIPLE_DES)) {
            return KeyGenerator.getInstance("DESede").generateKey();
        }
        KeyGenerator generator = KeyGenerator.getInstance("AES");
        generator.init(encryption.contains("128") ? 128 : 256);
        return generator.generateKey();
    }

    private void wrap(Document document, Element security, Wrapping where) {
        Element envelope = document.getDocumentElement();
        Element honest = RawDom.child(envelope, SOAP, "Body");
        Element evil = document.createElementNS(SOAP, "soap:Body");
        Node payload = document.importNode(RawDom.parse(wrappedInto).getDocumentElement(), true);
        evil.appendChild(payload);
        envelope.replaceChild(evil, honest);
        String id = honest.getAttributeNS(WSConstants.WSU_NS, "Id");
        switch (where) {
            case HEADER_OTHER_ID -> {
                evil.setAttributeNS(WSConstants.WSU_NS, "wsu:Id", "id-" + UUID.randomUUID());
                wrapper(document, envelope).appendChild(honest);
            }
            case HEADER_SAME_ID -> {
                evil.setAttributeNS(WSConstants.WSU_NS, "wsu:Id", id);
                wrapper(document, envelope).appendChild(honest);
            }
            case SECURITY_NO_ID -> security.appendChild(honest);
            case INSIDE_BODY -> evil.appendChild(honest);
        }
    }

    private static Element wrapper(Document document, Element envelope) {
        Element wrapper = document.createElementNS("urn:wrapper", "w:Wrapper");
        RawDom.child(envelope, SOAP, "Header").appendChild(wrapper);
        return wrapper;
    }
}
