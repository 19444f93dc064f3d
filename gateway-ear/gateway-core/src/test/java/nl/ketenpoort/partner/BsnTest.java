package nl.ketenpoort.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BsnTest {

    /** Every BSN of this series, found by trying all; the series is not issued to anybody. */
    private static Stream<String> series() {
        return IntStream.range(999_990_000, 1_000_000_000).mapToObj(Integer::toString).filter(Bsn::valid);
    }

    @Test
    void oneInElevenPassesTheElfproef() {
        assertThat(series().count()).isBetween(900L, 920L);
    }

    @Test
    void oneWrongDigitIsAlwaysNoticed() {
        assertThat(series()).allSatisfy(bsn -> {
            for (int place = 0; place < 9; place++) {
                for (char digit = '0'; digit <= '9'; digit++) {
                    var other = bsn.substring(0, place) + digit + bsn.substring(place + 1);
                    assertThat(Bsn.valid(other)).isEqualTo(other.equals(bsn));
                }
            }
        });
    }

    @Test
    void twoNeighbouringDigitsThatChangedPlacesAreAlwaysNoticed() {
        assertThat(series()).allSatisfy(bsn -> {
            for (int place = 0; place < 8; place++) {
                var other = bsn.substring(0, place) + bsn.charAt(place + 1) + bsn.charAt(place)
                        + bsn.substring(place + 2);
                assertThat(Bsn.valid(other)).isEqualTo(other.equals(bsn));
            }
        });
    }

    @Test
    void theLastDigitCountsNegatively() {
        assertThat(Bsn.valid("999990019")).isTrue();
        assertThat(Bsn.valid("123456789")).as("with the weight +1 for the last digit it would pass").isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "000000000", "99999001", "0999990019", "99999001 ", "99999001a", "-99990019",
            "\u0669\u0669\u0669\u0669\u0669\u0660\u0660\u0661\u0669"})
    void whatIsNotNineDigitsIsNoBsn(String written) {
        assertThat(Bsn.valid(written)).isFalse();
    }

    @Test
    void neitherTheRefusalNorTheTextFormShowsTheNumber() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Bsn("999990018")).withMessage("not a BSN");
        assertThat(new Bsn("999990019").toString()).doesNotContain("999990019");
    }
}
