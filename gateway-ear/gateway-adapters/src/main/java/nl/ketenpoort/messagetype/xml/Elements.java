package nl.ketenpoort.messagetype.xml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.w3c.dom.Attr;
import org.w3c.dom.Element;

/** The DOM in the words of this package. */
final class Elements {

    private Elements() {}

    static List<Element> children(Element parent) {
        var found = new ArrayList<Element>();
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                found.add(element);
            }
        }
        return found;
    }

    static List<Element> children(Element parent, String localName) {
        return children(parent).stream().filter(child -> child.getLocalName().equals(localName)).toList();
    }

    static Optional<Element> child(Element parent, String localName) {
        return children(parent, localName).stream().findFirst();
    }

    /** The attributes without a namespace, by name. */
    static Map<String, String> attributes(Element element) {
        var found = new TreeMap<String, String>();
        var attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            if (attributes.item(i) instanceof Attr attribute && attribute.getNamespaceURI() == null) {
                found.put(attribute.getName(), attribute.getValue());
            }
        }
        return found;
    }

    static Optional<String> attribute(Element element, String name) {
        return element.hasAttribute(name) ? Optional.of(element.getAttribute(name)) : Optional.empty();
    }
}
