package nl.ketenpoort.schemas;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * A whole {@code kp:verzendenVerzoek} from an examples folder.
 *
 * @param file where it is
 */
record Example(Path file) {

    private static final int CODE_LENGTH = "KP-0000".length();

    String name() {
        return file.getFileName().toString();
    }

    /** The code a refused example is named after. */
    String code() {
        return name().substring(0, CODE_LENGTH);
    }

    Document document() {
        return Xml.parse(file);
    }

    static Element envelope(Document document) {
        return Xml.child(document.getDocumentElement(), "envelop");
    }

    static Element content(Document document) {
        return Xml.children(Xml.child(document.getDocumentElement(), "inhoud")).getFirst();
    }

    static Set<String> personsOf(Document document) {
        return Xml.children(envelope(document), "betrokkenen").stream().flatMap(list -> Xml.children(list).stream())
                .map(person -> person.getAttribute("id")).collect(Collectors.toSet());
    }

    /** The ids of persons that the content names: each attribute betreft, and each leaf declared as a reference. */
    static List<String> referencesOf(Document document, Declarations declarations) {
        var found = new ArrayList<String>();
        references(content(document), "", declarations, found);
        return found;
    }

    private static void references(Element element, String path, Declarations declarations, List<String> found) {
        if (element.hasAttribute("betreft")) {
            found.add(element.getAttribute("betreft"));
        }
        if (!path.isEmpty() && declarations.at(path).refersToPerson()) {
            found.add(element.getTextContent());
        }
        Xml.children(element).forEach(child -> references(child, below(path, child), declarations, found));
    }

    /**
     * Takes everything out of the content that is not essential: leaves, attributes, and containers left without
     * essential leaves.
     */
    static void reduce(Element element, String path, List<String> essential) {
        if (!essential.contains(path + "/@betreft")) {
            element.removeAttribute("betreft");
        }
        for (var child : Xml.children(element)) {
            var here = below(path, child);
            if (essential.stream().noneMatch(one -> one.equals(here) || one.startsWith(here + "/"))) {
                element.removeChild(child);
            } else {
                reduce(child, here, essential);
            }
        }
    }

    private static String below(String path, Element child) {
        return path.isEmpty() ? child.getLocalName() : path + "/" + child.getLocalName();
    }

    @Override
    public String toString() {
        return name();
    }
}
