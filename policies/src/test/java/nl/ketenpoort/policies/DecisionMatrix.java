package nl.ketenpoort.policies;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.ketenpoort.policies.Ruling.Outcome;

/**
 * Every decision the bundle can take, written so that a privacy officer can read it: one row per message type, sender,
 * receiver, purpose, subject and group of phases that decide alike.
 */
final class DecisionMatrix {

    private static final String CLOSED = "AFGESLOTEN";
    private static final String NOBODY = "NIEMAND";

    private final PolicyBundle bundle;
    private final List<String> functions = CodeList.named("functie");
    private final List<String> purposes = CodeList.named("doel");
    private final List<String> phases = CodeList.named("fase");
    private final Set<String> policiesSeen = new ConcurrentSkipListSet<>();

    DecisionMatrix(PolicyBundle bundle) {
        this.bundle = bundle;
    }

    private record Exchange(String type, String sender, String receiver, String purpose) {}

    /** Ids of the policies that decided something while the matrix was made. */
    Set<String> policiesSeen() {
        return policiesSeen;
    }

    String write() {
        StringBuilder text = new StringBuilder(INTRODUCTION);
        for (String type : bundle.messageTypes()) {
            text.append("\n## ").append(type).append("\n\n").append(HEADING);
            exchangesOf(type).parallelStream().map(this::rows).toList()
                    .forEach(rows -> rows.forEach(row -> text.append(row).append('\n')));
        }
        return text.toString();
    }

    private static final String HEADING = """
            | Zender | Ontvanger | Doel | Betreft | Mag | Na overeenkomst | Na toestemming | Na menselijk besluit | Vervalt als beschermd | Verboden | Fasen | Beleid |
            |---|---|---|---|---|---|---|---|---|---|---|---|
            """;

    private static final String INTRODUCTION = """
            # Wie wat mag krijgen: alle beslissingen van deze beleidsbundel

            Gemaakt uit het beleid zelf met `mvn -pl policies verify -Dmatrix.schrijven=true`; de build vergelijkt en weigert elk
            verschil. Wat hier niet staat, mag niet: elke andere combinatie van type, zender, ontvanger en doel is een weigering zonder
            grond, en een categorie die in een regel niet bij *mag* of *na …* staat, gaat niet mee.

            - **Mag**: zonder meer, voor dit doel.
            - **Na overeenkomst**: zodra de genoemde soort overeenkomst tussen zender en ontvanger geregistreerd en geldig is.
            - **Na toestemming**: van deze persoon, voor deze categorie, van deze zender aan deze ontvanger; waar *of afweging* staat
              ook na een vastgelegd conflict van plichten.
            - **Na menselijk besluit**: gemotiveerd, met een tweede persoon.
            - **Vervalt als beschermd**: wat deze ontvanger niet krijgt als hij iemand dient, vertegenwoordigt of iemands vertrouwen
              heeft tegen wie de betrokkene beschermd is.
            - **Verboden**: een verbod uit `safety.cedar`, met zijn code; het wint van elke grond.

            Uitgegaan is van: minderjarigen in de casus (waar *als minderjarigen* staat, gaat zonder hen niets), een ontvanger met een
            eigen grond voor het BSN (zonder die grond vervalt I, KP-5211), functies die dienen wie hun route noemt, en geen geborgde
            scheiding. In de fase AFGESLOTEN: een bericht met veiligheidseffect aan de laatste regiehouder of Veilig Thuis; ander
            verkeer is dan verboden (KP-6103), behalve correcties en intrekkingen.
            """;

    /**
     * The exchanges in which anything at all may pass once every fact that can be arranged is arranged. Each permit names
     * its senders, receivers and purposes (a test of its own says so), so nothing passes outside what permits name.
     */
    private List<Exchange> exchangesOf(String type) {
        Set<Exchange> named = new LinkedHashSet<>();
        for (String sender : functions) {
            for (String receiver : functions) {
                for (String purpose : purposes) {
                    if (permitsOf(type).anyMatch(permit -> permit.mentions(sender) && permit.mentions(receiver)
                            && permit.mentions(purpose))) {
                        named.add(new Exchange(type, sender, receiver, purpose));
                    }
                }
            }
        }
        var aboutNobody = new Datum("O", NOBODY);
        return named.stream().filter(exchange -> passes(arranged(exchange, aboutNobody, "OPEN"))
                || passes(arranged(exchange, aboutNobody, CLOSED))).toList();
    }

    private Stream<PolicyBundle.DocumentedPolicy> permitsOf(String type) {
        return bundle.policies().values().stream().filter(policy -> !policy.isForbid() && policy.mentions(type));
    }

    private List<String> rows(Exchange exchange) {
        List<String> rows = new ArrayList<>();
        for (String subject : Datum.SUBJECTS) {
            Map<Set<String>, List<String>> alike = phases.stream().collect(Collectors.groupingBy(
                    phase -> obtainable(exchange, subject, phase), LinkedHashMap::new, Collectors.toList()));
            alike.forEach((obtainable, samePhases) -> {
                if (!obtainable.isEmpty()) {
                    rows.add(row(exchange, subject, obtainable, samePhases));
                }
            });
        }
        return rows;
    }

