package nl.ketenpoort.purpose;

import java.util.Optional;
import java.util.function.UnaryOperator;

import nl.ketenpoort.purpose.PolicyEngine.Forbid;
import nl.ketenpoort.purpose.PolicyEngine.Verdict;
import nl.ketenpoort.purpose.Ruling.Denied;
import nl.ketenpoort.purpose.Ruling.Permitted;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;

/**
 * Turns the answer of the policies into a ruling a sender can act on. After a deny it is asked again with one fact
 * changed, in fixed order: agreement, consent, weighing, human decision. The first that would permit is what would be
 * lawful.
 */
public final class Rulings {

    private final PolicyEngine engine;

    /** Asks this engine. */
    public Rulings(PolicyEngine engine) {
        this.engine = engine;
    }

    /** Rules on one question. */
    public Ruling rule(PolicyQuestion question) {
        var answer = engine.ask(question);
        return switch (answer.verdict()) {
            case PERMIT -> new Permitted(answer.policies());
            case FAILED ->
                new Denied(DecisionOutcome.DENY, Refusal.of(Reason.POLICY_ERROR), answer.policies());
            case DENY -> whatWouldBeLawful(question, answer);
        };
    }

    private Ruling whatWouldBeLawful(PolicyQuestion question, PolicyEngine.PolicyAnswer answer) {
        if (answer.forbid().map(Forbid::irreparable).orElse(false)) {
            return forbidden(answer);
        }
        if (wouldPermit(question, facts -> facts.withAgreements(engine.agreementKinds()))) {
            return denied(DecisionOutcome.DENY, Reason.NEEDS_AGREEMENT, answer);
        }
        if (wouldPermit(question, Facts::withConsent)) {
            return denied(DecisionOutcome.NEEDS_CONSENT, Reason.NEEDS_CONSENT, answer);
        }
        if (wouldPermit(question, Facts::withOverride)) {
            return denied(DecisionOutcome.NEEDS_OVERRIDE, Reason.NEEDS_OVERRIDE, answer);
        }
        if (wouldPermit(question, Facts::withHumanDecision)) {
            return denied(DecisionOutcome.NEEDS_HUMAN, Reason.NEEDS_HUMAN, answer);
        }
        return answer.forbid().isPresent() ? forbidden(answer) : denied(DecisionOutcome.DENY, Reason.NO_GROUND, answer);
    }

    private boolean wouldPermit(PolicyQuestion question, UnaryOperator<Facts> change) {
        var changed = change.apply(question.facts());
        return !changed.equals(question.facts()) && engine.ask(question.with(changed)).verdict() == Verdict.PERMIT;
    }

    private static Ruling forbidden(PolicyEngine.PolicyAnswer answer) {
        Optional<Refusal> refusal = answer.forbid()
                .map(forbid -> Refusal.byPolicy(forbid.code(), forbid.explanation()));
        return new Denied(DecisionOutcome.DENY, refusal.orElseGet(() -> Refusal.of(Reason.NO_GROUND)),
                answer.policies());
    }

    private static Ruling denied(DecisionOutcome outcome, Reason reason, PolicyEngine.PolicyAnswer answer) {
        return new Denied(outcome, Refusal.of(reason), answer.policies());
    }
}
