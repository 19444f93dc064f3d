package nl.ketenpoort.policies;

import java.util.ArrayList;
import java.util.HashMap;
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

import nl.ketenpoort.policies.Decision.Column;

/** Every decision the bundle can take: what each receiver may have about each role, whomever it serves. */
final class Decisions {

    static final String CLOSED = "AFGESLOTEN";
    static final String NOBODY = "NIEMAND";

    private final PolicyBundle bundle;
    private final Served served;
    private final Set<String> rolesAskedAbout;
    private final List<String> functions = CodeList.named("functie");
    private final List<String> purposes = CodeList.named("doel");
    private final List<String> phases = CodeList.named("fase");
    private final Set<String> policiesSeen = new ConcurrentSkipListSet<>();

    Decisions(PolicyBundle bundle, Served served) {
        this.bundle = bundle;
        this.served = served;
        this.rolesAskedAbout = bundle.rolesAskedAbout();
    }

    /**
     * The same decision for some of those a function can serve, in some phases.
     *
     * @param onlyWithMinors nothing of it goes if no minor is in the case
     */
    record Alike(Exchange exchange, String subject, Set<Set<String>> serving, List<String> phases,
            boolean onlyWithMinors, Decision decision) {}

    /** Ids of the policies that decided something. */
    Set<String> policiesSeen() {
        return policiesSeen;
    }

    List<Alike> of(String type) {
        return exchangesOf(type).parallelStream().map(this::of).flatMap(List::stream).toList();
    }

    /**
     * The exchanges for which there is a ground once every fact that can be arranged is arranged. Each permit names its
     * senders, receivers and purposes (a test of its own says so), so nothing passes outside what permits name.
     */
    private List<Exchange> exchangesOf(String type) {
        Set<Exchange> named = new LinkedHashSet<>();
        for (String sender : functions) {
            for (String receiver : functions) {
                for (String purpose : purposes) {
                    if (permitsOf(new Exchange(type, sender, receiver, purpose)).findAny().isPresent()) {
                        named.add(new Exchange(type, sender, receiver, purpose));
                    }
                }
            }
        }
        return List.copyOf(named);
    }

    private Stream<PolicyBundle.DocumentedPolicy> permitsOf(Exchange exchange) {
        return bundle.policies().values().stream()
                .filter(policy -> !policy.isForbid() && policy.mentions(exchange.type())
                        && policy.names("context.zenderfunctie", exchange.sender())
                        && policy.names("principal.functie", exchange.receiver())
                        && policy.names("context.doel", exchange.purpose()));
    }

    private List<Alike> of(Exchange exchange) {
        List<Alike> all = new ArrayList<>();
        for (String subject : Datum.SUBJECTS) {
            Map<Map<String, Set<String>>, List<String>> phasesByGrounds = phases.stream().collect(Collectors.groupingBy(
                    phase -> grounds(exchange, subject, phase, true), LinkedHashMap::new, Collectors.toList()));
            phasesByGrounds.forEach((grounds, alike) -> {
                if (!grounds.isEmpty()) {
                    all.addAll(byWhomIsServed(exchange, subject, alike, grounds.keySet()));
                }
            });
        }
        return all;
    }

    private List<Alike> byWhomIsServed(Exchange exchange, String subject, List<String> alike, Set<String> categories) {
        String phase = alike.getFirst();
        var withoutMinors = grounds(exchange, subject, phase, false).keySet();
        Map<Decision, Set<Set<String>>> serving = new LinkedHashMap<>();
        Map<Set<String>, Decision> known = new HashMap<>();
        for (Set<String> roles : served.by(exchange.receiver())) {
            var seen = roles.stream().filter(role -> rolesAskedAbout.contains(role) || role.equals(subject))
                    .collect(Collectors.toSet());
            var decision = known.computeIfAbsent(seen,
                    any -> decide(exchange, subject, phase, categories, withoutMinors, roles));
            if (!decision.isEmpty()) {
                serving.computeIfAbsent(decision, any -> new LinkedHashSet<>()).add(roles);
            }
        }
        return serving.entrySet().stream().map(same -> new Alike(exchange, subject, same.getValue(), alike,
                withoutMinors.isEmpty(), same.getKey())).toList();
    }

    /** The categories for which there is a ground once everything is arranged, each with the permits that give it. */
    private Map<String, Set<String>> grounds(Exchange exchange, String subject, String phase, boolean minors) {
        Map<String, Set<String>> grounds = new LinkedHashMap<>();
        var permits = permitsOf(exchange).filter(permit -> permit.mentions(subject)).toList();
        for (String category : Datum.CATEGORIES) {
            if (permits.stream().anyMatch(permit -> permit.mentions(category))) {
                var answer = bundle.askPermitsOnly(arranged(standing(exchange, new Datum(category, subject), phase,
                        Set.of()).with("minderjarigen", minors)));
                if (answer.permits()) {
                    grounds.put(category, answer.decidedBy());
                }
            }
        }
        return grounds;
    }

