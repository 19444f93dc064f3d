package nl.ketenpoort.receipt.xml;

import java.io.ByteArrayOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import javax.xml.transform.dom.DOMResult;

import org.apache.xml.security.Init;
import org.apache.xml.security.c14n.Canonicalizer;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.w3c.dom.DOMImplementation;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Documents in memory that something in is signed, and their exclusive canonical form. */
final class SignedDocument {

    private static final DOMImplementation DOM = implementation();
    private static final XMLOutputFactory WRITERS = XMLOutputFactory.newDefaultFactory();

    static {
        Init.init();
    }

    private SignedDocument() {}

    /** What writes a document. */
    interface Writing {
        /** Writes the root element and everything in it. */
        void to(XMLStreamWriter out) throws XMLStreamException;
    }

    /** The root of a new document. */
    static Element written(Writing writing) {
        Document document = DOM.createDocument(null, null, null);
        try {
            var out = WRITERS.createXMLStreamWriter(new DOMResult(document));
            writing.to(out);
            out.close();
            return document.getDocumentElement();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("a document in memory cannot be written", impossible);
        }
    }

    /** Exclusive C14N without comments of an element and what is in it, UTF-8. */
    static byte[] canonical(Node element) {
        try {
            var bytes = new ByteArrayOutputStream(8192);
            Canonicalizer.getInstance(Canonicalizer.ALGO_ID_C14N_EXCL_OMIT_COMMENTS).canonicalizeSubtree(element,
                    bytes);
            return bytes.toByteArray();
        } catch (XMLSecurityException impossible) {
            throw new IllegalStateException("a document in memory has a canonical form", impossible);
        }
    }

    private static DOMImplementation implementation() {
        try {
            return DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder().getDOMImplementation();
        } catch (ParserConfigurationException impossible) {
            throw new IllegalStateException("every Java platform has a DOM", impossible);
        }
    }
}
