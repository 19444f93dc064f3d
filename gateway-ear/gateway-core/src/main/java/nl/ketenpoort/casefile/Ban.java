package nl.ketenpoort.casefile;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/**
 * The period of the ban of a case, as far as decisions have given it. A case is about one ban: its start, once given,
 * stays, and nothing ends it later than that start allows. Moments are kept in microseconds, as finely as a store can.
 *
 * @param start when it took effect
 * @param term when it ends by the decision that imposed it or extended it last
 * @param end when it ends: with its term, or earlier by a decision that came after
 */
public record Ban(Optional<Instant> start, Optional<Instant> term, Optional<Instant> end) {

    /** No decision has given a period yet. */
    public static final Ban NONE = new Ban(Optional.empty(), Optional.empty(), Optional.empty());

    /** Rounds down to microseconds. */
    public Ban {
        start = kept(start);
        term = kept(term);
        end = kept(end);
    }

    /** The ban of which a decision says when it took effect; empty where it took effect at another moment. */
    public Optional<Ban> startingAt(Instant given) {
        if (start.isEmpty()) {
            return Optional.of(new Ban(Optional.of(given), Optional.empty(), Optional.empty()));
        }
        return kept(Optional.of(given)).equals(start) ? Optional.of(this) : Optional.empty();
    }

    /**
     * The ban after a decision that imposes or extends it until then; empty where that is not after its start or more
     * than 28 days from it ({@link ThvTerm}).
     */
    public Optional<Ban> imposedUntil(Instant given) {
        return during(given) ? Optional.of(endingAt(given, Optional.of(given))) : Optional.empty();
    }

    /**
     * The ban after a decision that does not extend it, and ends it then; empty where that is not after its start, or
     * later than it would have ended by the decision that imposed or extended it.
     */
    public Optional<Ban> endedAt(Instant given) {
        boolean later = term.filter(last -> given.truncatedTo(ChronoUnit.MICROS).isAfter(last)).isPresent();
        return during(given) && !later ? Optional.of(endingAt(given, term)) : Optional.empty();
    }

    private boolean during(Instant given) {
        return start.map(since -> ThvTerm.isWithinLongest(since, given.truncatedTo(ChronoUnit.MICROS))).orElse(true);
    }

    /** The end of something that never started is no period. */
    private Ban endingAt(Instant given, Optional<Instant> until) {
        return start.isEmpty() ? this : new Ban(start, until, Optional.of(given));
    }

    private static Optional<Instant> kept(Optional<Instant> given) {
        return Objects.requireNonNull(given).map(moment -> moment.truncatedTo(ChronoUnit.MICROS));
    }
}
