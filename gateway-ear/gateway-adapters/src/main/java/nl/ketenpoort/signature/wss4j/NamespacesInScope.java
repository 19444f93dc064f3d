package nl.ketenpoort.signature.wss4j;

import java.util.Map;
import java.util.TreeMap;

import org.w3c.dom.Attr;
import org.w3c.dom.Node;

/** The declarations that hold at a place in a document (Namespaces in XML 1.0, section 6.1). */
final class NamespacesInScope {

    private NamespacesInScope() {}

    /** Prefix to namespace, the default namespace under the empty prefix. */
    static Map<String, String> of(Node place) {
        var found = new TreeMap<String, String>();
        for (Node at = place; at != null; at = at.getParentNode()) {
            var attributes = at.getAttributes();
            if (attributes == null) {
                continue;
            }
            for (int i = 0; i < attributes.getLength(); i++) {
                var attribute = (Attr) attributes.item(i);
                if ("xmlns".equals(attribute.getName())) {
                    found.putIfAbsent("", attribute.getValue());
                } else if (attribute.getName().startsWith("xmlns:")) {
                    found.putIfAbsent(attribute.getName().substring("xmlns:".length()), attribute.getValue());
                }
            }
        }
        return found;
    }
}
