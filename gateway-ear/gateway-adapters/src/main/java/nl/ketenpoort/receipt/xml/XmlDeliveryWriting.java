package nl.ketenpoort.receipt.xml;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import org.w3c.dom.Element;

import nl.ketenpoort.delivery.DeliveryWriting;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.validation.Envelope.NamedPerson;

/** Writes {@code bezorging} with its signed {@code herkomst}. */
final class XmlDeliveryWriting implements DeliveryWriting {

    private static final XMLOutputFactory WRITERS = XMLOutputFactory.newDefaultFactory();

    private final ElementSigner signer;
    private final DeliveredContent contents;

    XmlDeliveryWriting(ElementSigner signer, DeliveredContent contents) {
        this.signer = signer;
        this.contents = contents;
    }

    @Override
    public WrittenDelivery write(DeliveryDocument document) {
        contents.check(document.type(), document.minimised().content());
        var bezorging = SignedDocument.written(out -> delivery(out, document));
        var content = child(child(bezorging, "inhoud"), document.minimised().content().root().name());
        var delivered = document.deliveredSalt().commit(SignedDocument.canonical(content));
        var herkomst = SignedDocument.written(out -> origin(out, document, delivered));
        var placed = (Element) bezorging.appendChild(bezorging.getOwnerDocument().importNode(herkomst, true));
        signer.sign(placed);
        var bytes = SignedDocument.canonical(bezorging);
        return new WrittenDelivery(bytes, inRequest(bytes), delivered);
    }

    private void delivery(XMLStreamWriter out, DeliveryDocument document) throws XMLStreamException {
        Kp.startRoot(out, "bezorging");
        Kp.text(out, "bezorgingId", document.id().uri());
        Kp.text(out, "volgnummer", document.sequence());
        Kp.text(out, "casus", document.caseId());
        Kp.text(out, "berichttype", document.type().name());
        Kp.text(out, "versie", document.type().version());
        Kp.text(out, "zender", document.sender());
        Kp.text(out, "zenderfunctie", document.senderFunction());
        Kp.text(out, "ontvanger", document.receiver().oin());
        Kp.text(out, "functie", document.receiver().function());
        Kp.text(out, "doel", document.purpose());
        Kp.text(out, "spoed", document.urgent() ? "SPOED" : "GEWOON");
        persons(out, document.minimised().persons());
        if (document.reference().isPresent()) {
            Kp.text(out, "verwijzing", document.reference().get());
        }
        Kp.start(out, "inhoud");
        contents.write(out, document.minimised().content());
        out.writeEndElement();
        out.writeEndElement();
    }

    private static void persons(XMLStreamWriter out, List<NamedPerson> persons) throws XMLStreamException {
        if (persons.isEmpty()) {
            return;
        }
        Kp.start(out, "betrokkenen");
        for (var person : persons) {
            Kp.start(out, "persoon");
            out.writeAttribute("id", person.id().value());
            out.writeAttribute("rol", person.role().code());
            if (person.bsn().isPresent()) {
                Kp.text(out, "bsn", person.bsn().get().digits());
            }
            if (person.name().isPresent()) {
                Kp.text(out, "naam", person.name().get());
            }
            if (person.born().isPresent()) {
                Kp.text(out, "geboortedatum", person.born().get());
            }
            out.writeEndElement();
        }
        out.writeEndElement();
    }

    private static void origin(XMLStreamWriter out, DeliveryDocument document, Digest delivered)
            throws XMLStreamException {
        Kp.startRoot(out, "herkomst");
        out.writeAttribute("id", "herkomst-" + document.id());
        Kp.text(out, "zender", document.sender());
        Kp.text(out, "berichtId", document.messageId());
        Kp.text(out, "ontvangen", document.receivedAt());
        Kp.text(out, "digestOrigineel", document.originalDigest().base64());
        Kp.text(out, "digestBezorgd", delivered.base64());
        Kp.text(out, "zout", document.deliveredSalt().base64());
        Kp.text(out, "certificaat", document.certificate().base64());
        Kp.text(out, "omvang", document.minimised().complete() ? "volledig" : "geminimaliseerd");
        Kp.text(out, "auditblad", document.auditLeaf().base64());
        out.writeEndElement();
    }

    /** The delivery goes into the request as the bytes that are kept of it. */
    private static byte[] inRequest(byte[] bezorging) {
        try {
            var bytes = new ByteArrayOutputStream(bezorging.length + 256);
            var out = WRITERS.createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            Kp.startRoot(out, "bezorgenVerzoek");
            // Nothing, but it ends the start tag.
            out.writeCharacters("");
            out.flush();
            bytes.writeBytes(bezorging);
            out.writeEndElement();
            out.close();
            return bytes.toByteArray();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("bytes in memory cannot be written", impossible);
        }
    }

    private static Element child(Element parent, String name) {
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getLocalName().equals(name)) {
                return element;
            }
        }
        throw new IllegalStateException(name + " was just written");
    }
}
