package nl.ketenpoort.signature.wss4j;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Walking a DOM by structure, never by search: a search finds what an attacker put elsewhere. */
final class Elements {

    private static final String XMLNS = "http://www.w3.org/2000/xmlns/";

    private Elements() {}

    static List<Element> of(Node parent) {
        var children = new ArrayList<Element>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    /** The children of that name. */
    static List<Element> of(Node parent, String namespace, String name) {
        return of(parent).stream().filter(child -> is(child, namespace, name)).toList();
    }

    /** The child of that name, if there is exactly one. */
    static Optional<Element> single(Node parent, String namespace, String name) {
        var found = of(parent, namespace, name);
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /** The one child element, if there is exactly one and nothing else but white space. */
    static Optional<Element> only(Node parent) {
        var children = of(parent);
        return children.size() == 1 && !hasText(parent) ? Optional.of(children.getFirst()) : Optional.empty();
    }

    static boolean is(Node node, String namespace, String name) {
        return node instanceof Element && name.equals(node.getLocalName()) && namespace.equals(node.getNamespaceURI());
    }

    /** Whether there is text of the node's own that is more than white space. */
    static boolean hasText(Node parent) {
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if ((child.getNodeType() == Node.TEXT_NODE || child.getNodeType() == Node.CDATA_SECTION_NODE)
                    && !child.getNodeValue().isBlank()) {
                return true;
            }
        }
        return false;
    }

    /** Text of an element that has no child elements, without the white space around it. */
    static Optional<String> text(Element element) {
        return of(element).isEmpty() ? Optional.of(element.getTextContent().strip()) : Optional.empty();
    }

    static String attribute(Element element, String name) {
        return element.getAttributeNS(null, name);
    }

    /** Adds an element with its namespace declared on it, because a canonical form knows declarations only. */
    static Element add(Node parent, String namespace, String qualifiedName) {
        var document = parent instanceof Document itself ? itself : parent.getOwnerDocument();
        var element = document.createElementNS(namespace, qualifiedName);
        int colon = qualifiedName.indexOf(':');
        declare(element, colon < 0 ? "" : qualifiedName.substring(0, colon), namespace);
        parent.appendChild(element);
        return element;
    }

    static void declare(Element element, String prefix, String namespace) {
        element.setAttributeNS(XMLNS, prefix.isEmpty() ? "xmlns" : "xmlns:" + prefix, namespace);
    }

    /** Every attribute that could serve as an id, whatever its namespace and case; depth costs no stack. */
    static List<Attr> ids(Element root) {
        var found = new ArrayList<Attr>();
        var waiting = new ArrayDeque<>(List.of(root));
        while (!waiting.isEmpty()) {
            var element = waiting.removeLast();
            var attributes = element.getAttributes();
            for (int i = 0; i < attributes.getLength(); i++) {
                var attribute = (Attr) attributes.item(i);
                if ("id".equalsIgnoreCase(attribute.getLocalName())) {
                    found.add(attribute);
                }
            }
            waiting.addAll(of(element));
        }
        return found;
    }
}
