package nl.ketenpoort.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;

import org.junit.jupiter.api.Test;

class ThvTermTest {

    @Test
    void aBanLasts240HoursWhenTheClockDoesNotChange() {
        var start = at("2026-07-01T14:00:00+02:00");
        assertThat(ThvTerm.isWithinImposed(start, at("2026-07-11T14:00:00+02:00"))).isTrue();
        assertThat(ThvTerm.isWithinImposed(start, at("2026-07-11T14:00:01+02:00"))).isFalse();
    }

    @Test
    void whenTheClockGoesBack240HoursAndTenDaysByTheClockAreBothRight() {
        var start = at("2026-10-20T14:00:00+02:00");
        assertThat(ThvTerm.isWithinImposed(start, at("2026-10-30T13:00:00+01:00"))).as("240 hours").isTrue();
        assertThat(ThvTerm.isWithinImposed(start, at("2026-10-30T14:00:00+01:00"))).as("by the clock").isTrue();
        assertThat(ThvTerm.isWithinImposed(start, at("2026-10-30T14:00:01+01:00"))).isFalse();
    }

    @Test
    void whenTheClockGoesForward240HoursAndTenDaysByTheClockAreBothRight() {
        var start = at("2026-03-25T09:30:00+01:00");
        assertThat(ThvTerm.isWithinImposed(start, at("2026-04-04T10:30:00+02:00"))).as("240 hours").isTrue();
        assertThat(ThvTerm.isWithinImposed(start, at("2026-04-04T09:30:00+02:00"))).as("by the clock").isTrue();
        assertThat(ThvTerm.isWithinImposed(start, at("2026-04-04T10:30:01+02:00"))).isFalse();
    }

    @Test
    void aBanMayEndEarlierButNotBeforeItStarts() {
        var start = at("2026-07-01T14:00:00+02:00");
        assertThat(ThvTerm.isWithinImposed(start, at("2026-07-03T10:00:00+02:00"))).isTrue();
        assertThat(ThvTerm.isWithinImposed(start, start)).isFalse();
        assertThat(ThvTerm.isWithinExtended(start, start)).isFalse();
    }

    @Test
    void anExtensionNeverGoesPast28DaysFromTheStart() {
        var start = at("2026-07-01T14:00:00+02:00");
        assertThat(ThvTerm.isWithinExtended(start, at("2026-07-29T14:00:00+02:00"))).isTrue();
        assertThat(ThvTerm.isWithinExtended(start, at("2026-07-29T14:00:01+02:00"))).isFalse();
        assertThat(ThvTerm.isWithinImposed(start, at("2026-07-29T14:00:00+02:00"))).isFalse();
    }

    @Test
    void anExtensionAcrossAChangeOfTheClockCountsEitherWay() {
        var back = at("2026-10-10T14:00:00+02:00");
        assertThat(ThvTerm.isWithinExtended(back, at("2026-11-07T14:00:00+01:00"))).isTrue();
        assertThat(ThvTerm.isWithinExtended(back, at("2026-11-07T14:00:01+01:00"))).isFalse();
        var forward = at("2026-03-10T14:00:00+01:00");
        assertThat(ThvTerm.isWithinExtended(forward, at("2026-04-07T15:00:00+02:00"))).isTrue();
        assertThat(ThvTerm.isWithinExtended(forward, at("2026-04-07T15:00:01+02:00"))).isFalse();
    }

    private static Instant at(String written) {
        return OffsetDateTime.parse(written).toInstant();
    }
}
