package nl.ketenpoort.demonstration.play;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import jakarta.json.JsonObject;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.play.Records.Entry;

/**
 * Prints the audit trail of a case for a person: who got what and what not, why, on which ground, by which policy in
 * which version.
 */
final class Trail {

    private static final String RECEIVER = "    -> ";
    private static final String PARTS = " ".repeat(9);
    private static final String NOBODY = "-";

    private final Records records;
    private final Grounds grounds;
    private final Teller teller;
    private final Set<String> shown = new TreeSet<>();

    Trail(Records records, Grounds grounds, Teller teller) {
        this.records = records;
        this.grounds = grounds;
        this.teller = teller;
    }

    /** What was ruled about data of a receiver: the categories per person, under one word and the same policies. */
    private record Ruled(String word, List<String> policies) {}

    String groundOf(String policy) {
        return grounds.of(policy).map(ground -> "grond: " + ground).orElse("grond onbekend");
    }

    /** The step that looks back. */
    void opens(int step) {
        teller.heading("Stap " + step + ". Het spoor van elke casus: wie wat kreeg, waarom, op welke grond, door welk"
                + " beleid");
    }

    void print(String number, String decision, String caseId) {
        teller.heading("Het spoor van casus " + number + " (besluit " + decision + ", casusnummer " + caseId + ")");
        var entries = records.trailOf(caseId);
        var endings = new HashMap<String, List<Entry>>();
        entries.stream().filter(entry -> entry.facts().containsKey("delivery") && !entry.facts().containsKey("notice"))
                .forEach(entry -> endings.computeIfAbsent(entry.messageId() + entry.facts().getString("function"),
                        first -> new ArrayList<>()).add(entry));
        entries.forEach(entry -> print(entry, endings));
    }

    /** What the letters mean. */
    void ends() {
        if (!shown.isEmpty()) {
            teller.line("");
            teller.line("Soorten gegevens: " + Categories.labels().entrySet().stream()
                    .filter(label -> shown.contains(label.getKey()))
                    .map(label -> label.getKey() + " = " + label.getValue()).collect(Collectors.joining("; ")));
        }
    }

    private void print(Entry entry, Map<String, List<Entry>> endings) {
        var facts = entry.facts();
        var head = "  " + Teller.time(entry.at()) + " " + organisation(entry.sender(), facts) + " ";
        switch (entry.kind()) {
            case "ACCEPTED" -> {
                teller.line(head + facts.getString("type", "") + ", aangenomen");
                receivers(facts).forEach(prefix -> receiver(entry, prefix, endings));
            }
            case "REFUSED" -> {
                teller.line(head + facts.getString("type", facts.getString("operation", "bericht")) + ", geweigerd "
                        + facts.getString("code", ""));
                receivers(facts).forEach(prefix -> receiver(entry, prefix, endings));
            }
            case "REPEATED" -> teller.line(head + facts.getString("type", "") + ", nog eens gestuurd: zelfde"
                    + " ontvangstbewijs, geen nieuwe bezorging");
            case "CONSENT_REGISTERED" -> teller.line(head + "toestemming geregistreerd voor "
                    + facts.getString("purpose", "") + " (" + facts.getString("consent", "") + ")");
            case "CONSENT_WITHDRAWN" -> teller.line(head + "toestemming ingetrokken, bezorgingen gestopt: "
                    + facts.getString("stopped", ""));
            case "CONSENT_SHOWN" -> teller.line(head + "toestemmingen getoond");
            case "ALARM" -> teller.line(head + "ALARM " + facts.getString("alarm", ""));
            case "DELIVERED", "DISCLOSED", "CANCELLED", "PARKED" -> {
                // Otherwise told with the decision about its receiver.
                if (facts.containsKey("notice")) {
                    teller.line(head + "hoort van Ketenpoort hoe het een bezorging verging ("
                            + facts.getString("notice") + "): " + ending(entry));
                }
            }
            case "SENT" -> teller.line(head + "verstuurd, nog niet bevestigd");
            case String other -> teller.line(head + other);
        }
    }

    private static List<String> receivers(JsonObject facts) {
        return IntStream.iterate(1, number -> number + 1).mapToObj(number -> "receiver-" + number + ".")
                .takeWhile(prefix -> facts.containsKey(prefix + "outcome")).toList();
    }

