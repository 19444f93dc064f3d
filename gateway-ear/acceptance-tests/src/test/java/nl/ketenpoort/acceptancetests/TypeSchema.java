package nl.ketenpoort.acceptancetests;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * The schema of a message type, read as a test needs it: what is declared where, of which kind, and the constraints
 * between fields.
 *
 * @param type name of the type
 * @param root declaration of its element
 */
record TypeSchema(String type, Element root) {

    private static final String XSD = "http://www.w3.org/2001/XMLSchema";
    private static final String ANNOTATION = "urn:nl:ketenpoort:annotatie:v1";

    /** Of a type in this folder of types. */
    static TypeSchema of(Path types, String type) {
        var schema = parsed(types.resolve(type).resolve("v1").resolve(type + ".xsd"));
        return new TypeSchema(type, declarations(schema.getDocumentElement()).stream()
                .filter(root -> root.getAttribute("name").equals(type)).findFirst().orElseThrow());
    }

    /** Every element that has a value of its own, as a path from the type's name. */
    Set<String> leaves() {
        var leaves = new TreeSet<String>();
        addLeaves(root, type, leaves);
        return leaves;
    }

    private static void addLeaves(Element declaration, String path, Set<String> leaves) {
        var inside = declarations(declaration);
        if (inside.isEmpty()) {
            leaves.add(path);
        }
        inside.forEach(child -> addLeaves(child, path + "/" + child.getAttribute("name"), leaves));
    }

    /** Constraints of a kind, as the schema has them. */
    List<Element> constraints(String kind) {
        return elements(root, ANNOTATION, "constraint").stream()
                .filter(constraint -> constraint.getAttribute("soort").equals(kind)).toList();
    }

    /** The elements declared directly inside, whatever stands between, in their order. */
    static List<Element> declarations(Element inside) {
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

    /** The declaration of this child. */
    static Element declaration(Element declared, Element child) {
        return declarations(declared).stream()
                .filter(candidate -> candidate.getAttribute("name").equals(child.getLocalName())).findFirst()
                .orElseThrow(() -> new IllegalStateException(child.getLocalName() + " is not declared"));
    }

    /** Whether the element itself says whom it is about. */
    static boolean declaresReference(Element declaration) {
        return children(declaration).stream().filter(child -> !child.getLocalName().equals("sequence"))
                .anyMatch(child -> child.getLocalName().equals("attribute") || declaresReference(child));
    }

    /** The values of a closed list; empty if there is none. */
    static List<String> closedList(Element leaf) {
        return elements(leaf, XSD, "enumeration").stream().map(value -> value.getAttribute("value")).toList();
    }

    /** The name of a leaf's type, or of the one it restricts or extends. */
    static String baseOf(Element leaf) {
        if (leaf.hasAttribute("type")) {
            return leaf.getAttribute("type");
        }
        return Stream.of("restriction", "extension").flatMap(how -> elements(leaf, XSD, how).stream())
                .map(found -> found.getAttribute("base")).findFirst()
                .orElseThrow(() -> new IllegalStateException("no type: " + leaf.getAttribute("name")));
    }

    static Optional<String> patternOf(Element leaf) {
        return elements(leaf, XSD, "pattern").stream().map(found -> found.getAttribute("value")).findFirst();
    }

    static List<Element> elements(Element within, String namespace, String name) {
        var found = within.getElementsByTagNameNS(namespace, name);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
    }

    static List<Element> children(Element parent) {
        var found = new ArrayList<Element>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                found.add(element);
            }
        }
        return found;
    }

    /** Everything at a path below this element, {@code a/b}. */
    static List<Element> at(Element from, String path) {
        var found = List.of(from);
        for (var name : path.split("/")) {
            found = found.stream().flatMap(one -> children(one).stream())
                    .filter(child -> child.getLocalName().equals(name)).toList();
        }
        return found;
    }

    static Document parsed(Path file) {
        try {
            return DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder()
                    .parse(new InputSource(new StringReader(Files.readString(file))));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (SAXException | ParserConfigurationException broken) {
            throw new IllegalStateException(file.toString(), broken);
        }
    }
}
