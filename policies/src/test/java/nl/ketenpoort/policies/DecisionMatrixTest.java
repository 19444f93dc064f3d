package nl.ketenpoort.policies;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

import org.junit.jupiter.api.Test;

class DecisionMatrixTest {

    @Test
    void theMatrixOfAllDecisionsIsTheOneThatWasApprovedAndEveryPermitHasItsPlaceInIt() throws IOException {
        var bundle = PolicyBundle.load();
        var matrix = new DecisionMatrix(bundle);

        String written = matrix.write();

        Golden.holds(PolicyBundle.FOLDER.resolve("decision-tests").resolve("matrix.md"), written);
        assertThat(matrix.policiesSeen()).as("A permit that never decides anything is dead text").containsAll(
                bundle.policies().values().stream().filter(policy -> !policy.isForbid()).map(policy -> policy.id())
                        .toList());
    }
}
