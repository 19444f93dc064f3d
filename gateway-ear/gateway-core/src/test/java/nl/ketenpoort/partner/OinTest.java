package nl.ketenpoort.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class OinTest {

    @ParameterizedTest
    @ValueSource(strings = {"00000001823288444000", "00000003273812480000", "00000004003214345001",
            "0000000900001234567A", "00000099000000010000"})
    void everyKnownPrefixMakesAnOin(String written) {
        assertThat(Oin.valid(written)).isTrue();
        assertThat(new Oin(written)).hasToString(written);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "0000009900000001000", "000000990000000100000", "00000002000000010000",
            "00000099 00000010000", "0000009900000001000a", "00000099000000010000\n", " 00000099000000010000",
            "0000009900000001000\u0661"})
    void anythingElseIsNoOin(String written) {
        assertThat(Oin.valid(written)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new Oin(written)).withMessage("not an OIN");
    }
}
