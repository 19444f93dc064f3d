package nl.ketenpoort.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;

import org.junit.jupiter.api.Test;

class ThvTermTest {

    @Test
    void aBanIsImposedFor240HoursWhenTheClockDoesNotChange() {
        var start = "2026-07-01T14:00:00+02:00";
        assertThat(isAsImposed(start, "2026-07-11T14:00:00+02:00")).isTrue();
        assertThat(isAsImposed(start, "2026-07-11T14:00:01+02:00")).isFalse();
        assertThat(isAsImposed(start, "2026-07-11T13:59:59+02:00")).isFalse();
        assertThat(isAsImposed(start, "2026-07-03T14:00:00+02:00")).as("two days").isFalse();
        assertThat(isAsImposed(start, "2026-07-29T14:00:00+02:00")).as("28 days").isFalse();
        assertThat(isAsImposed(start, start)).isFalse();
    }

    @Test
    void whenTheClockGoesBack240HoursAndTenDaysByTheClockAreBothRightAndNothingElseIs() {
        var start = "2026-10-20T14:00:00+02:00";
        assertThat(isAsImposed(start, "2026-10-30T13:00:00+01:00")).as("240 hours").isTrue();
        assertThat(isAsImposed(start, "2026-10-30T14:00:00+01:00")).as("by the clock").isTrue();
        assertThat(isAsImposed(start, "2026-10-30T13:30:00+01:00")).as("in between").isFalse();
        assertThat(isAsImposed(start, "2026-10-30T15:00:00+01:00")).as("an hour more").isFalse();
        assertThat(isAsImposed(start, "2026-10-30T12:00:00+01:00")).as("an hour less").isFalse();
    }

    @Test
    void whenTheClockGoesForward240HoursAndTenDaysByTheClockAreBothRightAndNothingElseIs() {
        var start = "2026-03-25T09:30:00+01:00";
        assertThat(isAsImposed(start, "2026-04-04T10:30:00+02:00")).as("240 hours").isTrue();
        assertThat(isAsImposed(start, "2026-04-04T09:30:00+02:00")).as("by the clock").isTrue();
        assertThat(isAsImposed(start, "2026-04-04T10:00:00+02:00")).as("in between").isFalse();
        assertThat(isAsImposed(start, "2026-04-04T11:30:00+02:00")).as("an hour more").isFalse();
        assertThat(isAsImposed(start, "2026-04-04T08:30:00+02:00")).as("an hour less").isFalse();
    }

    @Test
    void anEndInTheHourThatTheClockShowsTwiceMayBeEitherOfTheTwo() {
        var start = "2026-10-15T02:30:00+02:00";
        assertThat(isAsImposed(start, "2026-10-25T02:30:00+02:00")).isTrue();
        assertThat(isAsImposed(start, "2026-10-25T02:30:00+01:00")).isTrue();
        assertThat(isAsImposed(start, "2026-10-25T03:30:00+01:00")).isFalse();
    }

    @Test
    void anEndInTheHourThatTheClockLeavesOutIs240HoursAfterTheStart() {
        var start = "2026-03-19T02:30:00+01:00";
        assertThat(isAsImposed(start, "2026-03-29T03:30:00+02:00")).isTrue();
        assertThat(isAsImposed(start, "2026-03-29T01:30:00+01:00")).isFalse();
        assertThat(isAsImposed(start, "2026-03-29T04:30:00+02:00")).isFalse();
    }

    @Test
    void aBanNeverEndsBeforeItStartsOrMoreThan28DaysAfter() {
        var start = "2026-07-01T14:00:00+02:00";
        assertThat(isWithinLongest(start, "2026-07-29T14:00:00+02:00")).isTrue();
        assertThat(isWithinLongest(start, "2026-07-29T14:00:01+02:00")).isFalse();
        assertThat(isWithinLongest(start, "2026-07-03T10:00:00+02:00")).isTrue();
        assertThat(isWithinLongest(start, start)).isFalse();
        assertThat(isWithinLongest(start, "2026-07-01T13:00:00+02:00")).isFalse();
    }

    @Test
    void acrossAChangeOfTheClock28DaysCountEitherWay() {
        var back = "2026-10-10T14:00:00+02:00";
        assertThat(isWithinLongest(back, "2026-11-07T14:00:00+01:00")).isTrue();
        assertThat(isWithinLongest(back, "2026-11-07T14:00:01+01:00")).isFalse();
        var forward = "2026-03-10T14:00:00+01:00";
        assertThat(isWithinLongest(forward, "2026-04-07T15:00:00+02:00")).isTrue();
        assertThat(isWithinLongest(forward, "2026-04-07T15:00:01+02:00")).isFalse();
    }

    @Test
    void ofAnHourThatTheClockShowsTwice28DaysLastUntilTheSecond() {
        var start = "2026-09-27T02:30:00+02:00";
        assertThat(isWithinLongest(start, "2026-10-25T02:45:00+02:00")).isTrue();
        assertThat(isWithinLongest(start, "2026-10-25T02:30:00+01:00")).isTrue();
        assertThat(isWithinLongest(start, "2026-10-25T02:30:01+01:00")).isFalse();
    }

    private static boolean isAsImposed(String start, String end) {
        return ThvTerm.isAsImposed(at(start), at(end));
    }

    private static boolean isWithinLongest(String start, String end) {
        return ThvTerm.isWithinLongest(at(start), at(end));
    }

    private static Instant at(String written) {
        return OffsetDateTime.parse(written).toInstant();
    }
}
