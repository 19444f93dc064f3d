package nl.ketenpoort.partner;

import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/**
 * A function as somebody names it: of one organisation, or of whichever organisation has it in the case.
 *
 * @param function function; not a group name
 * @param oin the organisation, if one is named
 */
public record NamedFunction(PartnerFunction function, Optional<Oin> oin) implements Comparable<NamedFunction> {

    private static final String OF = "@";

    /** @throws IllegalArgumentException if it is a group: whom that means is another at another moment */
    public NamedFunction {
        Objects.requireNonNull(oin);
        if (function.isGroup()) {
            throw new IllegalArgumentException("not one function");
        }
    }

    /** Of whichever organisation has it in the case. */
    public static NamedFunction ofAny(PartnerFunction function) {
        return new NamedFunction(function, Optional.empty());
    }

    /**
     * From the text that {@link #toString} gives.
     *
     * @throws IllegalArgumentException if it is another text
     */
    public static NamedFunction parse(String text) {
        var parts = text.split(OF, 2);
        return new NamedFunction(new PartnerFunction(parts[0]),
                parts.length == 1 ? Optional.empty() : Optional.of(new Oin(parts[1])));
    }

    /** Whether this organisation in this function is meant. */
    public boolean means(Oin organisation, PartnerFunction in) {
        return function.equals(in) && oin.map(organisation::equals).orElse(true);
    }

    @Override
    public int compareTo(NamedFunction other) {
        return Comparator.comparing(NamedFunction::function).thenComparing(NamedFunction::toString).compare(this,
                other);
    }

    /** The code, and the organisation after an at sign if one is named; what is stored and shown. */
    @Override
    public String toString() {
        return oin.map(organisation -> function + OF + organisation.value()).orElseGet(function::code);
    }
}
