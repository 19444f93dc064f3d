package nl.ketenpoort.messagetype.xml;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.w3c.dom.Element;

/** The code lists, each value with the dates between which it may be used. */
final class CodeLists {

    private final Map<String, Map<String, Validity>> lists = new HashMap<>();

    CodeLists(SchemaFiles files, SchemaCompiler compiler) {
        var schema = compiler.compile("code-lists/codelijst-v1.xsd");
        for (var name : files.lines("code-lists/index.txt")) {
            var path = "code-lists/" + name + ".xml";
            var root = compiler.parse(path, schema).getDocumentElement();
            if (!root.getAttribute("naam").equals(name)) {
                throw BrokenCatalogue.in(path, "its name is " + root.getAttribute("naam"),
                        "name the list after the file");
            }
            var values = new HashMap<String, Validity>();
            Elements.children(root, "waarde").forEach(value -> values.put(value.getAttribute("code"), validity(value)));
            lists.put(name, Map.copyOf(values));
        }
    }

    /** Whether the list has the code and it may be used on this day. */
    boolean has(String list, String code, LocalDate day) {
        return Optional.ofNullable(lists.getOrDefault(list, Map.of()).get(code)).filter(valid -> valid.on(day))
                .isPresent();
    }

    /** Whether any of the lists ever had the code. */
    boolean knew(List<String> names, String code) {
        return names.stream().anyMatch(list -> lists.getOrDefault(list, Map.of()).containsKey(code));
    }

    private static Validity validity(Element value) {
        return new Validity(LocalDate.parse(value.getAttribute("geldig-van")),
                Elements.attribute(value, "geldig-tot").map(LocalDate::parse));
    }

    /** From a day, inclusive, until a day, exclusive. */
    private record Validity(LocalDate from, Optional<LocalDate> until) {

        boolean on(LocalDate day) {
            return !day.isBefore(from) && until.map(day::isBefore).orElse(true);
        }
    }
}
