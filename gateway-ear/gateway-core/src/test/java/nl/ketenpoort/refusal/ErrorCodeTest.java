package nl.ketenpoort.refusal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorCodeTest {

    @Test
    void whatIsWrittenIsReadBack() {
        for (int number = 1000; number <= 9999; number++) {
            var code = new ErrorCode(number);
            assertThat(ErrorCode.parse(code.toString())).isEqualTo(code);
        }
    }

    @Test
    void aCodeHasFourDigits() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ErrorCode(999));
        assertThatIllegalArgumentException().isThrownBy(() -> new ErrorCode(10_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5111", "KP-511", "KP-51111", "kp-5111", "KP5111", "KP-0511", "KP-5111 ",
            "KP-\u0665\u0661\u0661\u0661"})
    void anotherFormIsNotRead(String written) {
        assertThatIllegalArgumentException().isThrownBy(() -> ErrorCode.parse(written));
    }
}
