package nl.ketenpoort.demonstration.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;

import org.w3c.dom.Element;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.script.Script.CaseStory;
import nl.ketenpoort.demonstration.script.Script.Delivered;
import nl.ketenpoort.demonstration.script.Script.Denied;
import nl.ketenpoort.demonstration.script.Script.Expected;
import nl.ketenpoort.demonstration.script.Script.Item;
import nl.ketenpoort.demonstration.script.Script.Making;
import nl.ketenpoort.demonstration.script.Script.Replacement;
import nl.ketenpoort.demonstration.script.Script.Step;
import nl.ketenpoort.demonstration.script.Script.When;

/** Reads a script ({@code verloop-v1.xsd}); refuses one that is not valid, with the line. */
public final class ScriptFile {

    private static final String SCHEMA = "verloop-v1.xsd";
    private static final String WHOLE_THV = "huisverbod.xml";
    private static final String BESIDE = "gateway-ear/demonstration/src/main/resources/nl/ketenpoort/demonstration/script/";

    /** Where a reader finds what a script may hold, in the checkout. */
    public static final String SCHEMA_FILE = BESIDE + SCHEMA;
    /** Where a reader finds the script of the demonstration, in the checkout. */
    public static final String WHOLE_THV_FILE = BESIDE + WHOLE_THV;

    private ScriptFile() {}

    /** The script of the demonstration. */
    public static Script wholeThv() {
        try (InputStream in = wholeThvAsFile()) {
            return read(in, WHOLE_THV);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file behind {@link #wholeThv()}, for whoever wants to change it. */
    public static InputStream wholeThvAsFile() {
        return resource(WHOLE_THV);
    }

    /** Any other script. */
    public static Script read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the script " + file, e);
        }
    }

    static InputStream resource(String name) {
        InputStream in = ScriptFile.class.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalArgumentException("There is no " + name + " beside the script");
        }
        return in;
    }

