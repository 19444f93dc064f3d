package nl.ketenpoort.demonstration.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

import nl.ketenpoort.demonstration.script.Script.Making;
import nl.ketenpoort.demonstration.script.Script.Replacement;

/**
 * Makes messages from the examples of the message types, and from the few of the script itself: in the case, under the
 * decision number and with the references of this play.
 */
public final class Messages {

    private static final Pattern CASE = Pattern.compile("(<kp:casus>)[^<]*(</kp:casus>)");
    private static final Pattern REFERENCE = Pattern.compile("(<kp:verwijzing>)[^<]*(</kp:verwijzing>)");
    private static final Pattern CONSENT = Pattern.compile("(<toestemming>)[^<]*(</toestemming>)");
    private static final Pattern DECISION = Pattern.compile("THV-0363-2026-\\d+");

    private Messages() {}

    /**
     * What a message needs to know of the play so far.
     *
     * @param caseId case it belongs to, once that is opened
     * @param decision number of the decision that opens it
     * @param reference MessageID of the message it refers to
     * @param consent id of the consent that it names
     */
    public record Situation(Optional<String> caseId, String decision, Optional<String> reference,
            Optional<String> consent) {}

    /**
     * The request to send. Refuses a replacement of the message itself that finds nothing: the example has changed, and the
     * script must too.
     *
     * @param ofTheCase replacements for every message of the case
     * @param texts requests made before, by the number of their message
     */
    public static String make(Making making, List<Replacement> ofTheCase, Situation situation,
            Map<String, String> texts) {
        String text = replaced(text(making.source(), texts), ofTheCase);
        for (Replacement replacement : making.replacements()) {
            if (!text.contains(replacement.text())) {
                throw new IllegalArgumentException("'" + replacement.text() + "' does not occur in " + making.source());
            }
            text = text.replace(replacement.text(), replacement.by());
        }
        text = put(CASE, text, situation.caseId());
        text = DECISION.matcher(text).replaceAll(Matcher.quoteReplacement(situation.decision()));
        text = put(REFERENCE, text, situation.reference());
        text = put(CONSENT, text, situation.consent());
        return making.without().isEmpty() ? text : without(text, making.without());
    }

    private static String text(String source, Map<String, String> texts) {
        String[] parts = source.split("/", 3);
        return switch (parts[0]) {
            case "nr" -> Optional.ofNullable(texts.get(parts[1]))
                    .orElseThrow(
                            () -> new IllegalArgumentException("There is no message " + parts[1] + " before this"));
            case "script" -> read(ScriptFile.resource("berichten/" + parts[1] + ".xml"), source);
            case String type -> {
                boolean refused = parts[1].equals("refused");
                var path = "message-schemas/types/" + type + "/v1/examples/" + (refused ? "" : "accepted/")
                        + source.substring(type.length() + 1) + ".xml";
                yield read(Optional.ofNullable(Messages.class.getClassLoader().getResourceAsStream(path))
                        .orElseThrow(() -> new IllegalArgumentException("There is no example " + path)), source);
            }
        };
    }

    private static String read(InputStream from, String name) {
        try (from) {
            return new String(from.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name, e);
        }
    }

    private static String replaced(String text, List<Replacement> replacements) {
        String now = text;
        for (Replacement replacement : replacements) {
            now = now.replace(replacement.text(), replacement.by());
        }
        return now;
    }

    private static String put(Pattern place, String text, Optional<String> value) {
        return value.map(given -> place.matcher(text).replaceAll("$1" + Matcher.quoteReplacement(given) + "$2"))
                .orElse(text);
    }

    private static String without(String text, List<String> paths) {
        try {
            var factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            Document document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
            for (String path : paths) {
                remove(document.getDocumentElement(), path);
            }
            var transformer = TransformerFactory.newDefaultInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            var out = new StringWriter();
            transformer.transform(new DOMSource(document), new StreamResult(out));
            return out.toString();
        } catch (ParserConfigurationException | SAXException | IOException | TransformerException e) {
            throw new IllegalArgumentException("Not a message", e);
        }
    }

    private static void remove(Element from, String path) {
        Element at = from;
        for (String name : path.split("/")) {
            at = child(at, name)
                    .orElseThrow(() -> new IllegalArgumentException("There is no " + path + " in the message"));
        }
        at.getParentNode().removeChild(at);
    }

    private static Optional<Element> child(Element of, String name) {
        for (Node node = of.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getLocalName().equals(name)) {
                return Optional.of(element);
            }
        }
        return Optional.empty();
    }
}
