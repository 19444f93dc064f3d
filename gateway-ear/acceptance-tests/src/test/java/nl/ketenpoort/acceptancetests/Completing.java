package nl.ketenpoort.acceptancetests;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Adds to a message what its schema allows and it leaves out, except where that would break a constraint between fields.
 *
 * @param schema of its type
 * @param person whom what is added is about
 */
record Completing(TypeSchema schema, String person) {

    void complete(Element content) {
        addIn(content, schema.root());
        // A value of the example that forbids a field is why the field was left out.
        for (var constraint : schema.constraints("VERBODEN_ALS")) {
            if (hasValue(content, constraint)) {
                TypeSchema.at(content, constraint.getAttribute("verboden"))
                        .forEach(forbidden -> forbidden.getParentNode().removeChild(forbidden));
            }
        }
        for (var constraint : schema.constraints("VOLGORDE")) {
            inOrder(TypeSchema.at(content, constraint.getAttribute("eerst")),
                    TypeSchema.at(content, constraint.getAttribute("daarna")));
        }
    }

    /** In the envelope; what its leaves say is for whoever marks them. */
    static void identify(Element person) {
        for (var name : List.of("bsn", "naam", "geboortedatum")) {
            var found = TypeSchema.at(person, name);
            person.appendChild(found.isEmpty()
                    ? person.getOwnerDocument().createElementNS(person.getNamespaceURI(), "kp:" + name)
                    : found.getFirst());
        }
    }

    private static boolean hasValue(Element content, Element constraint) {
        return TypeSchema.at(content, constraint.getAttribute("pad")).stream()
                .anyMatch(leaf -> leaf.getTextContent().strip().equals(constraint.getAttribute("waarde")));
    }

    private static void inOrder(List<Element> first, List<Element> then) {
        for (var later : then) {
            first.stream().filter(earlier -> earlier.getParentNode() == later.getParentNode() || first.size() == 1)
                    .filter(earlier -> isBefore(later.getTextContent(), earlier.getTextContent()))
                    .forEach(earlier -> later.setTextContent(earlier.getTextContent()));
        }
    }

    /** Both are moments, or both are dates. */
    private static boolean isBefore(String one, String other) {
        return one.contains("T")
                ? OffsetDateTime.parse(one.strip()).isBefore(OffsetDateTime.parse(other.strip()))
                : one.strip().compareTo(other.strip()) < 0;
    }

    private void addIn(Element element, Element declared) {
        Node place = element.getFirstChild();
        for (var declaration : TypeSchema.declarations(declared)) {
            var name = declaration.getAttribute("name");
            var present = TypeSchema.at(element, name);
            if (present.isEmpty()) {
                var added = element.getOwnerDocument().createElementNS(element.getNamespaceURI(), name);
                element.insertBefore(added, place);
                present = List.of(added);
                if (TypeSchema.declarations(declaration).isEmpty()) {
                    added.setTextContent(value(declaration));
                }
            }
            for (var child : present) {
                if (TypeSchema.declaresReference(declaration) && !child.hasAttribute("betreft")) {
                    child.setAttribute("betreft", person);
                }
                addIn(child, declaration);
                place = child.getNextSibling();
            }
        }
    }

    private String value(Element leaf) {
        var closed = TypeSchema.closedList(leaf);
        if (!closed.isEmpty()) {
            return closed.getFirst();
        }
        return switch (TypeSchema.baseOf(leaf)) {
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
                    .filter(text -> TypeSchema.patternOf(leaf).map(text::matches).orElse(true)).findFirst()
                    .orElseThrow(() -> new IllegalStateException("no value for " + leaf.getAttribute("name")));
        };
    }
}