    private static Script read(InputStream in, String name) throws IOException {
        try {
            var factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setSchema(schema());
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Strict(name));
            return script(builder.parse(in).getDocumentElement());
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Schema schema() throws SAXException, IOException {
        try (InputStream in = resource(SCHEMA)) {
            return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(new StreamSource(in));
        }
    }

    private static Script script(Element root) {
        return new Script(root.getAttribute("titel"), children(root, "casus").map(ScriptFile::caseStory).toList(),
                children(root, "stap").map(ScriptFile::step).toList());
    }

    private static CaseStory caseStory(Element casus) {
        return new CaseStory(casus.getAttribute("nummer"), casus.getAttribute("titel"),
                LocalDate.parse(casus.getAttribute("speeldag")), replacements(casus));
    }

    private static List<Replacement> replacements(Element in) {
        return children(in, "vervang")
                .map(vervang -> new Replacement(vervang.getAttribute("dit"), vervang.getAttribute("door"))).toList();
    }

    private static Step step(Element stap) {
        return new Step(Integer.parseInt(stap.getAttribute("nummer")), stap.getAttribute("titel"),
                children(stap).map(ScriptFile::item).toList());
    }

    private static Item item(Element item) {
        String number = item.getAttribute("nr");
        String story = item.getAttribute("wat");
        return switch (item.getLocalName()) {
            case "bericht" -> new Script.Message(number, story, item.getAttribute("casus"), partner(item, "van"),
                    making(item), expected(item));
            case "toestemming" -> new Script.Consent(number, story, item.getAttribute("naam"),
                    item.getAttribute("casus"), partner(item, "van"), item.getAttribute("over"),
                    item.getAttribute("doel"), List.copyOf(words(item, "tussen")),
                    List.copyOf(words(item, "gegevens")));
            case "intrekking" -> new Script.Withdrawal(number, story, item.getAttribute("naam"),
                    item.getAttribute("casus"), partner(item, "van"), Integer.parseInt(item.getAttribute("stopt")));
            case "eindpunt-uit" -> new Script.Endpoint(number, story, partner(item, "van"), false);
            case "eindpunt-aan" -> new Script.Endpoint(number, story, partner(item, "van"), true);
            case "afspraak" -> new Script.Agreement(number, story, item.getAttribute("soort"));
            case "komt-aan" -> new Script.Arrival(number, story, item.getAttribute("bericht"));
            case "haalt-op" -> new Script.Fetching(number, story, item.getAttribute("bericht"), partner(item, "wie"));
            case "stand" -> new Script.Status(number, story, item.getAttribute("bericht"),
                    item.getAttribute("functie"), item.getAttribute("stand"), item.getAttribute("code"));
            case "melding" -> new Script.Notice(number, story, item.getAttribute("bericht"), partner(item, "aan"),
                    item.getAttribute("functie"), item.getAttribute("stand"), item.getAttribute("code"));
            case "vastgelegd" -> new Script.Recorded(number, story, item.getAttribute("bericht"),
                    item.getAttribute("soort"), item.getAttribute("functie"), item.getAttribute("code"));
            case "regel" -> new Script.Rule(number, story, item.getAttribute("bericht"), item.getAttribute("functie"),
                    item.getAttribute("gegeven"), item.getAttribute("over"), item.getAttribute("beleid"),
                    item.getAttribute("code"));
            case "alarm" -> new Script.Alarm(number, story, item.getAttribute("bericht"),
                    item.getAttribute("soort"));
            case String other -> throw new IllegalArgumentException("Not in a script: " + other);
        };
    }

    private static Making making(Element bericht) {
        return new Making(bericht.getAttribute("tekst"), replacements(bericht),
                children(bericht, "zonder").map(zonder -> zonder.getAttribute("pad")).toList(),
                optional(bericht, "verwijst-naar"), optional(bericht, "toestemming"), optional(bericht, "nummer-van"),
                bericht.getAttribute("onbekende-casus").equals("ja"));
    }

    private static Expected expected(Element bericht) {
        return children(bericht, "geweigerd").findFirst()
                .<Expected>map(geweigerd -> new Script.Refusal(geweigerd.getAttribute("code"),
                        optional(geweigerd, "wat-wel")))
                .orElseGet(() -> {
                    Element receipt = children(bericht, "ontvangstbewijs").findFirst().orElseThrow();
                    return new Script.Receipt(children(receipt, "krijgt").map(ScriptFile::delivered).toList(),
                            children(receipt, "krijgt-niet")
                                    .map(denied -> new Denied(denied.getAttribute("functie"),
                                            denied.getAttribute("code"), optional(denied, "wat-wel")))
                                    .toList(),
                            words(receipt, "partijen"));
                });
    }

    private static Delivered delivered(Element krijgt) {
        When when = switch (krijgt.getAttribute("wanneer")) {
            case "later" -> When.LATER;
            case "nooit" -> When.NEVER;
            case String otherwise -> When.AT_ONCE;
        };
        return new Delivered(partner(krijgt, "wie"), when, optional(krijgt, "doel"), words(krijgt, "met"),
                words(krijgt, "zonder"), words(krijgt, "alleen"), krijgt.getAttribute("toon-herkomst").equals("ja"));
    }

    private static Partner partner(Element element, String attribute) {
        return Partner.valueOf(element.getAttribute(attribute));
    }

    private static Set<String> words(Element element, String attribute) {
        return new LinkedHashSet<>(Arrays.asList(element.getAttribute(attribute).strip().split("\\s+"))
                .stream().filter(word -> !word.isEmpty()).toList());
    }

    private static Optional<String> optional(Element element, String attribute) {
        return Optional.of(element.getAttribute(attribute)).filter(value -> !value.isEmpty());
    }

    private static Stream<Element> children(Element element, String name) {
        return children(element).filter(child -> child.getLocalName().equals(name));
    }

    private static Stream<Element> children(Element element) {
        var nodes = element.getChildNodes();
        return IntStream.range(0, nodes.getLength()).mapToObj(nodes::item).filter(Element.class::isInstance)
                .map(Element.class::cast);
    }

    private record Strict(String name) implements ErrorHandler {

        @Override
        public void warning(SAXParseException warning) throws SAXException {
            error(warning);
        }

        @Override
        public void error(SAXParseException error) throws SAXException {
            throw new SAXException(name + ", line " + error.getLineNumber() + ": " + error.getMessage(), error);
        }

        @Override
        public void fatalError(SAXParseException error) throws SAXException {
            error(error);
        }
    }
}
