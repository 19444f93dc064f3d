package nl.ketenpoort.schemas;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * What the schema of a message type declares, by path, and what it forgets to say. A schema that hides leaves from this
 * reading (by a reference, a group or a named type with structure) is itself a problem.
 */
final class Declarations {

    private static final Set<String> NOT_CONTENT = Set.of("annotation", "simpleType", "import");

    /** What a path stands for. */
    enum Kind {
        LEAF, CONTAINER, ATTRIBUTE
    }

    /**
     * One declaration.
     *
     * @param category category of the data, empty if it is not said
     * @param subject {@code persoon} or {@code niemand}, empty if it is not said
     * @param codeList name of the code list, empty if there is none
     * @param values the enumeration, empty if there is none
     * @param refersToPerson whether its value is the id of a person
     * @param optional whether it may be left out of what is around it
     */
    record Declared(Kind kind, String category, String subject, String codeList, List<String> values,
            boolean refersToPerson, boolean optional) {}

    private final Map<String, Declared> byPath = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> unbounded = new ArrayList<>();
    private final List<Element> constraints;

    Declarations(Document schema) {
        constraints = Xml.all(schema, Xml.ANNOTATION, "constraint");
        var globals = Xml.children(schema.getDocumentElement()).stream()
                .filter(child -> !NOT_CONTENT.contains(child.getLocalName())).toList();
        if (globals.size() != 1 || !globals.getFirst().getLocalName().equals("element")) {
            problems.add("the schema declares something beside one global element");
        }
        globals.forEach(global -> particles(global, "", false));
    }

    /** Everything that does not name category and subject, or cannot be read. */
    List<String> problems() {
        return problems;
    }

    /** Leaves and attributes whose values can be of any length. */
    List<String> unbounded() {
        return unbounded;
    }

    Set<String> paths() {
        return byPath.keySet();
    }

    boolean has(String path) {
        return byPath.containsKey(path);
    }

    Declared at(String path) {
        var declared = byPath.get(path);
        if (declared == null) {
            throw new IllegalArgumentException("no such path: " + path);
        }
        return declared;
    }

    Set<String> of(Kind kind) {
        return byPath.entrySet().stream().filter(entry -> entry.getValue().kind() == kind).map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    List<Element> constraints() {
        return constraints;
    }

    private void particles(Element parent, String path, boolean person) {
        for (var child : Xml.children(parent)) {
            switch (child.getLocalName()) {
                case "annotation", "simpleType", "attribute" -> {
                    // An attribute is read with the element that has it; a simple type holds no leaf.
                }
                case "complexType", "sequence" -> particles(child, path, person);
                case "element" -> element(child, path, person);
                default -> problems.add("xs:" + child.getLocalName() + " in " + (path.isEmpty() ? "the root" : path));
            }
        }
    }

    private void element(Element declaration, String above, boolean personAround) {
        var path = above.isEmpty() ? declaration.getAttribute("name") : above + "/" + declaration.getAttribute("name");
        if (declaration.hasAttribute("ref")) {
            problems.add(path + " refers to a declaration elsewhere");
            return;
        }
        var type = Xml.children(declaration, "complexType").stream().findFirst();
        var attributes = Xml.children(declaration).stream().flatMap(Declarations::attributesOf).toList();
        boolean person = personAround
                || attributes.stream().anyMatch(attribute -> attribute.getAttribute("name").equals("betreft"));
        boolean leaf = type.isEmpty() || !Xml.children(type.get(), "simpleContent").isEmpty();
        if (byPath.containsKey(path)) {
            problems.add(path + " is declared twice");
        }
        byPath.put(path, declared(leaf ? Kind.LEAF : Kind.CONTAINER, declaration));
        if (leaf) {
            says(path, person);
            bounds(path, declaration);
        } else {
            type.ifPresent(container -> particles(container, path, person));
        }
        attributes.forEach(attribute -> {
            var here = path + "/@" + attribute.getAttribute("name");
            byPath.put(here, declared(Kind.ATTRIBUTE, attribute));
            says(here, person);
            bounds(here, attribute);
        });
    }

    private void says(String path, boolean person) {
        var declared = at(path);
        if (declared.category().isEmpty()) {
            problems.add(path + " names no category");
        }
        if (declared.subject().isEmpty()) {
            problems.add(path + " does not say whose data it is");
        }
        if (declared.subject().equals("persoon") && !person) {
            problems.add(path + " is about a person, but no element around it points to one");
        }
    }

    private void bounds(String path, Element declaration) {
        if (!Bounds.has(declaration)) {
            unbounded.add(path);
        }
    }

    private static Declared declared(Kind kind, Element declaration) {
        return new Declared(kind, declaration.getAttributeNS(Xml.ANNOTATION, "categorie"),
                declaration.getAttributeNS(Xml.ANNOTATION, "betreft"),
                declaration.getAttributeNS(Xml.ANNOTATION, "codelijst"),
                Xml.children(declaration, "simpleType").stream().flatMap(type -> Xml.children(type).stream())
                        .flatMap(restriction -> Xml.children(restriction, "enumeration").stream())
                        .map(value -> value.getAttribute("value")).toList(),
                declaration.getAttribute("type").endsWith(":PersoonVerwijzing"),
                kind == Kind.ATTRIBUTE
                        ? !declaration.getAttribute("use").equals("required")
                        : declaration.getAttribute("minOccurs").equals("0"));
    }

    private static Stream<Element> attributesOf(Element part) {
        return switch (part.getLocalName()) {
            case "attribute" -> Stream.of(part);
            case "complexType", "simpleContent", "extension" ->
                Xml.children(part).stream().flatMap(Declarations::attributesOf);
            default -> Stream.of();
        };
    }
}
