package nl.ketenpoort.refusal;

import java.util.Objects;
import java.util.Optional;

/**
 * Why something was not done, in words a partner may read: it never holds content, a name or a BSN.
 *
 * @param code permanent code
 * @param digikoppeling best-practice fault code of Koppelvlakstandaard WUS 3.8.1, four digits
 * @param description what is wrong, Dutch
 * @param remedy what the sender can do, or what would be lawful; empty where nothing would be
 */
public record Refusal(ErrorCode code, String digikoppeling, String description, Optional<String> remedy) {

    /** All parts are required. */
    public Refusal {
        Objects.requireNonNull(code);
        Objects.requireNonNull(digikoppeling);
        Objects.requireNonNull(description);
        Objects.requireNonNull(remedy);
    }

    /** The refusal that one of the gateway's own reasons gives. */
    public static Refusal of(Reason reason) {
        return new Refusal(reason.code(), reason.digikoppeling(), reason.description(), reason.remedy());
    }

    /**
     * The same refusal with a place in the message added, for instance the path of a field. Only element names of the
     * schema may be given: never a value.
     */
    public Refusal at(String place) {
        return new Refusal(code, digikoppeling, description + " [" + place + "]", remedy);
    }

    /** A refusal whose code and explanation come from a policy that forbids. */
    public static Refusal byPolicy(ErrorCode code, String explanation) {
        return new Refusal(code, Reason.NO_GROUND.digikoppeling(), explanation, Optional.empty());
    }
}
