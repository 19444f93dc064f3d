package nl.ketenpoort.operator;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;

import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

import nl.ketenpoort.operator.PartnersFile.AgreementEntry;
import nl.ketenpoort.operator.PartnersFile.CertificateEntry;
import nl.ketenpoort.operator.PartnersFile.EndpointEntry;
import nl.ketenpoort.operator.PartnersFile.OrganisationEntry;
import nl.ketenpoort.operator.PartnersFile.Text;
import nl.ketenpoort.partner.Separation;

/**
 * Reads and validates against {@code partners-v1.xsd} in one pass, which is what keeps the line of everything. Goes on
 * after an invalid value, so that one run names all that is wrong; a value that the schema refuses is reported here and
 * is to be passed over by what judges further.
 */
final class PartnersFileReader extends DefaultHandler {

    private final List<Problem> problems;
    private final List<OrganisationEntry> organisations = new ArrayList<>();
    private final List<EndpointEntry> endpoints = new ArrayList<>();
    private final List<AgreementEntry> agreements = new ArrayList<>();

    private @Nullable Locator locator;
    private final StringBuilder text = new StringBuilder();
    private final List<Text> functions = new ArrayList<>();
    private final List<Text> oins = new ArrayList<>();
    private int line;
    private String description = "";
    private @Nullable CertificateEntry certificate;
    private @Nullable Values values;
    private @Nullable Values certificateValues;

    private PartnersFileReader(List<Problem> problems) {
        this.problems = problems;
    }

    /** Adds to the problems what is wrong with form and structure; empty if the file cannot be read as XML at all. */
    static Optional<PartnersFile> read(byte[] xml, List<Problem> problems) {
        var reader = new PartnersFileReader(problems);
        try {
            var factory = SAXParserFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setSchema(schema());
            factory.newSAXParser().parse(new InputSource(new ByteArrayInputStream(xml)), reader);
        } catch (SAXParseException malformed) {
            problems.add(new Problem(malformed.getLineNumber(),
                    "Dit is geen XML die gelezen kan worden (" + malformed.getMessage() + ").",
                    "Herstel de XML; een DTD mag er niet in."));
            return Optional.empty();
        } catch (SAXException | ParserConfigurationException | IOException impossible) {
            throw new IllegalStateException("the parser of the JDK reads from memory", impossible);
        }
        return Optional.of(new PartnersFile(reader.organisations, reader.endpoints, reader.agreements));
    }

    private static Schema schema() throws SAXException {
        var factory = SchemaFactory.newDefaultInstance();
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        return factory.newSchema(PartnersFileReader.class.getResource("partners-v1.xsd"));
    }

    @Override
    public void setDocumentLocator(Locator documentLocator) {
        locator = documentLocator;
    }

    @Override
    public void startElement(String uri, String name, String qualifiedName, Attributes attributes) {
        text.setLength(0);
        switch (name) {
            case "organisatie", "eindpunt", "afspraak" -> {
                line = here();
                values = Values.of(attributes);
                functions.clear();
                oins.clear();
                description = "";
                certificate = null;
            }
            case "certificaat" -> certificateValues = Values.of(attributes);
            default -> {
                // The others hold text, or only group.
            }
        }
    }

    @Override
    public void characters(char[] characters, int start, int length) {
        text.append(characters, start, length);
    }

    @Override
    public void endElement(String uri, String name, String qualifiedName) {
        var value = text.toString().strip();
        var of = values;
        switch (name) {
            case "functie" -> functions.add(new Text(here(), value));
            case "oin" -> oins.add(new Text(here(), value));
            case "omschrijving" -> description = value;
            case "certificaat" -> {
                if (certificateValues != null) {
                    certificate = new CertificateEntry(here(), certificateValues.optional("bestand"), value);
                }
            }
            case "organisatie" -> {
                if (of != null) {
                    organisations.add(new OrganisationEntry(line, of.text("oin"), of.text("naam"), of.yes("actief"),
                            of.yes("eigenGrondBsn"), List.copyOf(functions), List.copyOf(oins)));
                }
            }
            case "eindpunt" -> {
                if (of != null) {
                    endpoints.add(new EndpointEntry(line, of.text("oin"), of.text("functie"), of.optional("push"),
                            Optional.ofNullable(certificate),
                            new Separation(of.yes("gescheiden"), of.optional("gescheidenVolgens"),
                                    of.yes("verzegeldeDelen"))));
                }
            }
            case "afspraak" -> {
                if (of != null) {
                    agreements.add(new AgreementEntry(line, of.text("id"), of.text("soort"), description,
                            of.text("vanaf"), of.text("tot"), of.yes("actief"), List.copyOf(oins)));
                }
            }
            default -> {
                // Only groups.
            }
        }
        text.setLength(0);
    }

    @Override
    public void error(SAXParseException invalid) {
        SchemaMessage.inDutch(invalid).ifPresent(problems::add);
    }

    @Override
    public void fatalError(SAXParseException malformed) throws SAXParseException {
        throw malformed;
    }

    private int here() {
        return locator == null ? 0 : locator.getLineNumber();
    }

    /** Attributes, copied, because the parser uses its own again. An absent one has been reported by the schema. */
    private record Values(Map<String, String> byName) {

        static Values of(Attributes attributes) {
            var copy = new HashMap<String, String>();
            for (int i = 0; i < attributes.getLength(); i++) {
                copy.put(attributes.getLocalName(i), attributes.getValue(i).strip());
            }
            return new Values(copy);
        }

        String text(String name) {
            return byName.getOrDefault(name, "");
        }

        Optional<String> optional(String name) {
            return Optional.ofNullable(byName.get(name));
        }

        boolean yes(String name) {
            return text(name).equals("ja");
        }
    }
}
