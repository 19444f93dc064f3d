package nl.ketenpoort.receipt.xml;

import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Elements of the envelope's namespace. */
final class Kp {

    static final String NAMESPACE = "urn:nl:ketenpoort:berichten:v1";
    static final String PREFIX = "kp";

    private Kp() {}

    static void start(XMLStreamWriter out, String name) throws XMLStreamException {
        out.writeStartElement(PREFIX, name, NAMESPACE);
    }

    /** Starts the outermost element, which declares the prefix. */
    static void startRoot(XMLStreamWriter out, String name) throws XMLStreamException {
        start(out, name);
        out.writeNamespace(PREFIX, NAMESPACE);
    }

    static void text(XMLStreamWriter out, String name, Object value) throws XMLStreamException {
        start(out, name);
        out.writeCharacters(value.toString());
        out.writeEndElement();
    }
}