    private Set<String> obtainable(Exchange exchange, String subject, String phase) {
        return Datum.CATEGORIES.stream()
                .filter(category -> permitsOf(exchange.type()).anyMatch(permit -> permit.mentions(category)))
                .filter(category -> passes(arranged(exchange, new Datum(category, subject), phase)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private String row(Exchange exchange, String subject, Set<String> obtainable, List<String> samePhases) {
        String phase = samePhases.getFirst();
        List<String> free = new ArrayList<>();
        Map<String, List<String>> afterAgreement = new TreeMap<>();
        Map<String, List<String>> afterConsent = new TreeMap<>();
        List<String> afterHuman = new ArrayList<>();
        Map<String, List<String>> forbidden = new TreeMap<>();
        List<String> lostWhenProtected = new ArrayList<>();
        Set<String> deciding = new TreeSet<>();
        for (String category : Datum.CATEGORIES) {
            var question = standing(exchange, new Datum(category, subject), phase);
            if (!obtainable.contains(category)) {
                forbids(question)
                        .forEach(code -> forbidden.computeIfAbsent(code, any -> new ArrayList<>()).add(category));
                continue;
            }
            var ruling = ruled(question);
            deciding.addAll(ruling.policies());
            switch (ruling.outcome()) {
                case TOEGESTAAN -> free.add(category);
                case OVEREENKOMST_NODIG -> afterAgreement
                        .computeIfAbsent(String.join(" of ", ruling.needs()), any -> new ArrayList<>()).add(category);
                case TOESTEMMING_NODIG -> afterConsent.computeIfAbsent(
                        passes(question.with("afweging", true)) ? "of afweging" : "", any -> new ArrayList<>())
                        .add(category);
                case MENS_NODIG -> afterHuman.add(category);
                case AFWEGING_NODIG, VERBODEN, GEEN_GROND -> throw new IllegalStateException(
                        "The matrix has no column for " + ruling + " of " + question);
            }
            var decent = arranged(exchange, new Datum(category, subject), phase).with("menselijkBesluit", false);
            if (!subject.equals(NOBODY) && passes(decent) && !passes(decent.with("beschermdTegen", true))) {
                lostWhenProtected.add(category);
            }
        }
        boolean minorsOnly = !passes(
                arranged(exchange, new Datum("O", NOBODY), phase).with("minderjarigen", false));
        return "| " + String.join(" | ", exchange.sender(), exchange.receiver(),
                exchange.purpose() + (minorsOnly ? " (als minderjarigen)" : ""), subject, listed(free),
                labelled(afterAgreement), labelled(afterConsent), listed(afterHuman), listed(lostWhenProtected),
                labelled(forbidden), phasesWritten(samePhases), listed(deciding)) + " |";
    }

    private static String listed(Iterable<String> values) {
        String written = String.join(" ", values);
        return written.isEmpty() ? "–" : written;
    }

    private static String labelled(Map<String, List<String>> byLabel) {
        return byLabel.isEmpty()
                ? "–"
                : byLabel.entrySet().stream().map(
                        entry -> entry.getKey().isEmpty()
                                ? listed(entry.getValue())
                                : entry.getKey() + ": " + listed(entry.getValue()))
                        .collect(Collectors.joining("; "));
    }

    private String phasesWritten(List<String> samePhases) {
        List<String> others = new ArrayList<>(phases);
        others.removeAll(samePhases);
        if (others.isEmpty()) {
            return "alle";
        }
        return others.size() < samePhases.size() ? "alle behalve " + listed(others) : listed(samePhases);
    }

    private Ruling ruled(Question question) {
        var ruling = Ruling.on(question, bundle);
        policiesSeen.addAll(ruling.policies());
        return ruling;
    }

    private Set<String> forbids(Question question) {
        return bundle.askWithoutSchema(question).decidedBy().stream().map(bundle.policies()::get)
                .filter(PolicyBundle.DocumentedPolicy::isForbid).map(forbid -> forbid.annotations().get("code"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean passes(Question question) {
        var answer = bundle.askWithoutSchema(question);
        policiesSeen.addAll(answer.decidedBy());
        return answer.permits();
    }

    /** The facts as they are before anybody arranged anything. */
    private Question standing(Exchange exchange, Datum datum, String phase) {
        boolean closed = phase.equals(CLOSED);
        var facts = Facts.none().with("zenderfunctie", exchange.sender()).with("doel", exchange.purpose())
                .with("fase", phase).with("minderjarigen", true).with("eigenGrondBsn", true)
                .with("casusGesloten", closed).with("veiligheidseffect", closed).with("laatsteRegieOfVt", closed);
        return new Question(exchange.type(), Receiver.of(exchange.receiver()), datum, facts);
    }

    /** The facts when every agreement is registered, consent given, override recorded and a human has decided. */
    private Question arranged(Exchange exchange, Datum datum, String phase) {
        return standing(exchange, datum, phase).with("overeenkomsten", bundle.agreementKinds())
                .with("toestemming", true).with("afweging", true).with("menselijkBesluit", true);
    }
}
