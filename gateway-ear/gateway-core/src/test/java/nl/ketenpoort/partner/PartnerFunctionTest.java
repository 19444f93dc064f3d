package nl.ketenpoort.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartnerFunctionTest {

    @Test
    void zorgcoordinatieStandsForTheCoordinatorsOfBothParties() {
        assertThat(PartnerFunction.ZORGCOORDINATIE.members()).containsExactly(PartnerFunction.ZC_ACHTERBLIJVER,
                PartnerFunction.ZC_UHG);
    }

    @Test
    void aConcreteFunctionStandsForItself() {
        assertThat(PartnerFunction.VEILIG_THUIS.members()).containsExactly(PartnerFunction.VEILIG_THUIS);
        assertThat(PartnerFunction.REGIEHOUDER.members()).as("who that is, only the case knows")
                .containsExactly(PartnerFunction.REGIEHOUDER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "politie", "1POLITIE", "_POLITIE", "POLITIE/OM", "POLITIE ", "POLITIE\n", "POLITIË"})
    void aCodeOfAnotherShapeIsNoFunction(String code) {
        assertThatIllegalArgumentException().isThrownBy(() -> new PartnerFunction(code));
    }

    @Test
    void aCodeHasAtMostSixtyOnePositions() {
        assertThat(new PartnerFunction("A".repeat(61)).code()).hasSize(61);
        assertThatIllegalArgumentException().isThrownBy(() -> new PartnerFunction("A".repeat(62)));
    }
}
