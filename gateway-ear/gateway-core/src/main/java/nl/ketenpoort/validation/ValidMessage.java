package nl.ketenpoort.validation;

import java.util.Objects;
import java.util.Optional;

import nl.ketenpoort.messagetype.Content;
import nl.ketenpoort.messagetype.MessageType;
import nl.ketenpoort.signature.VerifiedMessage;

/**
 * A verified message that keeps the schema and constraints of its type.
 *
 * @param verified what it was parsed from
 * @param type its type
 * @param envelope its envelope
 * @param content its content
 */
public record ValidMessage(VerifiedMessage verified, MessageType type, Envelope envelope, Content content) {

    /** Every part is required. */
    public ValidMessage {
        Objects.requireNonNull(verified);
        Objects.requireNonNull(type);
        Objects.requireNonNull(envelope);
        Objects.requireNonNull(content);
    }

    /** Whether it is urgent by the rule of its type. */
    public boolean urgent() {
        return type.urgency().holds(content, Optional.of(envelope.urgent()));
    }

    /** Whether it has safety effect by the rule of its type. */
    public boolean hasSafetyEffect() {
        return type.safetyEffect().holds(content, Optional.empty());
    }
}
