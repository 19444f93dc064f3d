package nl.ketenpoort.operations;

import java.util.UUID;

/** Faults of ours, told to the operator. */
public interface Incidents {

    /** The database is not there. */
    void storeUnavailable(Throwable cause);

    /**
     * Something failed that should not.
     *
     * @return reference for the partner; the log names it too
     */
    UUID faultOfOurs(Throwable cause);
}
