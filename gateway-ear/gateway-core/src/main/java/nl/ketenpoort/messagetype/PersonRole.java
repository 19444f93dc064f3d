package nl.ketenpoort.messagetype;

import java.util.Objects;

/**
 * Role of a person in the case: {@code ACHTERBLIJVER}, {@code UITHUISGEPLAATSTE}, {@code MINDERJARIGE} or
 * {@code NETWERKPERSOON}. Never dader or slachtoffer (sources, fn 2).
 */
public record PersonRole(String code) {

    /** The code is required. */
    public PersonRole {
        Objects.requireNonNull(code);
    }

    @Override
    public String toString() {
        return code;
    }
}
