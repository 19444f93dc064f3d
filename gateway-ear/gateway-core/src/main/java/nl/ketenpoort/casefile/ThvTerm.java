package nl.ketenpoort.casefile;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * How long a tijdelijk huisverbod may last (Wth art. 2(1): ten days; art. 9: at most four weeks from when it took
 * effect). Days are counted in Europe/Amsterdam. When the clock changes in between, ten times 24 hours and the same
 * time of the clock ten days later differ by an hour; decisions are written in either way and both are right.
 */
public final class ThvTerm {

    /** Zone in which days are counted. */
    public static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");

    private static final int IMPOSED_DAYS = 10;
    private static final int EXTENDED_DAYS = 28;

    private ThvTerm() {}

    /** Whether the ban ends after it starts and no later than its imposed term; a withdrawal ends it earlier. */
    public static boolean isWithinImposed(Instant start, Instant end) {
        return end.isAfter(start) && !end.isAfter(latest(start, IMPOSED_DAYS));
    }

    /** Whether the ban ends after it starts and no later than 28 days from that start. */
    public static boolean isWithinExtended(Instant start, Instant end) {
        return end.isAfter(start) && !end.isAfter(latest(start, EXTENDED_DAYS));
    }

    private static Instant latest(Instant start, int days) {
        var hours = byHours(start, days);
        var clock = byClock(start, days);
        return clock.isAfter(hours) ? clock : hours;
    }

    private static Instant byHours(Instant start, int days) {
        return start.plus(Duration.ofHours(24L * days));
    }

    private static Instant byClock(Instant start, int days) {
        return ZonedDateTime.ofInstant(start, ZONE).plusDays(days).toInstant();
    }
}
