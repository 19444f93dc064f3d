package nl.ketenpoort.acceptance.xml;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** An answer while it is written: one element of the envelope's namespace. */
final class Answer {

    private static final String NAMESPACE = "urn:nl:ketenpoort:berichten:v1";
    private static final String PREFIX = "kp";
    private static final XMLOutputFactory WRITERS = XMLOutputFactory.newDefaultFactory();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
    private final XMLStreamWriter out;

    private Answer() throws XMLStreamException {
        out = WRITERS.createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
    }

    /** What is in the element. */
    interface Filling {
        /** Writes it. */
        void into(Answer answer) throws XMLStreamException;
    }

    /** The element of that name with this in it, UTF-8 without an XML declaration. */
    static byte[] written(String name, Filling filling) {
        try {
            var answer = new Answer();
            answer.out.writeStartElement(PREFIX, name, NAMESPACE);
            answer.out.writeNamespace(PREFIX, NAMESPACE);
            filling.into(answer);
            answer.out.writeEndElement();
            answer.out.close();
            return answer.bytes.toByteArray();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("bytes in memory cannot be written", impossible);
        }
    }

    void element(String name, Filling filling) throws XMLStreamException {
        out.writeStartElement(PREFIX, name, NAMESPACE);
        filling.into(this);
        out.writeEndElement();
    }

    void text(String name, Object value) throws XMLStreamException {
        out.writeStartElement(PREFIX, name, NAMESPACE);
        out.writeCharacters(value.toString());
        out.writeEndElement();
    }

    /** An element that was written before, byte for byte. */
    void stored(byte[] element) throws XMLStreamException {
        // Nothing, but it ends the start tag that is still open.
        out.writeCharacters("");
        out.flush();
        bytes.writeBytes(element);
    }

    XMLStreamWriter out() {
        return out;
    }
}
