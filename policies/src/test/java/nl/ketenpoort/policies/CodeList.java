package nl.ketenpoort.policies;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;

import org.w3c.dom.Element;

/** A code list of the message schemas, read where it stands in the repository. */
final class CodeList {

    private static final Path FOLDER = PolicyBundle.FOLDER.resolveSibling("message-schemas").resolve("code-lists");

    private CodeList() {}

    /** The codes of the list, in its order. */
    static List<String> named(String name) {
        try {
            var document = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                    .parse(FOLDER.resolve(name + ".xml").toFile());
            var values = document.getElementsByTagName("waarde");
            List<String> codes = new ArrayList<>();
            for (int at = 0; at < values.getLength(); at++) {
                codes.add(((Element) values.item(at)).getAttribute("code"));
            }
            return codes;
        } catch (Exception unreadable) {
            throw new IllegalStateException("The code list " + name + " cannot be read", unreadable);
        }
    }
}
