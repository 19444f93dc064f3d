package nl.ketenpoort.messagetype;

import java.util.Objects;
import java.util.Optional;

/**
 * Role of a person in the case: {@code ACHTERBLIJVER}, {@code UITHUISGEPLAATSTE}, {@code MINDERJARIGE} or
 * {@code NETWERKPERSOON}. Never dader or slachtoffer (sources, fn 2).
 */
public record PersonRole(String code) {

    private static final String STAYS = "ACHTERBLIJVER";
    private static final String LEFT = "UITHUISGEPLAATSTE";

    /** The code is required. */
    public PersonRole {
        Objects.requireNonNull(code);
    }

    /** The other partner of the ban; a child and a person of the network are on neither side. */
    public Optional<PersonRole> otherSide() {
        if (code.equals(STAYS)) {
            return Optional.of(new PersonRole(LEFT));
        }
        return code.equals(LEFT) ? Optional.of(new PersonRole(STAYS)) : Optional.empty();
    }

    @Override
    public String toString() {
        return code;
    }
}
