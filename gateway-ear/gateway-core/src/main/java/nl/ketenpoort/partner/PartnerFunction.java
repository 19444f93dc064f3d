package nl.ketenpoort.partner;

import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The function an organisation has in a case, for instance {@code POLITIE} or {@code ZC_UHG}. Receiver = organisation ×
 * function × case. Which functions exist is data (code list {@code functies}).
 *
 * @param code a value of the code list, or one of the group names an envelope may use
 */
public record PartnerFunction(String code) implements Comparable<PartnerFunction> {

    // First, because the constants below are checked against it.
    private static final Pattern SHAPE = Pattern.compile("[A-Z][A-Z0-9_]{0,60}");

    /** Group name for the two care coordinators of a case. */
    public static final PartnerFunction ZORGCOORDINATIE = new PartnerFunction("ZORGCOORDINATIE");
    /** Whoever holds regie at that moment. */
    public static final PartnerFunction REGIEHOUDER = new PartnerFunction("REGIEHOUDER");
    /** Coordinator of the person who stays behind. */
    public static final PartnerFunction ZC_ACHTERBLIJVER = new PartnerFunction("ZC_ACHTERBLIJVER");
    /** Coordinator of the person who was put out of the home. */
    public static final PartnerFunction ZC_UHG = new PartnerFunction("ZC_UHG");
    /** Veilig Thuis. */
    public static final PartnerFunction VEILIG_THUIS = new PartnerFunction("VEILIG_THUIS");

    /** @throws IllegalArgumentException if the code has another shape than the code list allows */
    public PartnerFunction {
        Objects.requireNonNull(code);
        if (!SHAPE.matcher(code).matches()) {
            throw new IllegalArgumentException("not a function code");
        }
    }

    /** Whether it is the name of a group, or of whoever holds regie at the moment. */
    public boolean isGroup() {
        return equals(ZORGCOORDINATIE) || equals(REGIEHOUDER);
    }

    /** The concrete functions a group name stands for; a concrete function stands for itself. */
    public Stream<PartnerFunction> members() {
        return equals(ZORGCOORDINATIE) ? Stream.of(ZC_ACHTERBLIJVER, ZC_UHG) : Stream.of(this);
    }

    @Override
    public int compareTo(PartnerFunction other) {
        return code.compareTo(other.code);
    }

    @Override
    public String toString() {
        return code;
    }
}
