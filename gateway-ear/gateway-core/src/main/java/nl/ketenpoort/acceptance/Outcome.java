package nl.ketenpoort.acceptance;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import nl.ketenpoort.minimisation.ReceiverDecision;
import nl.ketenpoort.refusal.Refusal;

/** How sending a message ended. */
public sealed interface Outcome {

    /**
     * It was accepted; the receipt is stored and the deliveries are under way.
     *
     * @param receipt the stored receipt
     * @param waits whether a delivery waits in a lane; the others are in mailboxes
     */
    record Accepted(byte[] receipt, boolean waits) implements Outcome {}

    /** It was accepted before: the stored receipt, byte for byte. */
    record Repeated(byte[] receipt) implements Outcome {}

    /**
     * It was refused and nothing of it is kept but the audit record.
     *
     * @param refusal why
     * @param decisions per receiver, if it came that far
     * @param record id of the audit record, once it is written
     */
    record Rejected(Refusal refusal, List<ReceiverDecision> decisions, Optional<UUID> record) implements Outcome {
        /** Copies the decisions. */
        public Rejected {
            Objects.requireNonNull(refusal);
            decisions = List.copyOf(decisions);
        }

        Rejected(Refusal refusal, List<ReceiverDecision> decisions) {
            this(refusal, decisions, Optional.empty());
        }

        /** Refused before any receiver was looked at. */
        static Rejected because(Refusal refusal) {
            return new Rejected(refusal, List.of());
        }

        Rejected recordedAs(UUID id) {
            return new Rejected(refusal, decisions, Optional.of(id));
        }
    }
}
