package nl.ketenpoort.messagetype.xml;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.w3c.dom.Document;
import org.w3c.dom.Element;

import nl.ketenpoort.messagetype.Effect;
import nl.ketenpoort.messagetype.MessageType;
import nl.ketenpoort.messagetype.MessageType.Answer;
import nl.ketenpoort.messagetype.MessageType.ReceiverCondition;
import nl.ketenpoort.messagetype.MessageType.Weighing;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.messagetype.TypeName;
import nl.ketenpoort.messagetype.ValueRule;
import nl.ketenpoort.partner.PartnerFunction;

/**
 * Reads {@code type.xml}, which its schema has accepted already, and checks what that schema cannot: that each code is
 * in its list and each path in the type's schema.
 *
 * <p>
 * Children of an effect become attributes with the child's name before a dot: {@code <fase waarde="A" fase="B"/>} is
 * {@code fase.A = B}, and {@code <beschermd elk="x" …/>} is {@code beschermd.elk = x}.
 */
final class Manifest {

    private static final List<String> FUNCTIONS = List.of("functie", "functiegroep");
    private static final Set<String> CHILD_PATHS = Set.of("elk");
    private static final Set<String> EFFECT_PATHS = Set.of("pad", "besluitnummer", "gemeente", "start", "einde", "van",
            "personen", "status", "sinds", "naam", "telefoon", "regiefunctie", "regieoin");

    private final String path;
    private final Element root;
    private final AnnotatedSchema schema;
    private final CodeLists lists;

    Manifest(String path, Document document, AnnotatedSchema schema, CodeLists lists) {
        this.path = path;
        this.root = document.getDocumentElement();
        this.schema = schema;
        this.lists = lists;
    }

    MessageType read(TypeName folder) {
        var name = new TypeName(root.getAttribute("naam"), Integer.parseInt(root.getAttribute("versie")));
        if (!name.equals(folder)) {
            throw broken("it calls itself " + name, "name type and version after the folder");
        }
        var reference = part("verwijzing");
        boolean always = reference.getAttribute("vereist").equals("ja");
        return new MessageType(name, schema.namespace(), functions("zenders"),
                part("zenders").getAttribute("uit-eigen-beweging").equals("ja"), functions("ontvangers"), purposes(),
                always, words(reference.getAttribute("naar")), answersSender(reference, always), conditions(),
                weighing(),
                part("casus").getTextContent().strip().equals("OPENT"), essential(), rule("spoed"),
                rule("veiligheidseffect"), answer(), effects(), schema.rules());
    }

    private boolean answersSender(Element reference, boolean always) {
        boolean answers = reference.getAttribute("alleen-aan-afzender").equals("ja");
        if (answers && !always) {
            throw broken("it answers whoever it refers to, and need not refer to anybody",
                    "let verwijzing say vereist=\"ja\" as well");
        }
        return answers;
    }

    /** Group names become their members; {@code REGIEHOUDER} has none until a case says who it is, and stays. */
    private Set<PartnerFunction> functions(String part) {
        return texts(part, "functie").stream().map(code -> known(FUNCTIONS, code)).map(PartnerFunction::new)
                .flatMap(PartnerFunction::members).collect(Collectors.toSet());
    }

    private SequencedSet<Purpose> purposes() {
        return texts("doelen", "doel").stream().map(code -> known(List.of("doel"), code)).map(Purpose::new)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Set<String> essential() {
        return texts("essentieel", "pad").stream().map(this::declared).collect(Collectors.toSet());
    }

    private ValueRule rule(String part) {
        var element = part(part);
        return switch (element.getAttribute("regel")) {
            case "ALTIJD", "JA" -> new ValueRule.Always();
            case "NOOIT", "NEE" -> new ValueRule.Never();
            case "AFZENDER" -> new ValueRule.BySender();
            case "BIJ_WAARDE" -> new ValueRule.ByValue(declared(attribute(element, "pad")),
                    Set.of(attribute(element, "waarden").strip().split("\\s+")));
            default -> throw broken(part + " has no rule that exists", "use a value of types/manifest-v1.xsd");
        };
    }

    private List<ReceiverCondition> conditions() {
        return Elements.children(root, "alleen-als").stream()
                .map(condition -> new ReceiverCondition(
                        words(attribute(condition, "functies")).stream().map(code -> known(FUNCTIONS, code))
                                .map(PartnerFunction::new).flatMap(PartnerFunction::members)
                                .collect(Collectors.toSet()),
                        new ValueRule.ByValue(declared(attribute(condition, "pad")),
                                words(attribute(condition, "waarden")))))
                .toList();
    }

    private Optional<Weighing> weighing() {
        return Elements.child(root, "afweging").map(where -> new Weighing(declared(attribute(where, "pad")),
                Elements.attribute(where, "vervalt").map(this::declared)));
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+")).filter(word -> !word.isEmpty()).collect(Collectors.toSet());
    }

    /** The first answer that is expected within a duration. */
    private Optional<Answer> answer() {
        return Elements.children(root, "antwoord").stream().filter(answer -> answer.hasAttribute("binnen")).findFirst()
                .map(answer -> new Answer(answer.getAttribute("type"), duration(answer.getAttribute("binnen"))));
    }

    private List<Effect> effects() {
        var effects = new ArrayList<Effect>();
        for (var effect : Elements.children(part("effecten"), "effect")) {
            var attributes = new HashMap<>(Elements.attributes(effect));
            attributes.forEach((name, value) -> {
                if (EFFECT_PATHS.contains(name)) {
                    declared(value);
                }
            });
            var kind = Effect.Kind.valueOf(attribute(effect, "soort"));
            attributes.remove("soort");
            for (var child : Elements.children(effect)) {
                attributes.putAll(flattened(child));
            }
            effects.add(new Effect(kind, attributes));
        }
        return effects;
    }

    private Map<String, String> flattened(Element child) {
        var name = child.getLocalName();
        if (name.equals("fase")) {
            return Map.of("fase." + attribute(child, "waarde"), attribute(child, "fase"));
        }
        var attributes = Elements.attributes(child);
        var container = attributes.get("elk");
        attributes.forEach((key, value) -> declared(CHILD_PATHS.contains(key) ? value : container + "/" + value));
        return attributes.entrySet().stream().collect(
                Collectors.toMap(entry -> name + "." + entry.getKey(),
                        (Function<Map.Entry<String, String>, String>) Map.Entry::getValue));
    }

    private Duration duration(String written) {
        try {
            return Duration.parse(written);
        } catch (DateTimeParseException months) {
            throw broken("the duration " + written + " has no fixed length",
                    "write days and hours, such as P2D or PT24H");
        }
    }

    private String known(List<String> codeLists, String code) {
        if (!lists.knew(codeLists, code)) {
            throw broken(code + " is in none of the code lists " + codeLists, "add it there or correct it here");
        }
        return code;
    }

    private String declared(String leaf) {
        if (!schema.has(leaf)) {
            throw broken("the path " + leaf + " is not in the schema", "correct the path");
        }
        return leaf;
    }

    private List<String> texts(String part, String child) {
        return Elements.children(part(part), child).stream().map(element -> element.getTextContent().strip()).toList();
    }

    private Element part(String name) {
        return Elements.child(root, name).orElseThrow(() -> broken("it has no " + name, "add it"));
    }

    private String attribute(Element element, String name) {
        return Elements.attribute(element, name)
                .orElseThrow(() -> broken(element.getLocalName() + " has no " + name, "add it"));
    }

    private IllegalStateException broken(String what, String remedy) {
        return BrokenCatalogue.in(path, what, remedy);
    }
}
