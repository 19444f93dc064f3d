package nl.ketenpoort.policies;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import nl.ketenpoort.policies.Decisions.Alike;
import nl.ketenpoort.policies.Decisions.Lifted;

/**
 * Every decision the bundle can take, written so that a privacy officer can read it: first what never passes, then one
 * table per message type, in which whatever decides alike is one row.
 */
final class DecisionMatrix {

    private final PolicyBundle bundle;
    private final Served served = new Served();
    private final Decisions decisions;
    private final Map<String, List<Alike>> byType = new TreeMap<>();
    private final List<String> functions = CodeList.named("functie");
    private final List<String> phases = CodeList.named("fase");

    DecisionMatrix(PolicyBundle bundle) {
        this.bundle = bundle;
        this.decisions = new Decisions(bundle, served);
    }

    /** Ids of the policies that decided something while the matrix was made. */
    Set<String> policiesSeen() {
        return decisions.policiesSeen();
    }

    /** What each receiver may have of this type, whomever it serves. */
    List<Alike> decisionsOf(String type) {
        return byType.computeIfAbsent(type, decisions::of);
    }

    String write() {
        var text = new StringBuilder(INTRODUCTION);
        text.append(categories()).append(whomAFunctionServes()).append(whatNeverPasses());
        for (String type : bundle.messageTypes()) {
            var rows = MatrixRow.merged(decisionsOf(type).stream().map(this::row).toList());
            text.append("\n## ").append(type).append("\n\n");
            if (rows.isEmpty()) {
                text.append("Geen enkel beleid staat dit berichttype aan een partner toe.\n");
            } else {
                text.append(HEADING);
                rows.forEach(row -> text.append(row).append('\n'));
            }
        }
        return text.toString();
    }

    private static final String INTRODUCTION = """
            # Wie wat mag krijgen: alle beslissingen van deze beleidsbundel

            Gemaakt uit het beleid zelf met `mvn -pl policies verify -Dmatrix.schrijven=true`; de build vergelijkt en weigert elk
            verschil. Wat hier niet staat, mag niet: elke andere combinatie van type, zender, ontvanger en doel is een weigering zonder
            grond, en een categorie die in een regel niet bij *mag* of *na …* staat, gaat niet mee.

            Wat gelijk beslist wordt, staat in één regel: staan er in een regel meer zenders, ontvangers, doelen of betrokkenen, dan
            geldt hij voor elke combinatie daarvan. *Wie ook* is: het maakt geen verschil.

            - **Dient**: wie de ontvanger in deze casus dient. *Met* en *zonder* noemen alleen wat verschil maakt.
            - **Mag**: zonder meer, voor dit doel.
            - **Na overeenkomst**: zodra de genoemde soort overeenkomst tussen zender en ontvanger geregistreerd en geldig is.
            - **Na toestemming**: van deze persoon, voor deze categorie, van deze zender aan deze ontvanger; waar *of afweging* staat
              ook na een vastgelegd conflict van plichten.
            - **Na menselijk besluit**: gemotiveerd, met een tweede persoon. Nog niet te krijgen: Ketenpoort kan zo'n besluit nog niet
              vastleggen, dus tot dan gaat niet mee wat hier staat (KP-5110).
            - **Pas na geborgde scheiding**: er is een grond, maar een verbod houdt het tegen totdat voor het eindpunt van deze functie is
              geregistreerd dat zij de delen van beide kanten gescheiden houdt (`verzegeldeDelen`; een eigen eindpunt is niet genoeg);
              wat daarna nog nodig is, staat erbij.
            - **Vervalt als beschermd**: wat deze ontvanger niet krijgt als hij iemand dient, vertegenwoordigt of iemands vertrouwen
              heeft tegen wie de betrokkene beschermd is; met een * blijft het als de scheiding is geborgd.
            - **Verboden**: er is een grond, maar een verbod uit `safety.cedar` wint, met zijn code.

            Uitgegaan is van: minderjarigen in de casus (waar *als minderjarigen* of een ° staat, gaat het zonder hen niet), en een
            ontvanger met een eigen grond voor het BSN (zonder die grond vervalt I, KP-5211). In de fase AFGESLOTEN: een bericht met
            veiligheidseffect aan de laatste regiehouder of Veilig Thuis; ander verkeer is dan verboden (KP-6103), behalve correcties
            en intrekkingen.
            """;

    private static final String HEADING = """
            | Zender | Ontvanger | Doel | Betreft | Dient | Mag | Na overeenkomst | Na toestemming | Na menselijk besluit | Pas na geborgde scheiding | Vervalt als beschermd | Verboden | Fasen | Beleid |
            |---|---|---|---|---|---|---|---|---|---|---|---|---|---|
            """;