    private Decision decide(Exchange exchange, String subject, String phase, Set<String> categories,
            Set<String> withoutMinors, Set<String> roles) {
        var decision = new Decision();
        for (String category : Datum.CATEGORIES) {
            if (!categories.contains(category)) {
                continue;
            }
            var question = standing(exchange, new Datum(category, subject), phase, roles);
            var separated = question.with("scheidingGeborgd", true);
            boolean always = withoutMinors.isEmpty() || withoutMinors.contains(category)
                    || subject.equals("MINDERJARIGE");
            String written = always ? category : category + "°";
            if (passes(arranged(question))) {
                var ruling = ruled(question);
                decision.policies().addAll(ruling.policies());
                decision.put(columnOf(ruling), labelOf(ruling, question), written);
            } else if (passes(arranged(separated))) {
                var ruling = ruled(separated);
                decision.policies().addAll(ruling.policies());
                String codes = String.join(" ", codesOf(arranged(question)));
                String needs = switch (columnOf(ruling)) {
                    case FREE -> "";
                    case AFTER_AGREEMENT -> ", na " + labelOf(ruling, separated);
                    case AFTER_CONSENT -> ", na toestemming " + labelOf(ruling, separated);
                    case AFTER_HUMAN, AFTER_SEPARATION, FORBIDDEN -> ", na menselijk besluit";
                };
                decision.put(Column.AFTER_SEPARATION, (codes + needs).strip(), written);
            } else {
                decision.put(Column.FORBIDDEN, String.join(" ", codesOf(arranged(question))), written);
                continue;
            }
            whatProtectionTakes(arranged(question), written, decision);
        }
        return decision;
    }

    private void whatProtectionTakes(Question arranged, String written, Decision decision) {
        var withoutHuman = arranged.with("menselijkBesluit", false);
        if (arranged.datum().subject().equals(NOBODY) || !passes(withoutHuman)) {
            return;
        }
        var threatened = withoutHuman.with("beschermdTegen", true);
        if (!passes(threatened)) {
            boolean stays = passes(threatened.with("scheidingGeborgd", true));
            decision.lostWhenProtected().add(stays ? written + "*" : written);
        }
    }

    private static Column columnOf(Ruling ruling) {
        return switch (ruling.outcome()) {
            case TOEGESTAAN -> Column.FREE;
            case OVEREENKOMST_NODIG -> Column.AFTER_AGREEMENT;
            case TOESTEMMING_NODIG -> Column.AFTER_CONSENT;
            case MENS_NODIG -> Column.AFTER_HUMAN;
            case AFWEGING_NODIG, VERBODEN, GEEN_GROND -> throw new IllegalStateException(
                    "The matrix has no column for " + ruling);
        };
    }

    private String labelOf(Ruling ruling, Question question) {
        return switch (columnOf(ruling)) {
            case AFTER_AGREEMENT -> String.join(" of ", ruling.needs());
            case AFTER_CONSENT -> passes(question.with("afweging", true)) ? "of afweging" : "";
            case FREE, AFTER_HUMAN, AFTER_SEPARATION, FORBIDDEN -> "";
        };
    }

    private Ruling ruled(Question question) {
        var ruling = Ruling.withoutSchema(question, bundle);
        policiesSeen.addAll(ruling.policies());
        return ruling;
    }

    private Set<String> codesOf(Question question) {
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
    private static Question standing(Exchange exchange, Datum datum, String phase, Set<String> roles) {
        boolean closed = phase.equals(CLOSED);
        var facts = Facts.none().with("zenderfunctie", exchange.sender()).with("doel", exchange.purpose())
                .with("fase", phase).with("minderjarigen", true).with("eigenGrondBsn", true)
                .with("casusGesloten", closed).with("veiligheidseffect", closed).with("laatsteRegieOfVt", closed);
        return new Question(exchange.type(), new Receiver(exchange.receiver(), roles), datum, facts);
    }

    /** The facts when every agreement is registered, consent given, override recorded and a human has decided. */
    private Question arranged(Question question) {
        return question.with("overeenkomsten", bundle.agreementKinds()).with("toestemming", true)
                .with("afweging", true).with("menselijkBesluit", true);
    }

    /** What would lift a prohibition. */
    enum Lifted {
        NEVER, BY_SEPARATION, BY_HUMAN
    }

    /** The prohibitions that hold for a receiver who serves these roles, in a message from somebody in care, by their code. */
    Map<String, Lifted> prohibitions(String receiver, Set<String> roles, Datum datum) {
        var question = standing(new Exchange("overdracht", "GGZ", receiver, "VERVOLGHULP"), datum, "OPEN", roles);
        Map<String, Lifted> prohibitions = new TreeMap<>();
        codesOf(question).forEach(code -> prohibitions.put(code,
                !codesOf(question.with("menselijkBesluit", true)).contains(code)
                        ? Lifted.BY_HUMAN
                        : codesOf(question.with("scheidingGeborgd", true)).contains(code)
                                ? Lifted.NEVER
                                : Lifted.BY_SEPARATION));
        return prohibitions;
    }
}
