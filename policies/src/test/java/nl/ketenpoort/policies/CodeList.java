package nl.ketenpoort.policies;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;

import org.w3c.dom.Element;

/** A code list of the message schemas, read where it stands in the repository. */
final class CodeList {

    private static final Path FOLDER = PolicyBundle.FOLDER.resolveSibling("message-schemas").resolve("code-lists");

    private CodeList() {}

    /** The codes of the list, in its order. */
    static List<String> named(String name) {
        return List.copyOf(inDutch(name).keySet());
    }

    /** The Dutch label of each code, in the order of the list. */
    static Map<String, String> inDutch(String name) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            var document = factory.newDocumentBuilder().parse(FOLDER.resolve(name + ".xml").toFile());
            Map<String, String> labels = new LinkedHashMap<>();
            for (Element value : XmlData.elements(document, "waarde")) {
                String label = XmlData.elements(value, "label").stream()
                        .filter(text -> text.getAttribute("taal").equals("nl")).findFirst().orElseThrow()
                        .getTextContent();
                labels.put(value.getAttribute("code"), label);
            }
            return labels;
        } catch (Exception unreadable) {
            throw new IllegalStateException("The code list " + name + " cannot be read", unreadable);
        }
    }
}
