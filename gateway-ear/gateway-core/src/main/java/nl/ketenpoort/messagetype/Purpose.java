package nl.ketenpoort.messagetype;

import java.util.Objects;

/** Doel of an exchange, a value of the code list {@code doelen}. */
public record Purpose(String code) {

    /** The code is required. */
    public Purpose {
        Objects.requireNonNull(code);
    }

    @Override
    public String toString() {
        return code;
    }
}
