package nl.ketenpoort.signature.wss4j;

import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;

import org.apache.wss4j.common.WSEncryptionPart;
import org.apache.wss4j.common.util.KeyUtils;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.engine.WSSConfig;
import org.apache.wss4j.dom.message.WSSecEncrypt;
import org.apache.wss4j.dom.message.WSSecHeader;
import org.apache.wss4j.dom.message.WSSecSignature;
import org.apache.wss4j.dom.message.WSSecSignatureConfirmation;
import org.apache.wss4j.dom.message.WSSecTimestamp;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

import nl.ketenpoort.signature.Operation;
import nl.ketenpoort.signature.ReceivedMessage;

/** A request, or an answer, as a partner makes it with WSS4J; a test may make each part of it differently. */
public final class PartnerRequest {

    static final String BODY = "<kp:testoproepVerzoek xmlns:kp=\"urn:nl:ketenpoort:berichten:v1\">"
            + "<kp:tekst>Goedemorgen &amp; dank</kp:tekst></kp:testoproepVerzoek>";
    private static final String WSA = SoapEnvelope.WSA;

    public PrivateKeyEntry key = Pki.entry(Pki.POLICE.sign());
    public X509Certificate encryptTo = Pki.CERTIFICATES.gatewayDecrypt().certificate();
    Optional<X509Certificate> tls = Optional.of(Pki.POLICE.tls().certificate());
    String contentType = "text/xml; charset=utf-8";
    Optional<String> soapAction = Optional.empty();
    public String body = BODY;
    /** Values of {@code SignatureConfirmation}. */
    public final List<byte[]> confirmations = new ArrayList<>();
    public final Map<String, String> addressing = new LinkedHashMap<>();
    public final Set<String> unsigned = new HashSet<>();
    public boolean sign = true;
    public boolean encrypt = true;
    boolean encryptFirst;
    String signatureMethod = Algorithms.RSA_SHA256;
    String digest = Algorithms.SHA256;
    String content = Algorithms.AES_256_GCM;
    String keyTransport = Algorithms.RSA_OAEP;
    Optional<String> oaepDigest = Optional.empty();
    Optional<String> mgf = Optional.empty();
    int keyReference = WSConstants.BST_DIRECT_REFERENCE;
    boolean timestamp = true;
    public Instant created = Instant.now();
    Consumer<Element> onTimestamp = element -> {};
    Consumer<Document> beforeSigning = document -> {};
    Consumer<Document> beforeEncrypting = document -> {};
    Consumer<Document> atLast = document -> {};

    public PartnerRequest() {
        addressing.put("Action", Operation.TEST.requestAction());
        addressing.put("To", Pki.ENDPOINT.toString());
        addressing.put("MessageID", "urn:uuid:" + UUID.randomUUID());
    }

    public static PartnerRequest with(Consumer<PartnerRequest> difference) {
        var request = new PartnerRequest();
        difference.accept(request);
        return request;
    }

    ReceivedMessage received() {
        return received(bytes());
    }

    ReceivedMessage received(byte[] bytes) {
        return new ReceivedMessage(bytes, Optional.of(contentType), soapAction, tls);
    }

    ReceivedMessage received(String xml) {
        return received(xml.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] bytes() {
        return serialised(document());
    }

    String xml() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    Document document() {
        try {
            WSSConfig.init();
            var document = parsed(envelope());
            beforeSigning.accept(document);
            var header = new WSSecHeader(document);
            header.insertSecurityHeader();
            var keys = new GatewayKeys(List.of(key));
            if (timestamp) {
                var stamp = new WSSecTimestamp(header);
                stamp.setWsTimeSource(() -> created);
                stamp.build();
                onTimestamp.accept(stamp.getElement());
            }
            for (var value : confirmations) {
                new WSSecSignatureConfirmation(header).build(value);
            }
            if (encrypt && encryptFirst) {
                encrypt(header, keys);
            }
            if (sign) {
                sign(document, header, keys);
            }
            beforeEncrypting.accept(document);
            if (encrypt && !encryptFirst) {
                encrypt(header, keys);
            }
            atLast.accept(document);
            return document;
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private String envelope() {
        var xml = new StringBuilder("<s:Envelope xmlns:s=\"").append(SoapEnvelope.SOAP)
                .append("\"><s:Header xmlns:wsa=\"")
                .append(WSA).append("\">");
        addressing.forEach((name, value) -> {
            if (List.of("From", "ReplyTo", "FaultTo").contains(name)) {
                xml.append("<wsa:").append(name).append("><wsa:Address>").append(value).append("</wsa:Address></wsa:")
                        .append(name).append('>');
            } else {
                xml.append("<wsa:").append(name).append('>').append(value).append("</wsa:").append(name).append('>');
            }
        });
        return xml.append("</s:Header><s:Body>").append(body).append("</s:Body></s:Envelope>").toString();
    }

    private void sign(Document document, WSSecHeader header, GatewayKeys keys) throws Exception {
        var signature = new WSSecSignature(header);
        signature.setUserInfo(GatewayKeys.FIRST, "");
        signature.setKeyIdentifierType(keyReference);
        signature.setSignatureAlgorithm(signatureMethod);
        signature.setDigestAlgo(digest);
        var envelope = document.getDocumentElement();
        var soapHeader = Elements.of(envelope).getFirst();
        var elements = new ArrayList<Element>();
        Elements.of(soapHeader).stream().filter(block -> WSA.equals(block.getNamespaceURI())).forEach(elements::add);
        elements.addAll(Elements.of(header.getSecurityHeaderElement(), WSConstants.WSU_NS, "Timestamp"));
        elements.addAll(
                Elements.of(header.getSecurityHeaderElement(), WSConstants.WSSE11_NS, "SignatureConfirmation"));
        elements.add(Elements.of(envelope).getLast());
        for (var element : elements) {
            if (!unsigned.contains(element.getLocalName())) {
                signature.getParts()
                        .add(new WSEncryptionPart(element.getLocalName(), element.getNamespaceURI(), "Element"));
                signature.getParts().getLast().setElement(element);
            }
        }
        signature.build(keys);
    }

    private void encrypt(WSSecHeader header, GatewayKeys keys) throws Exception {
        var encryption = new WSSecEncrypt(header);
        encryption.setUseThisCert(encryptTo);
        encryption.setKeyIdentifierType(WSConstants.ISSUER_SERIAL);
        encryption.setSymmetricEncAlgorithm(content);
        encryption.setKeyEncAlgo(keyTransport);
        oaepDigest.ifPresent(encryption::setDigestAlgorithm);
        mgf.ifPresent(encryption::setMGFAlgorithm);
        encryption.build(keys, KeyUtils.getKeyGenerator(content).generateKey());
    }

    static Document parsed(String xml) {
        try {
            var factory = DocumentBuilderFactory.newDefaultNSInstance();
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** By a serializer that declares what WSS4J and an attacker leave undeclared. */
    static byte[] serialised(Document document) {
        try {
            var out = new ByteArrayOutputStream();
            var transformer = TransformerFactory.newDefaultInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            transformer.transform(new DOMSource(document), new StreamResult(out));
            return out.toByteArray();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }
}
