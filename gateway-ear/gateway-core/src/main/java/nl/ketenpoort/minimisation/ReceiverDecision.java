package nl.ketenpoort.minimisation;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.purpose.DataClass;
import nl.ketenpoort.purpose.DecisionOutcome;
import nl.ketenpoort.purpose.Ruling;
import nl.ketenpoort.refusal.Refusal;

/**
 * The decision for one receiver.
 *
 * @param addressed whom it is about
 * @param purpose for which purpose
 * @param outcome what was decided
 * @param refusal why not, unless permitted
 * @param minimised what he gets, if permitted
 * @param rulings the ruling for every class of data, in the order of the message
 */
public record ReceiverDecision(Addressed addressed, Purpose purpose, DecisionOutcome outcome, Optional<Refusal> refusal,
        Optional<Minimised> minimised, Map<DataClass, Ruling> rulings) {

    /** Whom a decision is about, as the answer to the sender names him. */
    public sealed interface Addressed {

        /** The organisation. */
        Optional<Oin> oin();

        /** Its function. */
        Optional<PartnerFunction> function();
    }

    /** A party of the case. */
    public record InCase(Party party) implements Addressed {

        @Override
        public Optional<Oin> oin() {
            return Optional.of(party.oin());
        }

        @Override
        public Optional<PartnerFunction> function() {
            return Optional.of(party.function());
        }
    }

    /** Nobody of the case: only what the sender wrote is known of him. */
    public record AsNamed(Optional<Oin> oin, Optional<PartnerFunction> function) implements Addressed {

        /** @throws IllegalArgumentException if neither is named */
        public AsNamed {
            if (oin.isEmpty() && function.isEmpty()) {
                throw new IllegalArgumentException("nobody is named");
            }
        }
    }

    /** A permit has what he gets, and he is a party of the case; anything else has a refusal. */
    public ReceiverDecision {
        Objects.requireNonNull(addressed);
        Objects.requireNonNull(purpose);
        if ((outcome == DecisionOutcome.PERMIT) != minimised.isPresent()
                || minimised.isPresent() == refusal.isPresent()) {
            throw new IllegalArgumentException("a decision permits with content or refuses with a reason");
        }
        if (minimised.isPresent() && !(addressed instanceof InCase)) {
            throw new IllegalArgumentException("only a party of the case is given anything");
        }
    }

    /** The decision for a party of the case. */
    public ReceiverDecision(Party receiver, Purpose purpose, DecisionOutcome outcome, Optional<Refusal> refusal,
            Optional<Minimised> minimised, Map<DataClass, Ruling> rulings) {
        this(new InCase(receiver), purpose, outcome, refusal, minimised, rulings);
    }

    /** An addressee who is no party of the case, or not in what the sender named: refused before a policy is asked. */
    public static ReceiverDecision refused(AsNamed addressee, Purpose purpose, Refusal refusal) {
        return new ReceiverDecision(addressee, purpose, DecisionOutcome.DENY, Optional.of(refusal), Optional.empty(),
                Map.of());
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

    /**
     * The party of the case that it is about; whoever is permitted is one.
     *
     * @throws IllegalStateException if it is about somebody who is none
     */
    public Party receiver() {
        return switch (addressed) {
            case InCase(Party party) -> party;
            case AsNamed named -> throw new IllegalStateException("refused before it was known who is meant");
        };
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
