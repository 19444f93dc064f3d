package nl.ketenpoort.casefile;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * How long a tijdelijk huisverbod lasts: ten days when it is imposed, neither more nor less (Wth art. 2(1)); when it is
 * extended at most four weeks from when it took effect (art. 9(1)). Days are counted in Europe/Amsterdam. When the clock
 * changes in between, ten times 24 hours and the same time of the clock ten days later differ by an hour; decisions are
 * written in either way and both are right.
 */
public final class ThvTerm {

    /** Zone in which days are counted. */
    public static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");

    private static final int IMPOSED_DAYS = 10;
    private static final int EXTENDED_DAYS = 28;

    private ThvTerm() {}

    /** Whether the ban ends ten days after it starts: 240 hours later, or at the same time of the clock. */
    public static boolean isAsImposed(Instant start, Instant end) {
        return end.equals(byHours(start, IMPOSED_DAYS)) || clock(end).equals(clock(start).plusDays(IMPOSED_DAYS));
    }

    /** Whether the ban ends after it starts and no later than 28 days from that start. */
    public static boolean isWithinLongest(Instant start, Instant end) {
        return end.isAfter(start) && (!end.isAfter(byHours(start, EXTENDED_DAYS))
                || !end.isAfter(lastByClock(start, EXTENDED_DAYS)));
    }

    private static Instant byHours(Instant start, int days) {
        return start.plus(Duration.ofHours(24L * days));
    }

    /** An hour that the clock shows twice counts until it is over. */
    private static Instant lastByClock(Instant start, int days) {
        return ZonedDateTime.ofInstant(start, ZONE).plusDays(days).withLaterOffsetAtOverlap().toInstant();
    }

    private static LocalDateTime clock(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZONE);
    }
}
