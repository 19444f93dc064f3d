package nl.ketenpoort.receipt.xml;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** What whoever gets an answer does with it: validate, look up, verify. */
public final class SignedElements {

    private static final String KP = "urn:nl:ketenpoort:berichten:v1";

    private SignedElements() {}

    /** Parses bytes. */
    public static Document parse(byte[] bytes) {
        try {
            return DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder()
                    .parse(new ByteArrayInputStream(bytes));
        } catch (ParserConfigurationException | SAXException | IOException wrong) {
            throw new IllegalStateException(wrong);
        }
    }

    /** Throws what is wrong with bytes that do not keep the schema. */
    public static void demandValid(Schema schema, byte[] bytes) throws SAXException, IOException {
        schema.newValidator().validate(new StreamSource(new ByteArrayInputStream(bytes)));
    }

    /** The elements of the envelope's namespace with this name, in document order. */
    public static List<Element> all(Document document, String name) {
        var found = new ArrayList<Element>();
        var list = document.getElementsByTagNameNS(KP, name);
        for (int i = 0; i < list.getLength(); i++) {
            found.add((Element) list.item(i));
        }
        return found;
    }

    /** Text of the first element with this name. */
    public static String text(Document document, String name) {
        return all(document, name).getFirst().getTextContent();
    }

    /** Whether the last child of the element is a signature of this key over the element. */
    public static boolean verifies(Element signed, PublicKey key) {
        try {
            var context = new DOMValidateContext(key, signed.getLastChild());
            context.setIdAttributeNS(signed, null, "id");
            XMLSignature signature = XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
            var references = signature.getSignedInfo().getReferences();
            return references.size() == 1
                    && references.getFirst().getURI().equals("#" + signed.getAttribute("id"))
                    && signature.validate(context);
        } catch (MarshalException | XMLSignatureException wrong) {
            return false;
        }
    }
}
