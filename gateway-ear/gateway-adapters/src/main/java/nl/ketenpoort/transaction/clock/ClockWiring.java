package nl.ketenpoort.transaction.clock;

import java.time.Clock;
import java.time.temporal.ChronoUnit;

import nl.ketenpoort.transaction.CaseTime;

/** The door of this package, for the composition root alone. */
public final class ClockWiring {

    private ClockWiring() {}

    /** Case time by this clock, in whole milliseconds: what is read back from the database is what was written. */
    public static CaseTime caseTime(Clock clock) {
        return () -> clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
