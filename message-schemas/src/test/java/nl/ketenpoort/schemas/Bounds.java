package nl.ketenpoort.schemas;

import java.util.regex.Pattern;

import org.w3c.dom.Element;

/**
 * Whether a value can be only so long. A number, a date or a year is not bounded by its type: XML Schema lets a year have
 * a million digits, and any number of zeros stand before a number. What bounds a value is a list, a length, or patterns
 * that end.
 */
final class Bounds {

    private static final Element SHARED = Xml.parse(TypeFolder.root().resolve("envelope/v1/waarden.xsd"))
            .getDocumentElement();
    private static final Pattern ESCAPE_OR_CLASS = Pattern.compile("\\\\.|\\[(\\\\.|[^\\]])*]");
    private static final Pattern ENDLESS = Pattern.compile("[*+]|\\{[0-9]+,}");

    private Bounds() {}

    /** Whether an element that holds a value, or an attribute, has one. */
    static boolean has(Element declaration) {
        return declaration.hasAttribute("type")
                ? named(declaration, declaration.getAttribute("type"))
                : inside(declaration);
    }

    private static boolean inside(Element parent) {
        return Xml.children(parent).stream().anyMatch(part -> switch (part.getLocalName()) {
            case "simpleType", "complexType", "simpleContent" -> inside(part);
            case "restriction", "extension" -> facet(part) || named(part, part.getAttribute("base"));
            default -> false;
        });
    }

    private static boolean facet(Element restriction) {
        var patterns = Xml.children(restriction, "pattern");
        return !Xml.children(restriction, "enumeration").isEmpty() || !Xml.children(restriction, "length").isEmpty()
                || !Xml.children(restriction, "maxLength").isEmpty()
                || (!patterns.isEmpty() && patterns.stream().allMatch(pattern -> ends(pattern.getAttribute("value"))));
    }

    private static boolean ends(String pattern) {
        return !ENDLESS.matcher(ESCAPE_OR_CLASS.matcher(pattern).replaceAll("x")).find();
    }

    private static boolean named(Element at, String type) {
        int colon = type.indexOf(':');
        var namespace = at.lookupNamespaceURI(colon < 0 ? null : type.substring(0, colon));
        var name = type.substring(colon + 1);
        if (Xml.SCHEMA.equals(namespace)) {
            return name.equals("boolean");
        }
        var own = at.getOwnerDocument().getDocumentElement();
        var schema = own.getAttribute("targetNamespace").equals(namespace) ? own : SHARED;
        return Xml.children(schema, "simpleType").stream().filter(global -> global.getAttribute("name").equals(name))
                .anyMatch(Bounds::inside);
    }
}
