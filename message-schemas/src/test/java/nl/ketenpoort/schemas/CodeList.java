package nl.ketenpoort.schemas;

import java.util.List;
import java.util.stream.Stream;

import org.w3c.dom.Element;

/**
 * A code list as it is in the jar.
 *
 * @param name file name without ending
 * @param values every value, ended ones too
 */
record CodeList(String name, List<Element> values) {

    static CodeList named(String name) {
        var root = Xml.parse(TypeFolder.root().resolve("code-lists").resolve(name + ".xml")).getDocumentElement();
        return new CodeList(name, Xml.children(root, "waarde"));
    }

    static Stream<CodeList> indexed() {
        return TypeFolder.lines(TypeFolder.root().resolve("code-lists/index.txt")).stream().map(CodeList::named);
    }

    /** The codes that may still be used. */
    List<String> current() {
        return values.stream().filter(value -> !value.hasAttribute("geldig-tot"))
                .map(value -> value.getAttribute("code")).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
