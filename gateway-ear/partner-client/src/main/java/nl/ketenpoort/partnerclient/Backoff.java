package nl.ketenpoort.partnerclient;

import java.time.Duration;
import java.util.Optional;

/** How long to wait after a failed attempt. */
@FunctionalInterface
public interface Backoff {

    /**
     * How long to wait now; empty gives up.
     *
     * @param failedAttempts one or more
     */
    Optional<Duration> after(int failedAttempts);

    /** Doubles from the first wait up to the longest, and never gives up. */
    static Backoff doubling(Duration first, Duration longest) {
        return failed -> {
            Duration wait = first;
            for (int i = 1; i < failed && wait.compareTo(longest) < 0; i++) {
                wait = wait.multipliedBy(2);
            }
            return Optional.of(wait.compareTo(longest) < 0 ? wait : longest);
        };
    }
}
