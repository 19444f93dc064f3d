package nl.ketenpoort.delivery;

import java.time.Duration;

/** How long to wait before an endpoint is tried again, and when to give up. Design defaults, the same for everybody. */
final class Backoff {

    /** Attempts of one delivery that somebody must look at, after which it is parked; silence is not among them. */
    static final int UNCONFIRMED_BEFORE_PARKING = 5;
    /** Policies that failed are asked again after this; the receiver has nothing to do with it. */
    static final Duration UNTIL_DECIDED_AGAIN = Duration.ofSeconds(30);
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration LONGEST_WHEN_URGENT = Duration.ofSeconds(30);
    private static final int MOST_DOUBLINGS = 12;

    private Backoff() {}

    /** The longest wait between two attempts of one delivery. */
    static Duration longest(boolean urgent) {
        return urgent ? LONGEST_WHEN_URGENT : LONGEST;
    }

    /**
     * Doubles from half a second; at most five minutes, thirty seconds for what is urgent.
     *
     * @param failures in a row, from 1
     * @param jitter between 0 and 1: up to a quarter is taken off, so that lanes do not all come at once
     */
    static Duration after(int failures, boolean urgent, double jitter) {
        var doubled = FIRST.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        var longest = longest(urgent);
        var wait = doubled.compareTo(longest) > 0 ? longest : doubled;
        return Duration.ofMillis((long) (wait.toMillis() * (1 - jitter / 4)));
    }
}
