package nl.ketenpoort.acceptancetests;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * A message in which every leaf that can say something of its own says something that is said nowhere else: names, texts,
 * addresses, amounts, numbers of people and of files, dates of birth, moments. A value of a closed list, yes or no, a
 * count, a time of day, and who among the persons or organisations is meant, are no marks. What the case itself keeps of
 * a decision stays as it is, because it is kept in the open.
 *
 * @param type name of the type
 * @param name file of the example, or that it has every leaf of its type
 * @param request the {@code verzendenVerzoek}
 * @param marks what may be found nowhere
 */
record MarkedExample(String type, String name, String request, List<String> marks) {

    private static final String XSD = "http://www.w3.org/2001/XMLSchema";
    private static final String KP = "urn:nl:ketenpoort:berichten:v1";
    private static final Set<String> TEXT = Set.of("w:Naam", "w:Regel", "w:Toelichting", "w:Adres", "xs:string");
    private static final Pattern MOMENT = Pattern
            .compile("(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d)(:\\d\\d)?(Z|[+-]\\d\\d:\\d\\d)");

    /** The case is found by municipality and number, and its phase, ban and protections have a beginning and an end. */
    private static final Set<String> KEPT_IN_THE_OPEN = Set.of("thv-besluit/besluit/nummer",
            "thv-besluit/besluit/gemeente", "thv-besluit/besluit/ingang", "thv-besluit/besluit/einde",
            "thv-besluit/beschermd/sinds");

    /** Every accepted example of every type in this folder, and of every type one message that has all its leaves. */
    static List<MarkedExample> in(Path types) {
        return Stream.concat(files(types).map(file -> marked(types, file, false)),
                files(types).filter(MarkedExample::isFirst).map(file -> marked(types, file, true))).toList();
    }

