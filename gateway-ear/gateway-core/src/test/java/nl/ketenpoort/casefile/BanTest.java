package nl.ketenpoort.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class BanTest {

    private static final Instant START = at("2026-07-01T14:00:00+02:00");
    private static final Instant TEN_DAYS = at("2026-07-11T14:00:00+02:00");
    private static final Instant LAST = at("2026-07-29T14:00:00+02:00");
    private static final Ban STARTED = Ban.NONE.startingAt(START).orElseThrow();
    private static final Ban IMPOSED = STARTED.imposedUntil(TEN_DAYS).orElseThrow();

    @Test
    void theStartOnceGivenStays() {
        assertThat(IMPOSED.startingAt(START)).contains(IMPOSED);
        assertThat(IMPOSED.startingAt(START.plusSeconds(1))).isEmpty();
        assertThat(IMPOSED.startingAt(START.minusSeconds(1))).isEmpty();
    }

    @Test
    void nothingEndsTheBanMoreThan28DaysFromItsStart() {
        assertThat(IMPOSED.imposedUntil(LAST).flatMap(Ban::end)).contains(LAST);
        assertThat(IMPOSED.imposedUntil(LAST.plusSeconds(1))).isEmpty();
        assertThat(STARTED.endedAt(LAST.plusSeconds(1))).isEmpty();
    }

    @Test
    void theBanEndsAfterItStarts() {
        assertThat(STARTED.imposedUntil(START)).isEmpty();
        assertThat(IMPOSED.endedAt(START)).isEmpty();
        assertThat(IMPOSED.endedAt(START.plusSeconds(1))).isPresent();
    }

    @Test
    void whatDoesNotExtendEndsNoLaterThanWhatImposedOrExtendedItLast() {
        assertThat(IMPOSED.endedAt(TEN_DAYS)).contains(IMPOSED);
        assertThat(IMPOSED.endedAt(TEN_DAYS.plusSeconds(1))).isEmpty();
        assertThat(IMPOSED.imposedUntil(LAST).flatMap(extended -> extended.endedAt(TEN_DAYS.plusSeconds(1))))
                .isPresent();
    }

    @Test
    void anEndThatWasBroughtForwardMayBeRestored() {
        var suspended = IMPOSED.endedAt(at("2026-07-04T10:00:00+02:00")).orElseThrow();
        assertThat(suspended.term()).contains(TEN_DAYS);
        assertThat(suspended.endedAt(TEN_DAYS)).contains(IMPOSED);
    }

    @Test
    void anEndWithoutAStartIsNoPeriod() {
        assertThat(Ban.NONE.imposedUntil(LAST)).contains(Ban.NONE);
        assertThat(Ban.NONE.endedAt(LAST)).contains(Ban.NONE);
    }

    @Test
    void momentsAreComparedAsFinelyAsTheyAreKept() {
        var fine = START.plusNanos(123_456_789);
        var ban = Ban.NONE.startingAt(fine).orElseThrow();
        assertThat(ban.start()).contains(START.plusNanos(123_456_000));
        assertThat(ban.startingAt(fine)).contains(ban);
        var imposed = ban.imposedUntil(TEN_DAYS.plusNanos(123_456_789)).orElseThrow();
        assertThat(imposed.endedAt(TEN_DAYS.plusNanos(123_456_789))).contains(imposed);
        assertThat(new Ban(Optional.of(fine), Optional.empty(), Optional.empty())).isEqualTo(ban);
    }

    private static Instant at(String written) {
        return OffsetDateTime.parse(written).toInstant();
    }
}
