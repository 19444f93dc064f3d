package nl.ketenpoort.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.UUID;
import javax.crypto.KeyGenerator;
import javax.security.auth.callback.CallbackHandler;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;

import org.apache.wss4j.common.WSEncryptionPart;
import org.apache.wss4j.common.crypto.Merlin;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.apache.wss4j.common.util.XMLUtils;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.engine.WSSConfig;
import org.apache.wss4j.dom.message.WSSecEncrypt;
import org.apache.wss4j.dom.message.WSSecHeader;
import org.apache.wss4j.dom.message.WSSecSignature;
import org.apache.wss4j.dom.message.WSSecTimestamp;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

import nl.ketenpoort.localstack.certificates.KeyFile;

/**
 * Requests in profile 2W-be-SE, each signed and encrypted afresh, written with as little work as can be: who generates
 * load shares the machine with what is measured.
 */
final class Letter {

    private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String WSA = "http://www.w3.org/2005/08/addressing";
    private static final String NAME = "own";
    static final String ACTION = "urn:nl:ketenpoort:diensten:v1:verzendenVerzoek";

    static {
        WSSConfig.init();
    }

    private final Merlin crypto;
    private final X509Certificate encryptTo;

    Letter(KeyFile signing, X509Certificate encryptTo) {
        this.crypto = new UnlockedKey(signing);
        this.encryptTo = encryptTo;
    }

    /** A whole SOAP message. */
    byte[] write(String messageId, String to, String payload) {
        var text = "<s:Envelope xmlns:s=\"" + SOAP + "\" xmlns:a=\"" + WSA + "\" xmlns:u=\"" + WSConstants.WSU_NS
                + "\"><s:Header><a:Action u:Id=\"i1\">" + ACTION + "</a:Action><a:MessageID u:Id=\"i2\">" + messageId
                + "</a:MessageID><a:To u:Id=\"i3\">" + to + "</a:To><a:From u:Id=\"i4\"><a:Address>" + WSA
                + "/anonymous</a:Address></a:From></s:Header><s:Body u:Id=\"i5\">" + payload + "</s:Body></s:Envelope>";
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            var document = factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
            var security = new WSSecHeader(document);
            security.insertSecurityHeader();
            var timestamp = new WSSecTimestamp(security);
            timestamp.setTimeToLive(300);
            timestamp.build();
            var signature = new WSSecSignature(security);
            signature.setUserInfo(NAME, "");
            signature.setKeyIdentifierType(WSConstants.BST_DIRECT_REFERENCE);
            signature.setSignatureAlgorithm("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256");
            signature.setDigestAlgo("http://www.w3.org/2001/04/xmlenc#sha256");
            signature.setSigCanonicalization(WSConstants.C14N_EXCL_OMIT_COMMENTS);
            var header = (Element) document.getDocumentElement().getFirstChild();
            var body = (Element) document.getDocumentElement().getLastChild();
            var elements = new ArrayList<Element>();
            elements.add(body);
            elements.add(timestamp.getElement());
            for (var block = header.getFirstChild(); block != null; block = block.getNextSibling()) {
                if (block instanceof Element element && WSA.equals(element.getNamespaceURI())) {
                    elements.add(element);
                }
            }
            for (var element : elements) {
                var part = new WSEncryptionPart(element.getAttributeNS(WSConstants.WSU_NS, "Id"));
                part.setElement(element);
                signature.getParts().add(part);
            }
            signature.build(crypto);
            var encryption = new WSSecEncrypt(security);
            encryption.setUseThisCert(encryptTo);
            encryption.setKeyIdentifierType(WSConstants.ISSUER_SERIAL);
            encryption.setSymmetricEncAlgorithm("http://www.w3.org/2009/xmlenc11#aes256-gcm");
            encryption.setKeyEncAlgo("http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p");
            var part = new WSEncryptionPart("i5", "Content");
            part.setElement(body);
            encryption.getParts().add(part);
            var key = KeyGenerator.getInstance("AES");
            key.init(256);
            encryption.build(crypto, key.generateKey());
            var out = new ByteArrayOutputStream(16_384);
            XMLUtils.elementToStream(document.getDocumentElement(), out);
            return out.toByteArray();
        } catch (WSSecurityException | GeneralSecurityException | ParserConfigurationException | SAXException
                | IOException | TransformerException failed) {
            throw new IllegalStateException(failed);
        }
    }

    static String newMessageId() {
        return "urn:uuid:" + UUID.randomUUID();
    }

    /** Merlin would unlock the key anew for every signature. */
    private static final class UnlockedKey extends Merlin {

        private final PrivateKey key;

        UnlockedKey(KeyFile file) {
            try {
                key = file.privateKey();
                var store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                store.setKeyEntry(NAME, key, new char[0], file.chain().toArray(X509Certificate[]::new));
                setKeyStore(store);
            } catch (GeneralSecurityException | IOException unusable) {
                throw new IllegalStateException(unusable);
            }
        }

        @Override
        public PrivateKey getPrivateKey(String alias, String password) {
            return key;
        }

        @Override
        public PrivateKey getPrivateKey(X509Certificate certificate, CallbackHandler handler) {
            return key;
        }
    }
}
