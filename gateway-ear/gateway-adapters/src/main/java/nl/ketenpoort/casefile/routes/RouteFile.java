package nl.ketenpoort.casefile.routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.dom.DOMSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.messagetype.PersonRole;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;

/**
 * A route as its file has it.
 *
 * @param inForce when
 * @param municipalities codes it covers, and when
 * @param functions who has which function
 */
record RouteFile(InForce inForce, Map<String, InForce> municipalities, List<RoutedFunction> functions) {

    private static final String NAMESPACE = "urn:nl:ketenpoort:routes:v1";

    /** From the first of these days, until and not on the second. */
    record InForce(LocalDate from, LocalDate until) {

        boolean on(LocalDate day) {
            return !day.isBefore(from) && day.isBefore(until);
        }

        private InForce and(InForce other) {
            return new InForce(from.isAfter(other.from) ? from : other.from,
                    until.isBefore(other.until) ? until : other.until);
        }

        private boolean isNotEmpty() {
            return from.isBefore(until);
        }

        private static InForce of(Element element) {
            return new InForce(day(element, "geldig-van", LocalDate.MIN), day(element, "geldig-tot", LocalDate.MAX));
        }

        private static LocalDate day(Element element, String name, LocalDate otherwise) {
            return element.hasAttribute(name) ? LocalDate.parse(element.getAttribute(name)) : otherwise;
        }
    }

    boolean covers(String municipality, LocalDate day) {
        return inForce.on(day) && Optional.ofNullable(municipalities.get(municipality)).filter(known -> known.on(day))
                .isPresent();
    }

    /**
     * A function in a route.
     *
     * @param when ALTIJD, ALS_MINDERJARIGEN or OP_AANWIJZING
     * @param municipalities only in these; empty for all of the route
     */
    record RoutedFunction(Party party, String when, Set<String> municipalities) {

        boolean appliesIn(String municipality) {
            return municipalities.isEmpty() || municipalities.contains(municipality);
        }
    }

    static List<RouteFile> readAll(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            var factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            var schema = factory.newSchema(directory.resolve("routes-v1.xsd").toFile());
            var routes = files.filter(file -> file.toString().endsWith(".xml")).sorted().map(file -> read(file, schema))
                    .toList();
            checkOneRouteAtATime(routes);
            return routes;
        } catch (IOException | SAXException unreadable) {
            throw new IllegalStateException("the routes in " + directory + " cannot be read", unreadable);
        }
    }

    private static void checkOneRouteAtATime(List<RouteFile> routes) {
        for (int i = 0; i < routes.size(); i++) {
            for (var other : routes.subList(i + 1, routes.size())) {
                var route = routes.get(i);
                route.municipalities.keySet().stream().filter(municipality -> route.coversWith(other, municipality))
                        .findFirst().ifPresent(municipality -> {
                            throw new IllegalStateException(
                                    "two routes cover municipality " + municipality + " at the same time");
                        });
            }
        }
    }

    private boolean coversWith(RouteFile other, String municipality) {
        return other.municipalities.containsKey(municipality)
                && Stream.of(inForce, other.inForce, municipalities.get(municipality),
                        other.municipalities.get(municipality)).reduce(InForce::and).filter(InForce::isNotEmpty)
                        .isPresent();
    }

    private static RouteFile read(Path file, Schema schema) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Document document = factory.newDocumentBuilder().parse(file.toFile());
            schema.newValidator().validate(new DOMSource(document));
            return new RouteFile(InForce.of(document.getDocumentElement()),
                    elements(document, "gemeente").collect(
                            Collectors.toMap(element -> element.getAttribute("code"), InForce::of)),
                    elements(document, "functie").map(RouteFile::function).toList());
        } catch (IOException | SAXException | ParserConfigurationException | DateTimeException
                | IllegalStateException wrong) {
            throw new IllegalStateException(file + " is not a route: " + wrong.getMessage(), wrong);
        }
    }

    private static RoutedFunction function(Element element) {
        var serves = words(element.getAttribute("dient")).map(PersonRole::new).collect(Collectors.toSet());
        return new RoutedFunction(
                new Party(new Oin(element.getAttribute("oin")), new PartnerFunction(element.getAttribute("code")),
                        serves),
                element.getAttribute("inzet"),
                words(element.getAttribute("gemeenten")).collect(Collectors.toSet()));
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+")).filter(word -> !word.isEmpty());
    }

    private static Stream<Element> elements(Document document, String name) {
        NodeList found = document.getElementsByTagNameNS(NAMESPACE, name);
        return IntStream.range(0, found.getLength()).mapToObj(found::item).map(Element.class::cast);
    }
}
