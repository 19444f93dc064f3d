package nl.ketenpoort.receipt.xml;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;

import org.w3c.dom.Element;

import nl.ketenpoort.signature.KeysUnusable;

/**
 * Gives an element an enveloped signature (XML Signature 1.1): rsa-sha256 over SHA-256 of its exclusive canonical form,
 * referred to by its id. RSA PKCS#1 v1.5 is deterministic, so the same element has the same signature.
 */
final class ElementSigner {

    private final PrivateKey key;
    private final X509Certificate certificate;

    ElementSigner(PrivateKey key, X509Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /**
     * Appends the signature as the last child.
     *
     * @throws KeysUnusable if the key does not sign now
     */
    void sign(Element element) {
        element.setIdAttribute("id", true);
        try {
            var factory = XMLSignatureFactory.getInstance("DOM");
            var transforms = List.of(factory.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null),
                    factory.newTransform(CanonicalizationMethod.EXCLUSIVE, (TransformParameterSpec) null));
            var reference = factory.newReference("#" + element.getAttribute("id"),
                    factory.newDigestMethod(DigestMethod.SHA256, null), transforms, null, null);
            var signedInfo = factory.newSignedInfo(
                    factory.newCanonicalizationMethod(CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
                    factory.newSignatureMethod(SignatureMethod.RSA_SHA256, null), List.of(reference));
            var keys = factory.getKeyInfoFactory();
            var keyInfo = keys.newKeyInfo(List.of(keys.newX509Data(List.of(certificate))));
            var context = new DOMSignContext(key, element);
            context.setDefaultNamespacePrefix("ds");
            factory.newXMLSignature(signedInfo, keyInfo).sign(context);
        } catch (GeneralSecurityException | MarshalException | XMLSignatureException failure) {
            throw new KeysUnusable(failure);
        }
        onOneLine(element, "SignatureValue");
        onOneLine(element, "X509Certificate");
    }

    /** The JDK breaks base64 with carriage returns, which canonical XML writes as character references. */
    private static void onOneLine(Element signed, String name) {
        var found = ((Element) signed.getLastChild()).getElementsByTagNameNS(XMLSignature.XMLNS, name);
        for (int i = 0; i < found.getLength(); i++) {
            found.item(i).setTextContent(found.item(i).getTextContent().replaceAll("\\s", ""));
        }
    }
}
