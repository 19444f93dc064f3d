package nl.ketenpoort.minimisation;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.purpose.DataClass;
import nl.ketenpoort.purpose.DecisionOutcome;
import nl.ketenpoort.purpose.Ruling;
import nl.ketenpoort.refusal.Refusal;

/**
 * The decision for one receiver.
 *
 * @param receiver organisation in its function
 * @param purpose for which purpose
 * @param outcome what was decided
 * @param refusal why not, unless permitted
 * @param minimised what he gets, if permitted
 * @param rulings the ruling for every class of data, in the order of the message
 */
public record ReceiverDecision(Party receiver, Purpose purpose, DecisionOutcome outcome, Optional<Refusal> refusal,
        Optional<Minimised> minimised, Map<DataClass, Ruling> rulings) {

    /** A permit has what he gets; anything else has a refusal. */
    public ReceiverDecision {
        Objects.requireNonNull(receiver);
        Objects.requireNonNull(purpose);
        if ((outcome == DecisionOutcome.PERMIT) != minimised.isPresent()
                || minimised.isPresent() == refusal.isPresent()) {
            throw new IllegalArgumentException("a decision permits with content or refuses with a reason");
        }
    }

    static ReceiverDecision permitted(Party receiver, Purpose purpose, Minimised minimised,
            Map<DataClass, Ruling> rulings) {
        return new ReceiverDecision(receiver, purpose, DecisionOutcome.PERMIT, Optional.empty(),
                Optional.of(minimised), rulings);
    }

    static ReceiverDecision refused(Party receiver, Purpose purpose, DecisionOutcome outcome, Refusal refusal,
            Map<DataClass, Ruling> rulings) {
        return new ReceiverDecision(receiver, purpose, outcome, Optional.of(refusal), Optional.empty(), rulings);
    }

    /** Whether a policy failed for any class of data: what the receiver may have is not known then. */
    public boolean undecided() {
        return rulings.values().stream().anyMatch(Ruling::undecided);
    }

    /** Whether the receiver gets the message. */
    public boolean permits() {
        return outcome == DecisionOutcome.PERMIT;
    }
}
