package nl.ketenpoort.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void itDoublesFromHalfASecondToFiveMinutes() {
        assertThat(Backoff.after(1, false, 0)).isEqualTo(Duration.ofMillis(500));
        assertThat(Backoff.after(2, false, 0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(Backoff.after(3, false, 0)).isEqualTo(Duration.ofSeconds(2));
        assertThat(Backoff.after(10, false, 0)).isEqualTo(Duration.ofSeconds(256));
        assertThat(Backoff.after(11, false, 0)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void whatIsUrgentNeverWaitsLongerThanHalfAMinute() {
        assertThat(Backoff.after(6, true, 0)).isEqualTo(Duration.ofSeconds(16));
        assertThat(Backoff.after(7, true, 0)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void howeverOftenItFailedTheWaitNeitherShrinksNorOverflows() {
        for (int failures = 1; failures < 200; failures++) {
            assertThat(Backoff.after(failures + 1, false, 0)).isGreaterThanOrEqualTo(Backoff.after(failures, false, 0));
        }
        assertThat(Backoff.after(Integer.MAX_VALUE, false, 0)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void theJitterTakesOffUpToAQuarter() {
        assertThat(Backoff.after(3, false, 1)).isEqualTo(Duration.ofMillis(1500));
        for (double jitter = 0; jitter <= 1; jitter += 0.01) {
            assertThat(Backoff.after(3, false, jitter)).isBetween(Duration.ofMillis(1500), Duration.ofSeconds(2));
        }
    }
}
