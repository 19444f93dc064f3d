package nl.ketenpoort.acceptancetests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.Region;

/** What is kept proves who sent it, without the gateway: keys, rows and the JDK are enough. */
@ExtendWith(RunningRegion.class)
class ProofOfOriginIT {

    private static final String WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    private static final String WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Region region;
    private final Chain chain;

    ProofOfOriginIT(Region region) {
        this.region = region;
        this.chain = new Chain(region);
    }

    @Test
    void theSignatureOfTheSenderVerifiesFromTheDatabase() throws Exception {
        var caseId = chain.openCase();
        var sent = chain.send(Partner.POLITIE,
                Examples.accepted("overtredingsmelding", "politie-bij-de-woning", caseId));

        var envelope = parsed(envelopeOf(caseId, sent.messageId()));

        assertThat(signatureOver(envelope).validate(context(envelope))).isTrue();
        var signer = (Element) envelope.getElementsByTagNameNS(WSSE, "BinarySecurityToken").item(0);
        assertThat(certificate(signer).getSubjectX500Principal().getName("RFC2253"))
                .contains("2.5.4.5=#").contains("O=Politie");
    }

    @Test
    void anEnvelopeThatWasAlteredDoesNotVerify() throws Exception {
        var caseId = chain.openCase();
        var sent = chain.send(Partner.POLITIE,
                Examples.accepted("overtredingsmelding", "politie-bij-de-woning", caseId));
        var altered = new String(envelopeOf(caseId, sent.messageId()), StandardCharsets.UTF_8)
                .replace("WONING", "W0NING");

        var envelope = parsed(altered.getBytes(StandardCharsets.UTF_8));

        assertThat(signatureOver(envelope).validate(context(envelope))).isFalse();
    }

    private byte[] envelopeOf(String caseId, String messageId) throws Exception {
        var database = region.stack().database();
        try (var connection = database.dataSource(database.owner()).getConnection();
                var query = connection.prepareStatement("""
                        SELECT wrapped, master_version, key_wrapped, envelope
                          FROM ketenpoort.message JOIN ketenpoort.case_key USING (case_id)
                         WHERE sender = ? AND message_id = ?""")) {
            query.setString(1, Partner.POLITIE.oin());
            query.setString(2, messageId);
            try (var row = query.executeQuery()) {
                assertThat(row.next()).isTrue();
                var master = region.stack().certificates().contentMasterKey().secretKey();
                var bound = caseId + "|message|" + Partner.POLITIE.oin() + "|" + messageId;
                var caseKey = key(opened(master, row.getBytes(1), "case-key|" + caseId + "|" + row.getInt(2)));
                var contentKey = key(opened(caseKey, row.getBytes(3), "content-key|" + bound));
                return opened(contentKey, row.getBytes(4), "content|" + bound);
            }
        }
    }

    private static byte[] opened(SecretKey key, byte[] sealed, String boundTo) throws Exception {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE_BYTES));
        cipher.updateAAD(boundTo.getBytes(StandardCharsets.UTF_8));
        return cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    }

    private static SecretKey key(byte[] bytes) {
        return new SecretKeySpec(bytes, "AES");
    }

    private static Document parsed(byte[] bytes) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
    }

    private static XMLSignature signatureOver(Document envelope) throws Exception {
        return XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context(envelope));
    }

    private static DOMValidateContext context(Document envelope) throws Exception {
        var signature = envelope.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature").item(0);
        var token = (Element) envelope.getElementsByTagNameNS(WSSE, "BinarySecurityToken").item(0);
        var context = new DOMValidateContext(certificate(token).getPublicKey(), signature);
        var all = envelope.getElementsByTagNameNS("*", "*");
        for (int i = 0; i < all.getLength(); i++) {
            var element = (Element) all.item(i);
            if (element.hasAttributeNS(WSU, "Id")) {
                context.setIdAttributeNS(element, WSU, "Id");
            }
        }
        return context;
    }

    private static X509Certificate certificate(Element token) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(
                new ByteArrayInputStream(Base64.getMimeDecoder().decode(token.getTextContent().strip())));
    }
}
