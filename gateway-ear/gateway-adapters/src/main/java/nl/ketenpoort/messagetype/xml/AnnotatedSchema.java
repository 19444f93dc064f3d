package nl.ketenpoort.messagetype.xml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.XMLConstants;

import org.w3c.dom.Document;
import org.w3c.dom.Element;

import nl.ketenpoort.messagetype.Category;
import nl.ketenpoort.messagetype.LeafRule;
import nl.ketenpoort.messagetype.xml.MessageTypesWiring.Constraint;

/**
 * What the schema of a type says about itself: category and subject of each leaf, and its constraints
 * ({@code types/annotatie-v1.xsd}). Only the form that the annotations can speak about is accepted: one global element,
 * everything written out inside it, no wildcard and no attribute but {@code betreft}.
 */
final class AnnotatedSchema {

    private static final String XS = XMLConstants.W3C_XML_SCHEMA_NS_URI;
    private static final String KPA = "urn:nl:ketenpoort:annotatie:v1";
    private static final String VALUES = "urn:nl:ketenpoort:waarden:v1";
    private static final String ABOUT = "betreft";
    private static final Set<String> PATHS = Set.of("pad", "vereist", "verboden", "eerst", "daarna", "start", "einde");

    private final String path;
    private final String namespace;
    private final Map<String, LeafRule> rules = new LinkedHashMap<>();
    private final Set<String> leaves = new HashSet<>();
    private final Set<String> branches = new HashSet<>();
    private final Set<String> personReferences = new HashSet<>();
    private final List<Constraint> constraints = new ArrayList<>();

    AnnotatedSchema(String path, Document document) {
        this.path = path;
        var schema = document.getDocumentElement();
        this.namespace = schema.getAttribute("targetNamespace");
        var roots = Elements.children(schema).stream().filter(child -> !child.getLocalName().equals("import")
                && !child.getLocalName().equals("annotation")).toList();
        if (roots.size() != 1 || !roots.getFirst().getLocalName().equals("element")) {
            throw broken("it declares something beside one global element",
                    "write types out where they are used, or put a simple type in envelope/v1/waarden.xsd");
        }
        var root = roots.getFirst();
        var type = complexType(root);
        if (type.isEmpty() || Elements.child(type.get(), "simpleContent").isPresent()) {
            throw broken("the root element holds no elements", "give it an anonymous complexType with a sequence");
        }
        particles(type.get(), "", attributes(type.get(), "", false));
        for (var annotation : Elements.children(root, "annotation")) {
            for (var appinfo : Elements.children(annotation, "appinfo")) {
                Elements.children(appinfo).forEach(this::constraint);
            }
        }
    }

    String namespace() {
        return namespace;
    }

    /** Rule of each leaf and of each attribute, the latter with a path that ends in {@code @betreft}. */
    Map<String, LeafRule> rules() {
        return rules;
    }

    Set<String> leaves() {
        return leaves;
    }

    Set<String> branches() {
        return branches;
    }

    Set<String> personReferences() {
        return personReferences;
    }

    List<Constraint> constraints() {
        return constraints;
    }

    /** Whether an element or attribute has this path. */
    boolean has(String elementOrAttribute) {
        return rules.containsKey(elementOrAttribute) || branches.contains(elementOrAttribute);
    }

    private void element(Element declaration, String above, boolean personAround) {
        var name = declaration.getAttribute("name");
        if (name.isEmpty()) {
            throw broken("an element in " + above + " refers to a declaration elsewhere", "write it out in its place");
        }
        var here = above.isEmpty() ? name : above + "/" + name;
        var complex = complexType(declaration);
        if (complex.isEmpty()) {
            leaf(declaration, here, personAround);
            return;
        }
        var type = complex.get();
        var simple = Elements.child(type, "simpleContent");
        if (simple.isPresent()) {
            var derivation = Elements.children(simple.get()).stream()
                    .filter(child -> !child.getLocalName().equals("annotation")).findFirst().orElseThrow();
            leaf(declaration, here, attributes(derivation, here, personAround));
            return;
        }
        put(branches, here);
        particles(type, here, attributes(type, here, personAround));
    }

    private void leaf(Element declaration, String here, boolean personAround) {
        put(leaves, here);
        rule(declaration, here, personAround);
        if (namesPersonReference(declaration)) {
            personReferences.add(here);
        }
    }

    private void put(Set<String> paths, String here) {
        if (!paths.add(here) || (leaves.contains(here) && branches.contains(here))) {
            throw broken(here + " is declared twice", "give each element of a choice a name of its own");
        }
    }

