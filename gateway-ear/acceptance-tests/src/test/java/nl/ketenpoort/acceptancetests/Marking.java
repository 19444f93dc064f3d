package nl.ketenpoort.acceptancetests;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.w3c.dom.Element;

/** Gives every leaf of a message that can say something of its own a value that is nowhere else. */
final class Marking {

    private static final Set<String> TEXT = Set.of("w:Naam", "w:Regel", "w:Toelichting", "w:Adres", "xs:string");
    private static final Pattern MOMENT = Pattern
            .compile("(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d)(:\\d\\d)?(Z|[+-]\\d\\d:\\d\\d)");

    /** The case is found by municipality and number, and its phase, ban and protections have a beginning and an end. */
    private static final Set<String> KEPT_IN_THE_OPEN = Set.of("thv-besluit/besluit/nummer",
            "thv-besluit/besluit/gemeente", "thv-besluit/besluit/ingang", "thv-besluit/besluit/einde",
            "thv-besluit/beschermd/sinds");

    /** Too short, or too closed, to be found nowhere else: yes or no, a count, a time of day, who is meant, which list. */
    private static final Set<String> SAYS_NOTHING_OF_ITS_OWN = Set.of("xs:boolean", "xs:int", "xs:time", "w:Jaar",
            "w:Taal", "w:Bevestigd", "w:PersoonVerwijzing", "w:Oin", "w:Gemeentecode");

    /** Of the gateway itself: a MessageID, a consent, a code, a function, a path. */
    private static final Set<String> OF_THE_GATEWAY = Set.of("zorginformatieverzoek/vraag/toestemming",
            "bezorgmelding/bericht", "bezorgmelding/functie", "bezorgmelding/code", "bezorgmelding/weggelaten");

    private static final Set<String> USED = new HashSet<>();
    private static LocalDate day = LocalDate.of(1900, 1, 1).plusDays(ThreadLocalRandom.current().nextInt(1000));
    private static int fraction = ThreadLocalRandom.current().nextInt(111_111_111, 500_000_000);

    private final List<String> marks = new ArrayList<>();
    private final Set<String> marked = new HashSet<>();
    private final Set<String> unmarked = new HashSet<>();

    /** What may be found nowhere. */
    List<String> marks() {
        return List.copyOf(marks);
    }

    /** Paths of the leaves that hold a mark. */
    Set<String> marked() {
        return Set.copyOf(marked);
    }

    /** Paths of the leaves that are there and can hold none, each for a reason named here. */
    Set<String> unmarked() {
        return Set.copyOf(unmarked);
    }

    /** Who is concerned, in the envelope. */
    void person(Element person) {
        for (var leaf : TypeSchema.children(person)) {
            mark(leaf, "persoon/" + leaf.getLocalName(), switch (leaf.getLocalName()) {
                case "bsn" -> "w:Bsn";
                case "naam" -> "w:Naam";
                case "geboortedatum" -> "w:Geboortedatum";
                default -> throw unknown("persoon/" + leaf.getLocalName(), "no type that this test knows");
            });
        }
    }

    void content(Element element, Element declared, String path) {
        for (var child : TypeSchema.children(element)) {
            var its = path + "/" + child.getLocalName();
            var declaration = TypeSchema.declaration(declared, child);
            if (!TypeSchema.declarations(declaration).isEmpty()) {
                content(child, declaration, its);
                continue;
            }
            if (canHoldNone(its, declaration)) {
                unmarked.add(its);
                continue;
            }
            TypeSchema.patternOf(declaration).ifPresentOrElse(pattern -> markByPattern(child, its, pattern),
                    () -> mark(child, its, TypeSchema.baseOf(declaration)));
        }
    }

    private static boolean canHoldNone(String path, Element declaration) {
        return KEPT_IN_THE_OPEN.contains(path) || OF_THE_GATEWAY.contains(path)
                || !TypeSchema.closedList(declaration).isEmpty()
                || SAYS_NOTHING_OF_ITS_OWN.contains(TypeSchema.baseOf(declaration));
    }

    private void mark(Element leaf, String path, String type) {
        marked.add(path);
        if (TEXT.contains(type)) {
            set(leaf, Marks.fresh(), Optional.empty());
            return;
        }
        switch (type) {
            case "w:Telefoonnummer" -> {
                var digits = digits(12);
                set(leaf, "+316" + digits, Optional.of(digits));
            }
            case "w:Bsn" -> set(leaf, unused(Marking::bsn), Optional.empty());
            case "w:PvNummer" -> {
                var digits = digits(10);
                set(leaf, "PL1300-" + digits + "-1", Optional.of(digits));
            }
            case "w:Parketnummer" -> set(leaf, "13/" + digits(6) + "-26", Optional.empty());
            case "w:Bedrag" -> set(leaf, digits(9) + ".25", Optional.empty());
            case "w:Geboortedatum" -> set(leaf, nextDay().toString(), Optional.empty());
            case "w:Tijdstip" -> {
                var moment = MOMENT.matcher(leaf.getTextContent().strip());
                if (!moment.matches()) {
                    throw unknown(path, "a moment that this test cannot make finer");
                }
                var next = nextFraction();
                set(leaf, moment.group(1) + ":00." + next + moment.group(3), Optional.of(next));
            }
            default -> throw unknown(path, type);
        }
    }

    /** A number of a file, whatever it looks like. */
    private void markByPattern(Element leaf, String path, String pattern) {
        var digits = digits(12);
        if (!digits.matches(pattern)) {
            throw unknown(path, pattern);
        }
        marked.add(path);
        set(leaf, digits, Optional.empty());
    }

    private static AssertionError unknown(String path, String what) {
        return new AssertionError(
                path + " would be sent unmarked (" + what + "): give Marking a mark for it, or name it"
                        + " among what can hold none and say why");
    }

    private void set(Element leaf, String value, Optional<String> mark) {
        leaf.setTextContent(value);
        marks.add(mark.orElse(value));
    }

    private static String digits(int count) {
        return unused(() -> random(count));
    }

    private static String random(int count) {
        return ThreadLocalRandom.current().ints(count, 1, 10)
                .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append).toString();
    }

    private static String unused(Supplier<String> drawn) {
        synchronized (USED) {
            String value = drawn.get();
            while (!USED.add(value)) {
                value = drawn.get();
            }
            return value;
        }
    }

    /** Later than the one before, because a message says some things in the order in which they happened. */
    private static LocalDate nextDay() {
        synchronized (USED) {
            day = day.plusDays(1 + ThreadLocalRandom.current().nextInt(5));
            return day;
        }
    }

    /** Of a second, nine digits without a zero that could be left out; later than the one before. */
    private static String nextFraction() {
        synchronized (USED) {
            do {
                fraction += 1 + ThreadLocalRandom.current().nextInt(10_000);
            } while (Integer.toString(fraction).contains("0"));
            return Integer.toString(fraction);
        }
    }

    /** Of the fictitious range, and right by the elfproef. */
    private static String bsn() {
        while (true) {
            var eight = "999" + random(5);
            int sum = IntStream.range(0, 8).map(i -> (9 - i) * (eight.charAt(i) - '0')).sum();
            if (sum % 11 < 10) {
                return eight + sum % 11;
            }
        }
    }
}
