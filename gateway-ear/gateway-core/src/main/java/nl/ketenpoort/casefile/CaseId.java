package nl.ketenpoort.casefile;

import java.util.Objects;
import java.util.UUID;

/** Case number, issued by the gateway in the opening receipt. */
public record CaseId(UUID value) {

    /** The value is required. */
    public CaseId {
        Objects.requireNonNull(value);
    }

    /** Reads the written form of a number that the envelope's schema has accepted. */
    public static CaseId parse(String written) {
        return new CaseId(UUID.fromString(written));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
