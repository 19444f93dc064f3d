package nl.ketenpoort.demonstration;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import nl.ketenpoort.localstack.certificates.TestCertificates;

/** Writes what {@code deploy/partners apply} reads, for the partners of the region. */
final class PartnersFile {

    private static final String NAMESPACE = "urn:nl:ketenpoort:partners:v1";
    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");

    private PartnersFile() {}

    /**
     * An agreement between partners: fictitious, and dated.
     *
     * @param id id in the register
     * @param kind kind that policies ask for
     * @param description what it is
     * @param from from when it holds
     * @param until when it ends
     * @param parties who is bound
     */
    record Agreement(String id, String kind, String description, OffsetDateTime from, OffsetDateTime until,
            List<Partner> parties) {

        /** As {@code vanaf} and {@code tot} say it, for a reader. */
        String told() {
            return id + ": " + description + "; geldig vanaf " + from.toLocalDate() + " tot " + until.toLocalDate()
                    + ", tussen " + parties.stream().map(Partner::organisation).distinct()
                            .collect(Collectors.joining(", "));
        }
    }

    /**
     * Writes it.
     *
     * @param ports where those listen that are pushed to; the others have a mailbox
     * @param agreements that hold
     * @param ended that held before, and do not any more
     */
    static Path write(Path file, TestCertificates certificates, Map<Partner, Integer> ports,
            List<Agreement> agreements, List<Agreement> ended) {
        try (OutputStream out = Files.newOutputStream(file)) {
            var xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("partners");
            xml.writeDefaultNamespace(NAMESPACE);
            organisations(xml);
            endpoints(xml, file, certificates, ports);
            agreements(xml, agreements, ended);
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
            return file;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        } catch (XMLStreamException unwritable) {
            throw new IllegalStateException(unwritable);
        }
    }

    private static void organisations(XMLStreamWriter xml) throws XMLStreamException {
        var byOin = new LinkedHashMap<String, Partner>();
        Stream.of(Partner.values()).forEach(partner -> byOin.putIfAbsent(partner.oin(), partner));
        xml.writeStartElement("organisaties");
        for (var partner : byOin.values()) {
            xml.writeStartElement("organisatie");
            xml.writeAttribute("oin", partner.oin());
            xml.writeAttribute("naam", partner.organisation());
            xml.writeAttribute("actief", "ja");
            xml.writeAttribute("eigenGrondBsn", partner.ownGroundForBsn() ? "ja" : "nee");
            xml.writeStartElement("functies");
            for (var function : functionsOf(partner.oin())) {
                text(xml, "functie", function);
            }
            xml.writeEndElement();
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static List<String> functionsOf(String oin) {
        return Arrays.stream(Partner.values()).filter(partner -> partner.oin().equals(oin))
                .flatMap(partner -> partner.functions().stream()).toList();
    }

    private static void endpoints(XMLStreamWriter xml, Path file, TestCertificates certificates,
            Map<Partner, Integer> ports) throws XMLStreamException {
        xml.writeStartElement("eindpunten");
        for (var partner : Partner.values()) {
            for (var function : partner.functions()) {
                xml.writeStartElement("eindpunt");
                xml.writeAttribute("oin", partner.oin());
                xml.writeAttribute("functie", function);
                if (ports.containsKey(partner)) {
                    xml.writeAttribute("push", "https://localhost:" + ports.get(partner) + "/bezorging");
                }
                xml.writeAttribute("gescheiden", "ja");
                // A mailbox has one too: with it the functions of an organisation do not share.
                if (partner.push()) {
                    var certificate = partner.keys(certificates).sign().certificateFile();
                    xml.writeEmptyElement("certificaat");
                    xml.writeAttribute("bestand",
                            file.toAbsolutePath().getParent().relativize(certificate.toAbsolutePath()).toString());
                }
                xml.writeEndElement();
            }
        }
        xml.writeEndElement();
    }

    private static void agreements(XMLStreamWriter xml, List<Agreement> agreements, List<Agreement> ended)
            throws XMLStreamException {
        xml.writeStartElement("afspraken");
        for (var agreement : Stream.concat(agreements.stream(), ended.stream()).toList()) {
            xml.writeStartElement("afspraak");
            xml.writeAttribute("id", agreement.id());
            xml.writeAttribute("soort", agreement.kind());
            xml.writeAttribute("vanaf", WRITTEN.format(agreement.from()));
            xml.writeAttribute("tot", WRITTEN.format(agreement.until()));
            xml.writeAttribute("actief", ended.contains(agreement) ? "nee" : "ja");
            text(xml, "omschrijving", agreement.description());
            xml.writeStartElement("partijen");
            for (var oin : agreement.parties().stream().map(Partner::oin).distinct().toList()) {
                text(xml, "oin", oin);
            }
            xml.writeEndElement();
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static void text(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(value);
        xml.writeEndElement();
    }
}
