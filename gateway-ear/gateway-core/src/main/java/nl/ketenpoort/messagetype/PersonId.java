package nl.ketenpoort.messagetype;

import java.util.Objects;

/** Case-local id of a person, chosen by whoever opened the case; it identifies nobody outside the case. */
public record PersonId(String value) {

    /** The value is required. */
    public PersonId {
        Objects.requireNonNull(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
