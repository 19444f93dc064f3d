package nl.ketenpoort.partnerclient;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.apache.xml.security.c14n.Canonicalizer;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Reading and writing the elements of {@code urn:nl:ketenpoort:berichten:v1}; a document type is always refused. */
final class Xml {

    static final String KP = "urn:nl:ketenpoort:berichten:v1";

    static {
        org.apache.xml.security.Init.init();
    }

    private Xml() {}

    static Element parse(String xml) {
        return parse(new InputSource(new StringReader(xml)));
    }

    static Element parse(byte[] utf8) {
        return parse(new InputSource(new ByteArrayInputStream(utf8)));
    }

    private static Element parse(InputSource source) {
        try {
            DocumentBuilder builder = builder();
            builder.setErrorHandler(new Silent());
            return builder.parse(source).getDocumentElement();
        } catch (SAXException e) {
            throw new IllegalArgumentException("Not well-formed XML, or with a document type: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot be read: " + e.getMessage(), e);
        }
    }

    /** A new document with a request element of the partner interface as its root. */
    static Element request(String localName) {
        Document document = builder().newDocument();
        Element root = document.createElementNS(KP, "kp:" + localName);
        root.setAttributeNS(XMLConstants.XMLNS_ATTRIBUTE_NS_URI, "xmlns:kp", KP);
        document.appendChild(root);
        return root;
    }

    static Element append(Element parent, String localName) {
        Element child = parent.getOwnerDocument().createElementNS(KP, "kp:" + localName);
        parent.appendChild(child);
        return child;
    }

    static void append(Element parent, String localName, String text) {
        append(parent, localName).setTextContent(text);
    }

    private static DocumentBuilder builder() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            return factory.newDocumentBuilder();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("The JDK's parser does not know its own features", e);
        }
    }

    /** The element, cut loose from its surroundings: what is read from it is what these bytes say. */
    static Element standalone(Element element) {
        return parse(canonical(element));
    }

    /** Exclusive C14N without comments (RFC 3741), UTF-8. */
    static byte[] canonical(Element element) {
        try (var out = new ByteArrayOutputStream()) {
            Canonicalizer.getInstance(Canonicalizer.ALGO_ID_C14N_EXCL_OMIT_COMMENTS).canonicalizeSubtree(element, out);
            return out.toByteArray();
        } catch (XMLSecurityException | IOException e) {
            throw new IllegalStateException("Cannot canonicalise " + element.getNodeName(), e);
        }
    }

    static String canonicalText(Element element) {
        return new String(canonical(element), StandardCharsets.UTF_8);
    }

    /** SHA-256 over salt and canonical element: the digest of receipt and herkomst. */
    static Digest saltedDigest(Digest salt, Element element) {
        MessageDigest sha256 = sha256();
        sha256.update(salt.bytes());
        return Digest.of(sha256.digest(canonical(element)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<Element> elements(Element parent) {
        List<Element> found = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                found.add(element);
            }
        }
        return found;
    }

    static List<Element> all(Element parent, String localName) {
        return elements(parent).stream().filter(child -> is(child, localName)).toList();
    }

    static Optional<Element> child(Element parent, String localName) {
        return all(parent, localName).stream().findFirst();
    }

    static Element required(Element parent, String localName) {
        return child(parent, localName)
                .orElseThrow(() -> new MalformedAnswer("No " + localName + " in " + parent.getLocalName()));
    }

    static boolean is(Element element, String localName) {
        return KP.equals(element.getNamespaceURI()) && localName.equals(element.getLocalName());
    }

    static String text(Element parent, String localName) {
        return required(parent, localName).getTextContent().strip();
    }

    static Optional<String> optionalText(Element parent, String localName) {
        return child(parent, localName).map(element -> element.getTextContent().strip());
    }

    static List<String> texts(Element parent, String localName) {
        return all(parent, localName).stream().map(element -> element.getTextContent().strip()).toList();
    }

    static long number(Element parent, String localName) {
        try {
            return Long.parseLong(text(parent, localName));
        } catch (NumberFormatException e) {
            throw new MalformedAnswer("Not a number: " + localName);
        }
    }

    static int count(Element parent, String localName) {
        long number = number(parent, localName);
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new MalformedAnswer("Too large: " + localName);
        }
        return (int) number;
    }

    static Optional<LocalDate> optionalDate(Element parent, String localName) {
        try {
            return optionalText(parent, localName).map(LocalDate::parse);
        } catch (DateTimeParseException e) {
            throw new MalformedAnswer("Not a date: " + localName);
        }
    }

    static Instant instant(Element parent, String localName) {
        return instant(text(parent, localName));
    }

    /** A w:Tijdstip always has a zone; seconds may be absent. */
    static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new MalformedAnswer("Not a moment with a zone: " + text);
        }
    }

    static Digest digest(Element parent, String localName) {
        try {
            return new Digest(text(parent, localName));
        } catch (IllegalArgumentException e) {
            throw new MalformedAnswer("No digest of 32 bytes in base64: " + localName);
        }
    }

    /** An answer that does not follow the schema; its message names elements only, never what was in them. */
    static final class MalformedAnswer extends RuntimeException {

        private static final long serialVersionUID = 1L;

        MalformedAnswer(String message) {
            super(message);
        }
    }

    /** The JDK's default handler writes parts of the document to standard error. */
    private static final class Silent implements ErrorHandler {

        @Override
        public void warning(SAXParseException exception) {
            // A warning refuses nothing.
        }

        @Override
        public void error(SAXParseException exception) throws SAXException {
            throw exception;
        }

        @Override
        public void fatalError(SAXParseException exception) throws SAXException {
            throw exception;
        }
    }
}
