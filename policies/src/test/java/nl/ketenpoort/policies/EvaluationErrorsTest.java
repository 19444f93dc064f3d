package nl.ketenpoort.policies;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import com.cedarpolicy.value.Value;
import org.junit.jupiter.api.Test;

/**
 * Cedar skips a policy that cannot be evaluated and says so beside its answer. A skipped forbid would open the gate, so
 * the gateway must read those errors; that they are there to be read is proven here.
 */
class EvaluationErrorsTest {

    private final PolicyBundle bundle = PolicyBundle.load();
    private final Receiver coordinatorOfTheBanned = Receiver.of("ZC_UHG");
    private final Datum placeOfTheProtected = new Datum("WV", "ACHTERBLIJVER");
    private final Facts facts = Facts.none().with("zenderfunctie", "VEILIG_THUIS").with("doel", "CRISISHULP")
            .with("fase", "OPEN");

    @Test
    void aMissingFactIsNamedWithThePolicyThatNeededIt() {
        var response = bundle.respond(coordinatorOfTheBanned, "overdracht", placeOfTheProtected,
                without("beschermdTegen"), false);

        var success = response.success.orElseThrow();
        assertThat(success.getErrors()).anySatisfy(error -> {
            assertThat(error.getPolicyId()).isEqualTo("veiligheid-plaats-beschermde-persoon");
            assertThat(error.getError().message).contains("beschermdTegen");
        });
        assertThat(success.getReason()).doesNotContain("veiligheid-plaats-beschermde-persoon");
        assertThat(PolicyBundle.answer(response).permits()).isFalse();
    }

    @Test
    void aPermitBesideASkippedForbidIsStillADeny() {
        var response = bundle.respond(Receiver.of("ZC_ACHTERBLIJVER"), "overdracht", placeOfTheProtected,
                without("beschermdTegen"), false);

        var answer = PolicyBundle.answer(response);

        assertThat(answer.allowed()).as("Cedar itself would have let it pass").isTrue();
        assertThat(answer.failed()).contains("veiligheid-plaats-beschermde-persoon");
        assertThat(answer.permits()).isFalse();
    }

    @Test
    void aQuestionThatDoesNotFitTheSchemaIsNotAnsweredAtAll() {
        var response = bundle.respond(coordinatorOfTheBanned, "overdracht", placeOfTheProtected,
                without("beschermdTegen"), true);

        assertThat(response.success).isEmpty();
        assertThat(response.errors.orElseThrow()).isNotEmpty();
    }

    @Test
    void aMessageTypeTheSchemaDoesNotKnowIsNotAnsweredAtAll() {
        var response = bundle.respond(coordinatorOfTheBanned, "verzonnen-bericht", placeOfTheProtected, facts.context(),
                true);

        assertThat(response.success).isEmpty();
        assertThat(response.errors.orElseThrow()).isNotEmpty();
    }

    private Map<String, Value> without(String fact) {
        var context = facts.context();
        context.remove(fact);
        return context;
    }
}
