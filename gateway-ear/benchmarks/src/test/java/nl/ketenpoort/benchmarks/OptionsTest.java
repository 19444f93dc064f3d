package nl.ketenpoort.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void whatIsNotSaidIsAsTheClientAskedFor() {
        assertThat(Options.of())
                .isEqualTo(new Options(Duration.ofSeconds(150), Duration.ofSeconds(30), 3, 500, true));
    }

    @Test
    void whatIsSaidHolds() {
        assertThat(Options.of("--warm", "20", "--without-push", "--window", "10", "--rounds", "1", "--cases", "50"))
                .isEqualTo(new Options(Duration.ofSeconds(20), Duration.ofSeconds(10), 1, 50, false));
    }

    @Test
    void anUnknownOptionIsRefusedWithWhatIsKnown() {
        assertThatThrownBy(() -> Options.of("--window", "10", "--warmup", "20"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("--warmup").hasMessageContaining(
                        "--cases, --rounds, --warm, --window, each with a number, and --without-push");
    }

    @Test
    void whatIsNoNumberAboveZeroIsRefused() {
        assertThatThrownBy(() -> Options.of("--rounds", "0")).hasMessageContaining("--rounds");
        assertThatThrownBy(() -> Options.of("--cases", "many")).hasMessageContaining("--cases");
        assertThatThrownBy(() -> Options.of("--warm")).hasMessageContaining("--warm");
    }
}
