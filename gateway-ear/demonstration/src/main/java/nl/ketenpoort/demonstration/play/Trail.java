package nl.ketenpoort.demonstration.play;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import jakarta.json.JsonObject;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.play.Records.Entry;

/** Prints the audit trail of a case for a person: who got what, why, on which ground, by which policy. */
final class Trail {

    private final Records records;
    private final Grounds grounds;
    private final Teller teller;

    Trail(Records records, Grounds grounds, Teller teller) {
        this.records = records;
        this.grounds = grounds;
        this.teller = teller;
    }

    String groundOf(String policy) {
        return grounds.of(policy).map(ground -> "grond: " + ground).orElse("grond onbekend");
    }

    void print(String number, String decision, String caseId) {
        teller.heading("Het spoor van casus " + number + " (besluit " + decision + ", casusnummer " + caseId + ")");
        var entries = records.trailOf(caseId);
        var endings = new HashMap<String, Entry>();
        entries.stream().filter(entry -> entry.facts().containsKey("delivery") && !entry.facts().containsKey("notice"))
                .forEach(entry -> endings.put(entry.messageId() + entry.facts().getString("function"), entry));
        var used = new LinkedHashSet<String>();
        entries.forEach(entry -> print(entry, endings, used));
        teller.line("  Gronden van het beleid hierboven:");
        used.forEach(policy -> teller.line("    " + policy + ": " + grounds.of(policy).orElse("onbekend")));
    }

    private void print(Entry entry, Map<String, Entry> endings, Set<String> used) {
        var facts = entry.facts();
        var head = "  " + Teller.time(entry.at()) + " " + organisation(entry.sender(), facts) + " ";
        switch (entry.kind()) {
            case "ACCEPTED" -> {
                teller.line(head + facts.getString("type", "") + ", aangenomen");
                receivers(facts).forEach(prefix -> teller.line(receiver(entry, prefix, endings, used)));
            }
            case "REFUSED" -> {
                teller.line(head + facts.getString("type", facts.getString("operation", "bericht")) + ", geweigerd "
                        + facts.getString("code", ""));
                receivers(facts).forEach(prefix -> teller.line(receiver(entry, prefix, endings, used)));
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
                    teller.line(head + "hoort van Ketenpoort dat een bezorging niet doorging ("
                            + facts.getString("notice") + "): " + ending(entry));
                }
            }
            case String other -> teller.line(head + other);
        }
    }

    private static List<String> receivers(JsonObject facts) {
        return IntStream.iterate(1, number -> number + 1).mapToObj(number -> "receiver-" + number + ".")
                .takeWhile(prefix -> facts.containsKey(prefix + "function")).toList();
    }

    private String receiver(Entry entry, String prefix, Map<String, Entry> endings, Set<String> used) {
        var facts = entry.facts();
        var function = facts.getString(prefix + "function");
        var name = Partner.of(facts.getString(prefix + "oin"), function).map(Partner::shownAs).orElse(function);
        var policies = facts.entrySet().stream().filter(fact -> fact.getKey().startsWith(prefix + "ruling."))
                .sorted(Map.Entry.comparingByKey()).map(fact -> facts.getString(fact.getKey()))
                .flatMap(ruling -> Arrays.stream(ruling.split(" ")).filter(word -> grounds.of(word).isPresent()))
                .distinct().sorted(Comparator.naturalOrder()).toList();
        used.addAll(policies);
        boolean permitted = facts.getString(prefix + "outcome").equals("TOEGESTAAN");
        var ending = endings.get(entry.messageId() + function);
        var end = !permitted
                ? "niet, " + facts.getString(prefix + "code", "")
                : ending == null ? "toegestaan, nog onderweg" : ending(ending);
        var omitted = facts.getString(prefix + "omitted", "");
        return "             aan " + name + " voor " + facts.getString(prefix + "purpose") + ": " + end
                + (omitted.isEmpty() ? "" : ", zonder " + Teller.leftOut(List.of(omitted.split(" "))))
                + (policies.isEmpty() ? "" : policies.stream().collect(Collectors.joining(", ", " [", "]")));
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