    private static Optional<Element> complexType(Element declaration) {
        return Elements.child(declaration, "complexType");
    }

    private void particles(Element parent, String above, boolean personAround) {
        for (var child : Elements.children(parent)) {
            switch (child.getLocalName()) {
                case "sequence", "choice", "all" -> particles(child, above, personAround);
                case "element" -> element(child, above, personAround);
                case "attribute", "annotation" -> {
                    // Read elsewhere.
                }
                default -> throw broken("xs:" + child.getLocalName() + " in " + (above.isEmpty() ? "the root" : above),
                        "use only sequence, choice, all, element and attribute, so that every leaf names its data");
            }
        }
    }

    /** Reads the attributes of a type; true if an element of it, or one around it, points to a person. */
    private boolean attributes(Element type, String above, boolean personAround) {
        boolean person = personAround;
        for (var attribute : Elements.children(type, "attribute")) {
            if (!attribute.getAttribute("name").equals(ABOUT)) {
                throw broken("attribute " + attribute.getAttribute("name") + " in " + above,
                        "make it an element; only " + ABOUT + " is an attribute");
            }
            person = true;
            rule(attribute, above.isEmpty() ? "@" + ABOUT : above + "/@" + ABOUT, true);
        }
        if (!Elements.children(type, "anyAttribute").isEmpty() || !Elements.children(type, "attributeGroup").isEmpty()
                || type.getAttribute("mixed").equals("true")) {
            throw broken("a wildcard, group or mixed text in " + above, "declare each element and attribute");
        }
        return person;
    }

    private void rule(Element declaration, String here, boolean personAround) {
        var category = declaration.getAttributeNS(KPA, "categorie");
        var subject = declaration.getAttributeNS(KPA, ABOUT);
        boolean person = subject.equals("persoon");
        if (!person && !subject.equals("niemand")) {
            throw broken(here + " does not say whose data it is", "add kpa:betreft=\"persoon\" or \"niemand\"");
        }
        if (person && !personAround) {
            throw broken(here + " is about a person, but nothing around it has the attribute betreft",
                    "add the attribute to it or to a container around it");
        }
        try {
            rules.put(here, new LeafRule(Category.valueOf(category), person));
        } catch (IllegalArgumentException unknown) {
            throw broken(here + " has no category of data",
                    "add kpa:categorie with a value of code-lists/categorie.xml");
        }
    }

    private static boolean namesPersonReference(Element declaration) {
        var type = declaration.getAttribute("type");
        int colon = type.indexOf(':');
        return colon > 0 && type.substring(colon + 1).equals("PersoonVerwijzing")
                && VALUES.equals(declaration.lookupNamespaceURI(type.substring(0, colon)));
    }

    private void constraint(Element written) {
        if (!KPA.equals(written.getNamespaceURI()) || !written.getLocalName().equals("constraint")) {
            throw broken("xs:appinfo holds " + written.getNodeName(), "only kpa:constraint is read there");
        }
        var attributes = new HashMap<>(Elements.attributes(written));
        var id = written.getAttribute("id");
        var kind = kind(written.getAttribute("soort"), id);
        attributes.keySet().removeAll(Set.of("id", "soort"));
        for (var needed : kind.needs()) {
            if (!attributes.containsKey(needed)) {
                throw broken("constraint " + id + " has no " + needed, "add it, as types/annotatie-v1.xsd says");
            }
        }
        attributes.forEach((name, value) -> {
            if (PATHS.contains(name) && !has(value)) {
                throw broken("constraint " + id + " names " + value + ", which is not declared", "correct the path");
            }
        });
        constraints.add(new Constraint(id, kind, attributes));
    }

    private Constraint.Kind kind(String written, String id) {
        try {
            return Constraint.Kind.valueOf(written);
        } catch (IllegalArgumentException unknown) {
            throw broken("constraint " + id + " is of no kind that exists", "use a kind of types/annotatie-v1.xsd");
        }
    }

    private IllegalStateException broken(String what, String remedy) {
        return BrokenCatalogue.in(path, what, remedy);
    }

    /** Local names of every element a schema declares, wherever it stands. */
    static Set<String> namesIn(Document schema) {
        var declarations = schema.getElementsByTagNameNS(XS, "element");
        var names = new HashSet<String>();
        for (int i = 0; i < declarations.getLength(); i++) {
            var name = ((Element) declarations.item(i)).getAttribute("name");
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return Set.copyOf(names);
    }
}
