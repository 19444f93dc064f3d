package nl.ketenpoort.signature;

import java.util.Objects;

/** The {@code wsa:MessageID} a sender chose: an absolute URI of at most 200 characters. */
public record MessageId(String value) {

    /** The value is required. */
    public MessageId {
        Objects.requireNonNull(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
