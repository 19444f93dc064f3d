package nl.ketenpoort.partnerclient;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;

import org.w3c.dom.Element;

/**
 * An element with a signature of its own as its last child: a receipt or a herkomst, signed by the gateway's receipt
 * key. It is made standalone first, so that what is read afterwards is what was verified, and so that the bytes a
 * partner keeps verify by themselves years later.
 */
record SealedElement(Element element, X509Certificate signer) {

    private static final Set<String> SIGNATURES = Set.of("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
            "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
            "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256");
    private static final Set<String> DIGESTS = Set.of(DigestMethod.SHA256, DigestMethod.SHA384, DigestMethod.SHA512);

    /** Refuses when no given certificate's key verifies exactly one enveloped signature over the whole element. */
    static SealedElement open(Element element, Collection<X509Certificate> signers) throws NotGenuine {
        Element standalone = Xml.standalone(element);
        if (standalone.getAttribute("id").isEmpty()) {
            throw new NotGenuine(element.getLocalName() + " has no id that a signature can name");
        }
        List<Element> signatures = Xml.elements(standalone).stream()
                .filter(child -> XMLSignature.XMLNS.equals(child.getNamespaceURI())
                        && "Signature".equals(child.getLocalName()))
                .toList();
        if (signatures.size() != 1) {
            throw new NotGenuine(element.getLocalName() + " has " + signatures.size() + " signatures; one is wanted");
        }
        for (X509Certificate signer : signers) {
            if (verifies(standalone, signatures.getFirst(), signer.getPublicKey())) {
                return new SealedElement(standalone, signer);
            }
        }
        throw new NotGenuine(
                "The signature of " + element.getLocalName() + " is not that of the gateway's receipt key");
    }

    private static boolean verifies(Element element, Element signatureElement, PublicKey key) throws NotGenuine {
        try {
            var context = new DOMValidateContext(key, signatureElement);
            context.setProperty("org.jcp.xml.dsig.secureValidation", true);
            context.setIdAttributeNS(element, null, "id");
            XMLSignature signature = XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
            demandWholeElement(signature, element);
            return signature.validate(context);
        } catch (MarshalException | XMLSignatureException e) {
            throw new NotGenuine(
                    "The signature of " + element.getLocalName() + " cannot be verified: " + e.getMessage());
        }
    }

    private static void demandWholeElement(XMLSignature signature, Element element) throws NotGenuine {
        List<Reference> references = signature.getSignedInfo().getReferences();
        boolean whole = references.size() == 1
                && ("#" + element.getAttribute("id")).equals(references.getFirst().getURI())
                && transforms(references.getFirst())
                        .equals(List.of(Transform.ENVELOPED, CanonicalizationMethod.EXCLUSIVE))
                && DIGESTS.contains(references.getFirst().getDigestMethod().getAlgorithm())
                && CanonicalizationMethod.EXCLUSIVE
                        .equals(signature.getSignedInfo().getCanonicalizationMethod().getAlgorithm());
        SignatureMethod method = signature.getSignedInfo().getSignatureMethod();
        if (!whole || !SIGNATURES.contains(method.getAlgorithm())) {
            throw new NotGenuine("The signature of " + element.getLocalName() + " does not cover it as agreed");
        }
    }

    private static List<String> transforms(Reference reference) {
        return reference.getTransforms().stream().map(Transform::getAlgorithm).toList();
    }

    /** Exclusive canonical form, signature included; verifies by itself. */
    String xml() {
        return Xml.canonicalText(element);
    }

    /** Something that claims to come from the gateway does not. */
    static final class NotGenuine extends Exception {

        private static final long serialVersionUID = 1L;

        NotGenuine(String message) {
            super(message);
        }
    }
}
