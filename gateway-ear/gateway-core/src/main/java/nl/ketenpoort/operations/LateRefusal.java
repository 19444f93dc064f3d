package nl.ketenpoort.operations;

import java.util.Map;
import java.util.Optional;

import nl.ketenpoort.evidence.AuditRecord.Kind;
import nl.ketenpoort.refusal.Reason;

/**
 * A refusal that could not be recorded when it was given.
 *
 * @param kind {@link Kind#REFUSED} of a message whose sender was proven, otherwise {@link Kind#SECURITY}
 * @param reason what the sender was told
 * @param sender OIN of the signer, if the signature was good
 * @param messageId MessageID, if it could be read
 * @param facts what else the record says, by name: whose connection it was, which operation, what it would have been
 *        refused for, the reference that the fault and the log name
 */
public record LateRefusal(Kind kind, Reason reason, Optional<String> sender, Optional<String> messageId,
        Map<String, String> facts) {

    /** @throws IllegalArgumentException if the kind is that of something else */
    public LateRefusal {
        facts = Map.copyOf(facts);
        if (kind != Kind.REFUSED && kind != Kind.SECURITY) {
            throw new IllegalArgumentException("not a refusal: " + kind);
        }
    }

    /** The same without what tells it from others: how it is counted when there is no room to keep it apart. */
    LateRefusal amongOthers() {
        return new LateRefusal(kind, reason, Optional.empty(), Optional.empty(), Map.of());
    }
}