    private static Stream<Path> files(Path types) {
        try (Stream<Path> files = Files.walk(types)) {
            return files.filter(file -> file.getParent().endsWith("examples/accepted")).sorted().toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean isFirst(Path file) {
        try (Stream<Path> others = Files.list(file.getParent())) {
            return others.allMatch(other -> file.compareTo(other) <= 0);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static MarkedExample marked(Path types, Path file, boolean whole) {
        var type = types.relativize(file).getName(0).toString();
        var schema = parsed(file.getParent().getParent().getParent().resolve(type + ".xsd"));
        var example = parsed(file);
        var content = children((Element) example.getElementsByTagNameNS(KP, "inhoud").item(0)).getFirst();
        var declared = declarations(schema.getDocumentElement()).stream()
                .filter(root -> root.getAttribute("name").equals(content.getLocalName())).findFirst().orElseThrow();
        if (whole) {
            var person = persons(example).stream().map(one -> one.getAttribute("id")).findFirst().orElse("ab1");
            new Completing(person).complete(content, declared);
        }
        var marking = new Marking();
        persons(example).forEach(marking::person);
        marking.content(content, declared, type);
        return new MarkedExample(type, whole ? "with every leaf" : file.getFileName().toString(), written(example),
                List.copyOf(marking.marks));
    }

    private static List<Element> persons(Document example) {
        var found = example.getElementsByTagNameNS(KP, "persoon");
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
    }

    /** Adds what the schema allows and the example leaves out; the constraints between fields are not asked. */
    private record Completing(String person) {

        void complete(Element element, Element declared) {
            Node place = element.getFirstChild();
            for (var declaration : declarations(declared)) {
                var name = declaration.getAttribute("name");
                var present = children(element).stream().filter(child -> child.getLocalName().equals(name)).toList();
                if (present.isEmpty()) {
                    var added = element.getOwnerDocument().createElementNS(element.getNamespaceURI(), name);
                    element.insertBefore(added, place);
                    present = List.of(added);
                    if (declarations(declaration).isEmpty()) {
                        added.setTextContent(value(declaration));
                    }
                }
                for (var child : present) {
                    if (declaresReference(declaration) && !child.hasAttribute("betreft")) {
                        child.setAttribute("betreft", person);
                    }
                    complete(child, declaration);
                    place = child.getNextSibling();
                }
            }
        }

        private static boolean declaresReference(Element declaration) {
            return children(declaration).stream().filter(child -> !child.getLocalName().equals("sequence"))
                    .anyMatch(child -> child.getLocalName().equals("attribute") || declaresReference(child));
        }

        private String value(Element leaf) {
            var closed = leaf.getElementsByTagNameNS(XSD, "enumeration");
            if (closed.getLength() > 0) {
                return ((Element) closed.item(0)).getAttribute("value");
            }
            return switch (baseOf(leaf)) {
                case "w:Oin" -> "00000099000000060000";
                case "w:Bsn" -> "999990019";
                case "w:Parketnummer" -> "13/123456-26";
                case "w:PvNummer" -> "PL1300-2026000000-1";
                case "w:Gemeentecode" -> "0363";
                case "w:Telefoonnummer" -> "020 1234567";
                case "w:Tijdstip" -> "2026-11-14T21:40:00+01:00";
                case "w:PersoonVerwijzing" -> person;
                case "xs:boolean" -> "true";
                case "w:Geboortedatum" -> "2001-01-01";
                case "xs:time" -> "09:00:00";
                case "w:Jaar" -> "2001";
                case "w:Taal" -> "nl";
                case "xs:int" -> "1";
                case "w:Bedrag" -> "1.00";
                case "xs:anyURI" -> "urn:uuid:" + UUID.randomUUID();
                default -> Stream.of("ABCD", "KP-5113", UUID.randomUUID().toString())
                        .filter(text -> patternOf(leaf).map(text::matches).orElse(true)).findFirst()
                        .orElseThrow(() -> new IllegalStateException("no value for " + leaf.getAttribute("name")));
            };
        }
    }

    private static final class Marking {

        private final List<String> marks = new ArrayList<>();

        void person(Element person) {
            for (var leaf : children(person)) {
                mark(leaf, switch (leaf.getLocalName()) {
                    case "bsn" -> "w:Bsn";
                    case "geboortedatum" -> "w:Geboortedatum";
                    default -> "w:Naam";
                });
            }
        }

        void content(Element element, Element declared, String path) {
            for (var child : children(element)) {
                var its = path + "/" + child.getLocalName();
                var declaration = declarations(declared).stream()
                        .filter(candidate -> candidate.getAttribute("name").equals(child.getLocalName())).findFirst()
                        .orElseThrow(() -> new IllegalStateException(its + " is not declared"));
                if (!declarations(declaration).isEmpty()) {
                    content(child, declaration, its);
                } else if (!KEPT_IN_THE_OPEN.contains(its)
                        && declaration.getElementsByTagNameNS(XSD, "enumeration").getLength() == 0) {
                    if (patternOf(declaration).isEmpty()) {
                        mark(child, baseOf(declaration));
                    } else {
                        markByPattern(child, patternOf(declaration).get());
                    }
                }
            }
        }

        private void mark(Element leaf, String type) {
            if (TEXT.contains(type)) {
                set(leaf, Marks.fresh(), Optional.empty());
                return;
            }
            switch (type) {
                case "w:Telefoonnummer" -> {
                    var digits = digits(12);
                    set(leaf, "+316" + digits, Optional.of(digits));
                }
                case "w:Bsn" -> set(leaf, bsn(), Optional.empty());
                case "w:PvNummer" -> {
                    var digits = digits(10);
                    set(leaf, "PL1300-" + digits + "-1", Optional.of(digits));
                }
                case "w:Parketnummer" -> set(leaf, "13/" + digits(6) + "-26", Optional.empty());
                case "w:Bedrag" -> set(leaf, digits(9) + ".25", Optional.empty());
                case "w:Geboortedatum" ->
                    set(leaf, "%d-%02d-%02d".formatted(ThreadLocalRandom.current().nextInt(1900, 1980),
                            ThreadLocalRandom.current().nextInt(1, 13), ThreadLocalRandom.current().nextInt(1, 29)),
                            Optional.empty());
                case "w:Tijdstip" -> {
                    var moment = MOMENT.matcher(leaf.getTextContent().strip());
                    if (moment.matches()) {
                        var fraction = digits(9);
                        set(leaf, moment.group(1) + ":00." + fraction + moment.group(3), Optional.of(fraction));
                    }
                }
                default -> {
                    // Too short, or too closed, to be found nowhere else.
                }
            }
        }

        /** A number of a file, whatever it looks like; a MessageID, a consent and a code are the gateway's own. */
        private void markByPattern(Element leaf, String pattern) {
            var digits = digits(12);
            if (digits.matches(pattern)) {
                set(leaf, digits, Optional.empty());
            }
        }

        private void set(Element leaf, String value, Optional<String> mark) {
            leaf.setTextContent(value);
            marks.add(mark.orElse(value));
        }

        private static String digits(int count) {
            return ThreadLocalRandom.current().ints(count, 1, 10).collect(StringBuilder::new, StringBuilder::append,
                    StringBuilder::append).toString();
        }

        /** Of the fictitious range, and right by the elfproef. */
        private static String bsn() {
            while (true) {
                var eight = "999" + digits(5);
                int sum = IntStream.range(0, 8).map(i -> (9 - i) * (eight.charAt(i) - '0')).sum();
                if (sum % 11 < 10) {
                    return eight + sum % 11;
                }
            }
        }
    }

    /** The name of a leaf's type, or of the one it restricts or extends. */
    private static String baseOf(Element leaf) {
        if (leaf.hasAttribute("type")) {
            return leaf.getAttribute("type");
        }
        return Stream.of("restriction", "extension").map(how -> leaf.getElementsByTagNameNS(XSD, how))
                .filter(found -> found.getLength() > 0).map(found -> ((Element) found.item(0)).getAttribute("base"))
                .findFirst().orElseThrow(() -> new IllegalStateException("no type: " + leaf.getAttribute("name")));
    }

    private static Optional<String> patternOf(Element leaf) {
        var found = leaf.getElementsByTagNameNS(XSD, "pattern");
        return found.getLength() == 0
                ? Optional.empty()
                : Optional.of(((Element) found.item(0)).getAttribute("value"));
    }

    /** The elements declared directly inside, whatever stands between, in their order. */
    private static List<Element> declarations(Element inside) {
        var found = new ArrayList<Element>();
        for (var child : children(inside)) {
            if (child.getLocalName().equals("element")) {
                found.add(child);
            } else {
                found.addAll(declarations(child));
            }
        }
        return found;
    }

    private static List<Element> children(Element parent) {
        var found = new ArrayList<Element>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                found.add(element);
            }
        }
        return found;
    }

    private static Document parsed(Path file) {
        try {
            return DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder()
                    .parse(new InputSource(new StringReader(Files.readString(file))));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (SAXException | ParserConfigurationException broken) {
            throw new IllegalStateException(file.toString(), broken);
        }
    }

    private static String written(Document document) {
        try {
            var out = new StringWriter();
            TransformerFactory.newDefaultInstance().newTransformer()
                    .transform(new DOMSource(document.getDocumentElement()), new StreamResult(out));
            return out.toString();
        } catch (TransformerException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
