package nl.ketenpoort.purpose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;

import nl.ketenpoort.messagetype.Category;
import nl.ketenpoort.purpose.Ruling.Denied;
import nl.ketenpoort.purpose.Ruling.Permitted;
import nl.ketenpoort.refusal.ErrorCode;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;

class RulingsTest {

    private static final String AGREEMENT = "WPG_BESLUIT";

    private final WrittenPolicies policies = new WrittenPolicies().agreement(AGREEMENT);
    private final Rulings rulings = new Rulings(policies);

    @Test
    void aPermitNamesThePoliciesThatGaveIt() {
        policies.permit("wpg-1", question -> true).permit("wpg-2", question -> true);
        assertThat(rulings.rule(question(nothing()))).isEqualTo(new Permitted(List.of("wpg-1@1", "wpg-2@1")));
    }

    @Test
    void whatNoPolicyPermitsHasNoGround() {
        assertThat(rulings.rule(question(nothing())))
                .isEqualTo(new Denied(DecisionOutcome.DENY, Refusal.of(Reason.NO_GROUND), List.of()));
    }

    @Test
    void aMissingAgreementIsNamedFirst() {
        policies.permit("a", when(facts -> facts.agreements().contains(AGREEMENT)))
                .permit("b", when(Facts::consent)).permit("c", when(Facts::override))
                .permit("d", when(Facts::humanDecision));
        assertDenied(DecisionOutcome.DENY, Reason.NEEDS_AGREEMENT);
    }

    @Test
    void thenConsent() {
        policies.permit("b", when(Facts::consent)).permit("c", when(Facts::override))
                .permit("d", when(Facts::humanDecision));
        assertDenied(DecisionOutcome.NEEDS_CONSENT, Reason.NEEDS_CONSENT);
    }

    @Test
    void thenAWeighing() {
        policies.permit("c", when(Facts::override)).permit("d", when(Facts::humanDecision));
        assertDenied(DecisionOutcome.NEEDS_OVERRIDE, Reason.NEEDS_OVERRIDE);
    }

    @Test
    void thenAHuman() {
        policies.permit("d", when(Facts::humanDecision));
        assertDenied(DecisionOutcome.NEEDS_HUMAN, Reason.NEEDS_HUMAN);
    }

    @Test
    void onlyOneFactIsChangedAtATime() {
        policies.permit("x", when(facts -> facts.consent() && facts.override()));
        assertDenied(DecisionOutcome.DENY, Reason.NO_GROUND);
        assertThat(policies.asked()).extracting(PolicyQuestion::facts).containsExactly(nothing(),
                nothing().withAgreements(Set.of(AGREEMENT)), nothing().withConsent(), nothing().withOverride(),
                nothing().withHumanDecision());
    }

    @Test
    void aFactThatHoldsAlreadyIsNotAskedAgain() {
        var given = nothing().withAgreements(Set.of(AGREEMENT)).withConsent().withOverride().withHumanDecision();
        assertThat(rulings.rule(question(given)).permits()).isFalse();
        assertThat(policies.asked()).hasSize(1);
    }

    @Test
    void anIrreparableForbidEndsTheAsking() {
        policies.permit("b", when(Facts::consent)).forbid("geheim-adres", 5201, true,
                question -> !question.facts().consent());
        var ruling = rulings.rule(question(nothing()));
        assertThat(ruling).isEqualTo(new Denied(DecisionOutcome.DENY,
                Refusal.byPolicy(new ErrorCode(5201), "Dit mag niet."), List.of("geheim-adres@1")));
        assertThat(policies.asked()).hasSize(1);
    }

    @Test
    void aForbidThatConsentLiftsTellsSo() {
        policies.permit("b", question -> true).forbid("alleen-met-toestemming", 5202, false,
                question -> !question.facts().consent());
        assertDenied(DecisionOutcome.NEEDS_CONSENT, Reason.NEEDS_CONSENT);
    }

    @Test
    void aForbidThatNothingLiftsGivesItsOwnCodeAndWords() {
        policies.permit("b", question -> true).forbid("nooit", 5203, false, question -> true);
        assertThat(rulings.rule(question(nothing()))).isEqualTo(new Denied(DecisionOutcome.DENY,
                Refusal.byPolicy(new ErrorCode(5203), "Dit mag niet."), List.of("nooit@1")));
    }

    @Test
    void whatCannotBeEvaluatedIsDeniedAndNothingIsTriedFurther() {
        policies.permitEverything().failFor(question -> true);
        assertThat(rulings.rule(question(nothing()))).isEqualTo(
                new Denied(DecisionOutcome.DENY, Refusal.of(Reason.POLICY_ERROR), List.of("stuk@1")));
        assertThat(policies.asked()).hasSize(1);
    }

    @Test
    void aChangedFactUnderWhichThePoliciesFailWouldNotBeLawful() {
        policies.permit("b", when(Facts::consent)).failFor(when(Facts::consent));
        assertDenied(DecisionOutcome.DENY, Reason.NO_GROUND);
    }

    private void assertDenied(DecisionOutcome outcome, Reason reason) {
        var ruling = (Denied) rulings.rule(question(nothing()));
        assertThat(ruling.outcome()).isEqualTo(outcome);
        assertThat(ruling.refusal()).isEqualTo(Refusal.of(reason));
    }

    private static Predicate<PolicyQuestion> when(Predicate<Facts> facts) {
        return question -> facts.test(question.facts());
    }

    private static PolicyQuestion question(Facts facts) {
        return new PolicyQuestion("ZC_UHG", Set.of("UITHUISGEPLAATSTE"), "melding", Category.H, PolicyQuestion.NOBODY,
                facts);
    }

    private static Facts nothing() {
        return new Facts("POLITIE", "TOEZICHT", "OPEN", Set.of(), false, false, false, "GEEN", false, false, false,
                false, false, false, false, false, false);
    }
}