    private void receiver(Entry entry, String prefix, Map<String, List<Entry>> endings) {
        var facts = entry.facts();
        var oin = facts.getString(prefix + "oin", "");
        var function = facts.getString(prefix + "function", oin);
        var name = Partner.of(oin, function).map(Partner::shownAs).orElse(function);
        var what = facts.getString("type", "bericht") + " voor " + facts.getString(prefix + "purpose");
        var rulings = rulings(facts, prefix);
        boolean given = facts.getString(prefix + "outcome").equals("TOEGESTAAN");
        if (given) {
            var ended = endings.getOrDefault(entry.messageId() + function, List.of());
            var end = ended.isEmpty() ? "nog onderweg"
                    : ended.stream().map(Trail::ending).collect(Collectors.joining(", "));
            var by = rulings.keySet().stream().filter(Trail::permits).flatMap(ruled -> ruled.policies().stream())
                    .distinct().sorted().toList();
            teller.line(RECEIVER + name + " krijgt " + what + ", " + by(by) + ": " + end);
        } else {
            var by = rulings.keySet().stream().filter(ruled -> !permits(ruled))
                    .flatMap(ruled -> ruled.policies().stream()).distinct().sorted().toList();
            teller.line(RECEIVER + name + " krijgt niet " + what + ", " + facts.getString(prefix + "code", "") + ", "
                    + by(by));
        }
        rulings.forEach((ruled, data) -> {
            if (!permits(ruled)) {
                teller.line(PARTS + "niet: " + written(data) + ", " + ruled.word() + ", " + by(ruled.policies()));
            } else if (given) {
                teller.line(PARTS + "wel: " + written(data));
            }
        });
        var omitted = facts.getString(prefix + "omitted", "");
        if (!omitted.isEmpty()) {
            teller.line(PARTS + "weggelaten: " + Teller.leftOut(List.of(omitted.split(" "))));
        }
    }

    private static boolean permits(Ruled ruled) {
        return ruled.word().equals("TOEGESTAAN");
    }

    /** What was permitted first, then what was not; each with the categories per person that it was ruled about. */
    private Map<Ruled, Map<String, Set<String>>> rulings(JsonObject facts, String prefix) {
        var rulings = new LinkedHashMap<Ruled, Map<String, Set<String>>>();
        facts.keySet().stream().filter(fact -> fact.startsWith(prefix + "ruling."))
                .sorted(Comparator.comparing((String fact) -> !facts.getString(fact).startsWith("TOEGESTAAN"))
                        .thenComparing(fact -> fact))
                .forEach(fact -> {
                    var data = fact.substring((prefix + "ruling.").length()).split("\\.", 2);
                    var words = List.of(facts.getString(fact).split(" "));
                    var policies = words.stream().filter(word -> word.contains("@")).sorted().toList();
                    var word = words.stream().filter(one -> !one.contains("@") && !one.equals("GEWEIGERD"))
                            .collect(Collectors.joining(" "));
                    shown.add(data[0]);
                    rulings.computeIfAbsent(new Ruled(word, policies), first -> new TreeMap<>())
                            .computeIfAbsent(data[1], first -> new TreeSet<>()).add(data[0]);
                });
        return rulings;
    }

    private static String written(Map<String, Set<String>> data) {
        return data.entrySet().stream().map(person -> String.join(" ", person.getValue())
                + (person.getKey().equals(NOBODY) ? "" : " van " + person.getKey()))
                .collect(Collectors.joining(", "));
    }

    private String by(List<String> policies) {
        return policies.isEmpty()
                ? "want geen beleid staat het toe"
                : policies.stream().map(policy -> "door " + policy + " (" + groundOf(policy) + ")")
                        .collect(Collectors.joining(" en "));
    }

    private static String ending(Entry ending) {
        return switch (ending.kind()) {
            case "DELIVERED" -> "bezorgd " + Teller.time(ending.at());
            case "DISCLOSED" -> "opgehaald " + Teller.time(ending.at());
            case "CANCELLED" -> "gestopt " + Teller.time(ending.at()) + ", " + ending.facts().getString("code", "");
            case String other ->
                "opzij gezet " + Teller.time(ending.at()) + ", " + ending.facts().getString("code", "");
        };
    }

    private static String organisation(String oin, JsonObject facts) {
        var function = facts.getString("sender-function", "");
        return Partner.of(oin, function).map(Partner::shownAs)
                .or(() -> Arrays.stream(Partner.values()).filter(partner -> partner.oin().equals(oin)).findFirst()
                        .map(Partner::organisation))
                .orElse(oin.isEmpty() ? "onbekend" : oin);
    }
}
