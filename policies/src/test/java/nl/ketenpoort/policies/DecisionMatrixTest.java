package nl.ketenpoort.policies;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import nl.ketenpoort.policies.Decision.Column;
import nl.ketenpoort.policies.Decisions.Alike;

/** One matrix for all tests: it takes a while to make. */
@TestInstance(Lifecycle.PER_CLASS)
class DecisionMatrixTest {

    private final PolicyBundle bundle = PolicyBundle.load();
    private final DecisionMatrix matrix = new DecisionMatrix(bundle);

    @Test
    void theMatrixOfAllDecisionsIsTheOneThatWasApprovedAndEveryPermitHasItsPlaceInIt() throws IOException {
        Golden.holds(PolicyBundle.FOLDER.resolve("decision-tests").resolve("matrix.md"), matrix.write());
        assertThat(matrix.policiesSeen()).as("A permit that never decides anything is dead text").containsAll(
                bundle.policies().values().stream().filter(policy -> !policy.isForbid()).map(policy -> policy.id())
                        .toList());
    }

    @Test
    void whoeverServesTheOtherSideGetsNoPlaceHealthStatementReporterOrFreeText() {
        assertThat(each()).isNotEmpty();
        assertThat(each().stream().filter(one -> !one.leaks().isEmpty()).map(Each::toString)).isEmpty();
    }

    @Test
    void separationOpensAPartOnlyToWhoeverServesThatPersonToo() {
        var afterSeparation = each().stream()
                .filter(one -> !one.alike.decision().in(Column.AFTER_SEPARATION).isEmpty()).toList();
        assertThat(afterSeparation).isNotEmpty();
        assertThat(afterSeparation.stream()
                .filter(one -> !one.serves.contains(one.alike.subject()) || one.serves.size() < 2)
                .map(Each::toString)).isEmpty();
    }

    private List<Each> each() {
        return bundle.messageTypes().stream().flatMap(type -> matrix.decisionsOf(type).stream())
                .flatMap(alike -> alike.serving().stream().map(serves -> new Each(alike, serves))).toList();
    }

    private record Each(Alike alike, Set<String> serves) {

        Stream<String> givenUnseparatedIn(Column column) {
            return alike.decision().in(column).stream().map(category -> category.replace("°", ""));
        }

        /** But for the minimum of a statement in the decision on a ban, which a human chose. */
        List<String> givenUnseparated() {
            var afterHuman = givenUnseparatedIn(Column.AFTER_HUMAN)
                    .filter(category -> !alike.exchange().type().equals("thv-besluit") || !category.equals("S"));
            return Stream.concat(Stream.of(Column.FREE, Column.AFTER_AGREEMENT, Column.AFTER_CONSENT)
                    .flatMap(this::givenUnseparatedIn), afterHuman).toList();
        }

        List<String> leaks() {
            return givenUnseparated().stream().filter(keptFromTheOtherSide()::contains).toList();
        }

        @Override
        public String toString() {
            return alike.exchange() + " serving " + serves + " about " + alike.subject() + ": " + leaks();
        }

        List<String> keptFromTheOtherSide() {
            boolean banned = serves.contains("UITHUISGEPLAATSTE") || alike.exchange().receiver().equals("ZC_UHG");
            boolean leftBehind = serves.contains("ACHTERBLIJVER")
                    || alike.exchange().receiver().equals("ZC_ACHTERBLIJVER");
            return switch (alike.subject()) {
                case "UITHUISGEPLAATSTE" -> leftBehind
                        ? List.of("WU", "H", "F", "S", "T")
                        : serves.contains("NETWERKPERSOON") ? List.of("WU", "T") : List.of("M");
                case "ACHTERBLIJVER" -> banned
                        ? List.of("WV", "WK", "H", "F", "S", "SK", "M", "T")
                        : List.of("M");
                case "NIEMAND" -> banned ? List.of("WV", "WK", "H", "F", "S", "SK", "M") : List.of("M");
                default -> banned ? List.of("WV", "WK", "S", "SK", "M", "T") : List.of("M");
            };
        }
    }
}
