package nl.ketenpoort.signature.wss4j;

import java.io.StringReader;
import java.util.Optional;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.ext.DefaultHandler2;

import nl.ketenpoort.refusal.Reason;

/** Builds a DOM while counting. */
final class BoundedBuilder extends DefaultHandler2 {

    private static final String XMLNS = "http://www.w3.org/2000/xmlns/";
    private static final String LIMIT_OF_THE_PARSER = "JAXP000100";

    private final Document document;
    private final Limits limits;
    private final StringBuilder text = new StringBuilder();
    private Node at;
    private int depth;
    private int elements;
    private Optional<RefusedMessage> refusal = Optional.empty();

    BoundedBuilder(Node target, Limits limits, int depth) {
        this.document = target instanceof Document itself ? itself : target.getOwnerDocument();
        this.at = target;
        this.limits = limits;
        this.depth = depth;
    }

    /** Why reading was stopped; empty if the parser stopped because the XML is broken. */
    Optional<RefusedMessage> refusal() {
        return refusal;
    }

    @Override
    public void startElement(String uri, String localName, String qName, Attributes attributes) throws SAXException {
        flush();
        depth++;
        elements++;
        if (depth > limits.depth() || elements > limits.elements() || attributes.getLength() > limits.attributes()) {
            throw refuse(new RefusedMessage(Reason.TOO_COMPLEX));
        }
        Element element = document.createElementNS(uri.isEmpty() ? null : uri, qName);
        for (int i = 0; i < attributes.getLength(); i++) {
            var name = attributes.getQName(i);
            boolean declaration = "xmlns".equals(name) || name.startsWith("xmlns:");
            var namespace = declaration ? XMLNS : attributes.getURI(i);
            element.setAttributeNS(namespace.isEmpty() ? null : namespace, name, attributes.getValue(i));
        }
        at.appendChild(element);
        at = element;
    }

    @Override
    public void endElement(String uri, String localName, String qName) {
        flush();
        depth--;
        at = at.getParentNode();
    }

    @Override
    public void characters(char[] characters, int start, int length) {
        text.append(characters, start, length);
    }

    @Override
    public void ignorableWhitespace(char[] characters, int start, int length) {
        characters(characters, start, length);
    }

    private void flush() {
        if (!text.isEmpty()) {
            at.appendChild(document.createTextNode(text.toString()));
            text.setLength(0);
        }
    }

    @Override
    public void startDTD(String name, String publicId, String systemId) throws SAXException {
        throw refuse(new RefusedMessage(Reason.DTD_PRESENT));
    }

    @Override
    public void processingInstruction(String target, String data) throws SAXException {
        throw refuse(new RefusedMessage(Reason.NOT_SOAP, "processing instruction"));
    }

    @Override
    public InputSource resolveEntity(String name, String publicId, String baseUri, String systemId) {
        return new InputSource(new StringReader(""));
    }

    @Override
    public void error(SAXParseException broken) throws SAXException {
        throw broken;
    }

    /**
     * The parser has limits of its own, and may meet one of them before it tells what it read: of attributes, 200 in Java 25
     * and 10,000 before it. It says so with no more than a code in the message; a test sees to it that this is still the code.
     */
    @Override
    public void fatalError(SAXParseException broken) throws SAXException {
        throw String.valueOf(broken.getMessage()).startsWith(LIMIT_OF_THE_PARSER)
                ? refuse(new RefusedMessage(Reason.TOO_COMPLEX))
                : broken;
    }

    private SAXException refuse(RefusedMessage why) {
        refusal = Optional.of(why);
        return new SAXException(why);
    }
}
