package nl.ketenpoort.policies;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a question comes to, found as the gateway finds it: asked, and after a deny asked again with one fact changed in
 * fixed order (agreement, consent, override, human decision); a forbid that cannot be repaired ends it.
 *
 * @param outcome what the sender is told
 * @param needs
 *            kinds of agreement that would open it
 * @param codes
 *            codes of the forbids that hold
 * @param policies
 *            ids of the policies that decided
 */
record Ruling(Outcome outcome, Set<String> needs, Set<String> codes, Set<String> policies) {

    /** As receipts and decision tables write it. */
    enum Outcome {
        TOEGESTAAN, OVEREENKOMST_NODIG, TOESTEMMING_NODIG, AFWEGING_NODIG, MENS_NODIG, VERBODEN, GEEN_GROND
    }

    static Ruling on(Question question, PolicyBundle bundle) {
        return on(question, bundle, bundle::ask);
    }

    /** The same, for questions of one form: the matrix, whose form the tables have checked. */
    static Ruling withoutSchema(Question question, PolicyBundle bundle) {
        return on(question, bundle, bundle::askWithoutSchema);
    }

    private static Ruling on(Question question, PolicyBundle bundle, Function<Question, PolicyBundle.Answer> asking) {
        PolicyBundle.Answer answer = asking.apply(question);
        if (answer.permits()) {
            return new Ruling(Outcome.TOEGESTAAN, Set.of(), Set.of(), answer.decidedBy());
        }
        Set<String> forbids = answer.decidedBy();
        Set<String> codes = new TreeSet<>();
        forbids.forEach(id -> codes.add(bundle.policies().get(id).annotations().get("code")));
        if (forbids.stream().anyMatch(id -> bundle.policies().get(id).annotations().containsKey("onherstelbaar"))) {
            return new Ruling(Outcome.VERBODEN, Set.of(), codes, forbids);
        }
        Set<String> opening = new LinkedHashSet<>();
        Set<String> opened = new TreeSet<>();
        for (String kind : bundle.agreementKinds()) {
            var asked = asking.apply(question.with("overeenkomsten", Set.of(kind)));
            if (asked.permits()) {
                opening.add(kind);
                opened.addAll(asked.decidedBy());
            }
        }
        if (!opening.isEmpty()) {
            return new Ruling(Outcome.OVEREENKOMST_NODIG, opening, codes, opened);
        }
        var consented = asking.apply(question.with("toestemming", true));
        if (consented.permits()) {
            return new Ruling(Outcome.TOESTEMMING_NODIG, Set.of(), codes, consented.decidedBy());
        }
        var weighed = asking.apply(question.with("afweging", true));
        if (weighed.permits()) {
            return new Ruling(Outcome.AFWEGING_NODIG, Set.of(), codes, weighed.decidedBy());
        }
        var decided = asking.apply(question.with("menselijkBesluit", true));
        if (decided.permits()) {
            return new Ruling(Outcome.MENS_NODIG, Set.of(), codes, decided.decidedBy());
        }
        return new Ruling(codes.isEmpty() ? Outcome.GEEN_GROND : Outcome.VERBODEN, Set.of(), codes, forbids);
    }
}
