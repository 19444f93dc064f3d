package nl.ketenpoort.purpose;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import nl.ketenpoort.refusal.ErrorCode;

/**
 * Policies written in a test, evaluated by the rules of the real engine: deny by default, forbid beats permit, and
 * whatever fails is told.
 */
public final class WrittenPolicies implements PolicyEngine {

    private record Permit(String id, Predicate<PolicyQuestion> when) {}

    private record Ban(Forbid forbid, Predicate<PolicyQuestion> when) {}

    private final List<Permit> permits = new ArrayList<>();
    private final List<Ban> bans = new ArrayList<>();
    private final Set<String> agreements = new TreeSet<>();
    private final List<PolicyQuestion> asked = new ArrayList<>();
    private Predicate<PolicyQuestion> failing = question -> false;

    public WrittenPolicies permit(String id, Predicate<PolicyQuestion> when) {
        permits.add(new Permit(id, when));
        return this;
    }

    public WrittenPolicies permitEverything() {
        return permit("alles", question -> true);
    }

    public WrittenPolicies forbid(String id, int code, boolean irreparable, Predicate<PolicyQuestion> when) {
        bans.add(new Ban(new Forbid(id, new ErrorCode(code), "Dit mag niet.", irreparable), when));
        return this;
    }

    /** A kind of agreement that some policy asks for. */
    public WrittenPolicies agreement(String kind) {
        agreements.add(kind);
        return this;
    }

    /** From now on a policy fails while it is evaluated for these questions. */
    public WrittenPolicies failFor(Predicate<PolicyQuestion> questions) {
        failing = questions;
        return this;
    }

    /** Another bundle is loaded: nothing of the old one holds. */
    public WrittenPolicies replaced() {
        permits.clear();
        bans.clear();
        return this;
    }

    /** From here on the questions are counted anew. */
    public void forget() {
        asked.clear();
    }

    /** Every question so far. */
    public List<PolicyQuestion> asked() {
        return List.copyOf(asked);
    }

    @Override
    public PolicyAnswer ask(PolicyQuestion question) {
        asked.add(question);
        if (failing.test(question)) {
            return new PolicyAnswer(Verdict.FAILED, List.of("stuk@1"), Optional.empty());
        }
        var forbidding = bans.stream().filter(ban -> ban.when().test(question)).map(Ban::forbid).toList();
        if (!forbidding.isEmpty()) {
            return new PolicyAnswer(Verdict.DENY, forbidding.stream().map(forbid -> forbid.policy() + "@1").toList(),
                    forbidding.stream().findFirst());
        }
        var permitting = permits.stream().filter(permit -> permit.when().test(question))
                .map(permit -> permit.id() + "@1").toList();
        return new PolicyAnswer(permitting.isEmpty() ? Verdict.DENY : Verdict.PERMIT, permitting, Optional.empty());
    }

    @Override
    public String bundle() {
        return "proefbundel";
    }

    @Override
    public Set<String> agreementKinds() {
        return Set.copyOf(agreements);
    }
}
