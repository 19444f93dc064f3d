package nl.ketenpoort.messagetype;

import java.util.Objects;
import java.util.Optional;

/**
 * Role of a person in the case: {@code ACHTERBLIJVER}, {@code UITHUISGEPLAATSTE}, {@code MINDERJARIGE} or
 * {@code NETWERKPERSOON}. Never dader or slachtoffer (sources, fn 2). Which roles exist is data (code list
 * {@code persoonrol}); no message with another is accepted.
 */
public record PersonRole(String code) {

    /** Who stays in the house. */
    public static final PersonRole ACHTERBLIJVER = new PersonRole("ACHTERBLIJVER");
    /** Who was banned from it. */
    public static final PersonRole UITHUISGEPLAATSTE = new PersonRole("UITHUISGEPLAATSTE");

    /** The code is required. */
    public PersonRole {
        Objects.requireNonNull(code);
    }

    /** The other partner of the ban; a child and a person of the network are on neither side. */
    public Optional<PersonRole> otherSide() {
        if (equals(ACHTERBLIJVER)) {
            return Optional.of(UITHUISGEPLAATSTE);
        }
        return equals(UITHUISGEPLAATSTE) ? Optional.of(ACHTERBLIJVER) : Optional.empty();
    }

    @Override
    public String toString() {
        return code;
    }
}
