package nl.ketenpoort.purpose;

import java.util.List;

import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;

/** What was ruled for one class of data and one receiver. */
public sealed interface Ruling {

    /** Policies that determined it. */
    List<String> policies();

    /** The receiver may have it. */
    record Permitted(List<String> policies) implements Ruling {}

    /**
     * The receiver may not have it as things stand.
     *
     * @param outcome what kind of no
     * @param refusal permanent code and what would be lawful
     * @param policies policies that determined it
     */
    record Denied(DecisionOutcome outcome, Refusal refusal, List<String> policies) implements Ruling {}

    /** Whether nothing could be ruled because a policy failed; nothing is given then, and it may be asked again. */
    default boolean undecided() {
        return this instanceof Denied denied && denied.refusal().code().equals(Reason.POLICY_ERROR.code());
    }

    /** Whether it is a permit. */
    default boolean permits() {
        return this instanceof Permitted;
    }
}
