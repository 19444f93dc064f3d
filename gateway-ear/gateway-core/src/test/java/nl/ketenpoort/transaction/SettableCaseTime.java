package nl.ketenpoort.transaction;

import java.time.Duration;
import java.time.Instant;

/** A clock that stands still until a test moves it. */
public final class SettableCaseTime implements CaseTime {

    private Instant now = Instant.parse("2026-07-15T12:00:00Z");

    @Override
    public Instant now() {
        return now;
    }

    public void advance(Duration duration) {
        now = now.plus(duration);
    }

    public void set(Instant moment) {
        now = moment;
    }
}
