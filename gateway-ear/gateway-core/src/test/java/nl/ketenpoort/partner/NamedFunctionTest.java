package nl.ketenpoort.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;

import org.junit.jupiter.api.Test;

class NamedFunctionTest {

    private static final NamedFunction ANY = NamedFunction.ofAny(Chain.GGZ_FUNCTION);
    private static final NamedFunction ONE = new NamedFunction(Chain.GGZ_FUNCTION, Optional.of(Chain.GGZ));

    @Test
    void withoutAnOrganisationItMeansWhoeverHasTheFunction() {
        assertThat(ANY.means(Chain.GGZ, Chain.GGZ_FUNCTION)).isTrue();
        assertThat(ANY.means(Chain.BLIJF, Chain.GGZ_FUNCTION)).isTrue();
        assertThat(ANY.means(Chain.GGZ, Chain.POLITIE)).isFalse();
    }

    @Test
    void withOneItMeansNoOther() {
        assertThat(ONE.means(Chain.GGZ, Chain.GGZ_FUNCTION)).isTrue();
        assertThat(ONE.means(Chain.BLIJF, Chain.GGZ_FUNCTION)).isFalse();
        assertThat(ONE.means(Chain.GGZ, Chain.POLITIE)).isFalse();
    }

    @Test
    void itsTextIsReadBackAsItWas() {
        assertThat(ANY).hasToString("GGZ");
        assertThat(ONE).hasToString("GGZ@00000099000000050000");
        assertThat(NamedFunction.parse(ANY.toString())).isEqualTo(ANY);
        assertThat(NamedFunction.parse(ONE.toString())).isEqualTo(ONE);
    }

    @Test
    void otherTextIsRefused() {
        assertThatThrownBy(() -> NamedFunction.parse("GGZ@")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NamedFunction.parse("ZORGCOORDINATIE")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NamedFunction.parse("ggz")).isInstanceOf(IllegalArgumentException.class);
    }
}