    private static String categories() {
        return "\nDe categorieën: " + CodeList.inDutch("categorie").entrySet().stream()
                .map(entry -> "**" + entry.getKey() + "** " + lowerCase(entry.getValue()))
                .collect(Collectors.joining(", ", "", ".\n"));
    }

    private static String lowerCase(String text) {
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }

    private String whomAFunctionServes() {
        Map<String, List<String>> byWhom = new LinkedHashMap<>();
        for (String function : functions) {
            byWhom.computeIfAbsent(served.by(function).size() == 16
                    ? "ieder over wie het verzoek gaat, ook niemand"
                    : served.by(function).stream().map(Served::listed).collect(Collectors.joining(", of ")),
                    any -> new ArrayList<>()).add(function);
        }
        var text = new StringBuilder(SERVED);
        byWhom.forEach((whom, those) -> text.append("| ").append(String.join(" ", those)).append(" | ").append(whom)
                .append(" |\n"));
        return text.toString();
    }

    private static final String SERVED = """

            ## Wie een functie kan dienen

            Uit de routes, en voor wie door een verzoek bij de casus komt uit dat verzoek. Een functie die een kant dient kan in een
            andere regio beide kanten dienen (één coördinator voor beiden). Een deelnemer die een bericht noemt, dient wie de route van
            de gemeente zegt dat zijn functie dient; een functie waarover die route zwijgt, wordt geweigerd (KP-6107). Van een functie
            die in geen enkele route staat, is hier aangenomen dat zij niemand dient.

            | Functie | Dient |
            |---|---|
            """;

    private String whatNeverPasses() {
        var text = new StringBuilder(NEVER);
        bundle.policies().values().stream().filter(PolicyBundle.DocumentedPolicy::isForbid)
                .map(PolicyBundle.DocumentedPolicy::annotations)
                .sorted(Comparator.comparing(forbid -> forbid.get("code")))
                .forEach(forbid -> text.append("- **").append(forbid.get("code")).append("**: ")
                        .append(forbid.get("toelichting")).append('\n'));
        text.append(NEVER_BY_RECEIVER);
        MatrixRow.merged(functions.parallelStream().map(this::prohibitions).flatMap(List::stream)
                .sorted(Comparator.comparing(row -> row.keys().getFirst().getFirst())).toList())
                .forEach(row -> text.append(row).append('\n'));
        return text.toString();
    }

    private List<MatrixRow> prohibitions(String receiver) {
        List<MatrixRow> rows = new ArrayList<>();
        for (String subject : Datum.SUBJECTS) {
            for (String category : Datum.CATEGORIES) {
                Map<Map.Entry<String, Lifted>, Set<Set<String>>> serving = new LinkedHashMap<>();
                for (Set<String> roles : served.by(receiver)) {
                    decisions.prohibitions(receiver, roles, new Datum(category, subject)).entrySet().forEach(
                            holds -> serving.computeIfAbsent(holds, any -> new LinkedHashSet<>()).add(roles));
                }
                serving.forEach((holds, sets) -> rows.add(new MatrixRow(
                        List.of(List.of(holds.getKey()), List.of(category), List.of(subject), List.of(receiver),
                                List.of(served.described(receiver, sets))),
                        List.of(switch (holds.getValue()) {
                            case NEVER -> "nooit";
                            case BY_SEPARATION -> "na geborgde scheiding";
                            case BY_HUMAN -> "na menselijk besluit";
                        }), Set.of())));
            }
        }
        return rows;
    }

    private static final String NEVER = """

            ## Wat nooit mag, welke grond er ook is

            """;

    private static final String NEVER_BY_RECEIVER = """

            Uitgewerkt per verbod, voor een zender uit de zorg (van een ander valt KP-5210 weg), zonder dat iemand beschermd is tegen
            wie de ontvanger dient:

            | Verbod | Categorie | Betreft | Ontvanger | Dient | Gaat pas mee |
            |---|---|---|---|---|---|
            """;

    private MatrixRow row(Alike alike) {
        var exchange = alike.exchange();
        List<String> cells = new ArrayList<>(alike.decision().cells());
        cells.add(phasesWritten(alike.phases()));
        return new MatrixRow(List.of(List.of(exchange.sender()), List.of(exchange.receiver()),
                List.of(exchange.purpose() + (alike.onlyWithMinors() ? " (als minderjarigen)" : "")),
                List.of(alike.subject()), List.of(served.described(exchange.receiver(), alike.serving()))), cells,
                alike.decision().policies());
    }

    private String phasesWritten(List<String> samePhases) {
        List<String> others = new ArrayList<>(phases);
        others.removeAll(samePhases);
        if (others.isEmpty()) {
            return "alle";
        }
        return others.size() < samePhases.size()
                ? "alle behalve " + MatrixRow.listed(others)
                : MatrixRow.listed(samePhases);
    }
}
