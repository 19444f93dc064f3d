package nl.ketenpoort.minimisation;

import static nl.ketenpoort.messagetype.Trees.about;
import static nl.ketenpoort.messagetype.Trees.branch;
import static nl.ketenpoort.messagetype.Trees.content;
import static nl.ketenpoort.messagetype.Trees.leaf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import nl.ketenpoort.casefile.Ban;
import nl.ketenpoort.casefile.CaseFile;
import nl.ketenpoort.casefile.CaseFile.RequestedParty;
import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.casefile.PersonInCase;
import nl.ketenpoort.casefile.Phase;
import nl.ketenpoort.casefile.ProtectedFrom;
import nl.ketenpoort.consent.Consent;
import nl.ketenpoort.messagetype.Category;
import nl.ketenpoort.messagetype.Content;
import nl.ketenpoort.messagetype.Effect;
import nl.ketenpoort.messagetype.MessageType;
import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.messagetype.PersonRole;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.messagetype.TypeDraft;
import nl.ketenpoort.messagetype.ValueRule;
import nl.ketenpoort.minimisation.Deliberation.Circumstances;
import nl.ketenpoort.minimisation.Deliberation.Matter;
import nl.ketenpoort.partner.Chain;
import nl.ketenpoort.partner.KnownPartners;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.partner.Separation;
import nl.ketenpoort.purpose.DecisionOutcome;
import nl.ketenpoort.purpose.Facts;
import nl.ketenpoort.purpose.PolicyQuestion;
import nl.ketenpoort.purpose.Ruling;
import nl.ketenpoort.purpose.Rulings;
import nl.ketenpoort.purpose.WrittenPolicies;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.signature.MessageId;

class DeliberationTest {

    private static final Instant NOW = Instant.parse("2026-07-15T12:00:00Z");
    private static final Purpose HELP = new Purpose("HULPVERLENING");
    private static final PersonRole STAYS = new PersonRole("ACHTERBLIJVER");
    private static final PersonRole LEFT = new PersonRole("UITHUISGEPLAATSTE");
    private static final PersonId HER = new PersonId("p1");
    private static final PersonId HIM = new PersonId("p2");
    private static final MessageId MESSAGE = new MessageId("urn:uuid:bericht");
    private static final Party POLICE = new Party(Chain.POLICE, Chain.POLITIE, Set.of());
    private static final Party HIS = new Party(Chain.PROBATION, Chain.ZC_UHG, Set.of(LEFT));
    private static final Party SAFE_AT_HOME = new Party(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, Set.of());
    /** The other coordinator, of the same organisation. */
    private static final Party HERS_TOO = new Party(Chain.PROBATION, Chain.ZC_ACHTERBLIJVER, Set.of(STAYS));
    private static final CaseId CASE = new CaseId(UUID.randomUUID());

    private final KnownPartners partners = new KnownPartners().connect(Chain.POLICE, Chain.POLITIE)
            .connect(Chain.PROBATION, Chain.ZC_UHG).connect(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS);
    private final WrittenPolicies policies = new WrittenPolicies();
    private final Deliberation deliberation = new Deliberation(partners, new Rulings(policies));

    private final TypeDraft draft = TypeDraft.type("melding").impersonal("kern", Category.O)
            .personal("persoon/@betreft", Category.O).personal("persoon/letsel", Category.H).essential("kern");
    private final Content content = content("melding", leaf("kern", "x"),
            about(HER, "persoon", leaf("letsel", "blauw oog")), about(HIM, "persoon", leaf("letsel", "schram")));

    @Test
    void whatIsPermittedIsGivenAndTheRestLeftOut() {
        policies.permit("p", question -> !question.subject().equals("UITHUISGEPLAATSTE"));
        var decision = decide();
        assertThat(decision.permits()).isTrue();
        assertThat(decision.minimised().orElseThrow().content().persons()).containsExactly(HER);
        assertThat(decision.minimised().orElseThrow().omitted()).containsExactly("persoon/letsel");
        assertThat(decision.rulings()).hasSize(3);
    }

    @Test
    void theSubjectOfAQuestionIsTheRoleOfThePersonAndNeverThePerson() {
        policies.permitEverything();
        decide();
        assertThat(policies.asked()).extracting(PolicyQuestion::subject).containsExactlyInAnyOrder("NIEMAND",
                "ACHTERBLIJVER", "UITHUISGEPLAATSTE");
    }

    @Test
    void anEssentialLeafThatMayNotBeGivenRefusesTheWholeAndNamesItsPath() {
        policies.permit("p", question -> question.category() == Category.H);
        var decision = decide();
        assertThat(decision.permits()).isFalse();
        assertThat(decision.refusal().orElseThrow().code()).isEqualTo(Reason.ESSENTIAL_NOT_ALLOWED.code());
        assertThat(decision.refusal().orElseThrow().description()).endsWith("[kern]");
    }

    @Test
    void anEssentialLeafThatConsentWouldAllowSaysSo() {
        policies.permit("p", question -> question.category() == Category.H || question.facts().consent());
        var decision = decide();
        assertThat(decision.outcome()).isEqualTo(DecisionOutcome.NEEDS_CONSENT);
        assertThat(decision.refusal().orElseThrow().code()).isEqualTo(Reason.NEEDS_CONSENT.code());
    }

    @Test
    void whereNothingAtAllIsPermittedThereIsNoGround() {
        var decision = decide();
        assertThat(decision.refusal().orElseThrow().code()).isEqualTo(Reason.NO_GROUND.code());
        assertThat(decision.outcome()).isEqualTo(DecisionOutcome.DENY);
    }

    @Test
    void aMessageAboutPersonsOfWhichNothingAboutAnybodyMayBeGivenIsRefused() {
        policies.permit("p", question -> question.subject().equals("NIEMAND"));
        assertThat(decide().refusal().orElseThrow().code()).isEqualTo(Reason.NO_GROUND.code());
    }

    @Test
    void andSaysWhatWouldRepairIt() {
        policies.permit("p", question -> question.subject().equals("NIEMAND")).permit("q",
                question -> question.subject().equals("UITHUISGEPLAATSTE") && question.facts().consent());
        var decision = decide();
        assertThat(decision.outcome()).isEqualTo(DecisionOutcome.NEEDS_CONSENT);
        assertThat(decision.refusal().orElseThrow().code()).isEqualTo(Reason.NEEDS_CONSENT.code());
    }

    @Test
    void aMessageAboutNobodyMayBeGivenWithoutAnythingOfAnybody() {
        policies.permitEverything();
        var about = content("melding", leaf("kern", "x"));
        assertThat(decide(matter(draft.done(), about, Phase.OPEN), HIS, file(List.of()), List.of()).permits())
                .isTrue();
    }

    @Test
    void whatIsLeftEmptyIsNotDelivered() {
        policies.permit("p", question -> question.facts().consent());
        var type = TypeDraft.type("melding").impersonal("kern", Category.O).done();
        var decision = decide(matter(type, content("melding", leaf("kern", "x")), Phase.OPEN), HIS, file(List.of()),
                List.of());
        assertThat(decision.refusal().orElseThrow().code()).isEqualTo(Reason.NO_GROUND.code());
    }

    @Test
    void policiesThatFailDenyWithTheirOwnCode() {
        policies.permitEverything().failFor(question -> question.subject().equals("NIEMAND"));
        assertThat(decide().refusal().orElseThrow().code()).hasToString("KP-5111");
    }

    @Test
    void policiesThatFailForOneClassDenyTheWhole() {
        policies.permitEverything().failFor(question -> question.subject().equals("ACHTERBLIJVER"));
        var decision = decide();
        assertThat(decision.refusal().orElseThrow().code()).isEqualTo(Reason.POLICY_ERROR.code());
        assertThat(decision.undecided()).isTrue();
    }

    @Test
    void anOrganisationThatEndedItsConnectionGetsNothing() {
        policies.permitEverything();
        partners.end(Chain.PROBATION);
        assertThat(decide().refusal().orElseThrow().code()).isEqualTo(Reason.RECEIVER_NOT_IN_CASE.code());
        assertThat(policies.asked()).isEmpty();
    }

    @Test
    void whoIsNoPartyOfTheCaseGetsNothing() {
        policies.permitEverything().permitEverything();
        partners.connect(Chain.GGZ, Chain.GGZ_FUNCTION);
        var stranger = new Party(Chain.GGZ, Chain.GGZ_FUNCTION, Set.of());
        assertThat(decide(matter(Phase.OPEN), stranger, file(List.of()), List.of()).refusal().orElseThrow().code())
                .isEqualTo(Reason.RECEIVER_NOT_IN_CASE.code());
    }

    @Test
    void aPartyByRequestGetsThatRequestAndNothingElse() {
        policies.permitEverything();
        partners.connect(Chain.GGZ, Chain.GGZ_FUNCTION);
        var asked = new Party(Chain.GGZ, Chain.GGZ_FUNCTION, Set.of(LEFT));
        var forThis = file(List.of()).withRequested(List.of(new RequestedParty(asked, MESSAGE)));
        var forAnother = file(List.of())
                .withRequested(List.of(new RequestedParty(asked, new MessageId("urn:uuid:ander"))));
        assertThat(decide(matter(Phase.OPEN), asked, forThis, List.of()).permits()).isTrue();
        assertThat(decide(matter(Phase.OPEN), asked, forAnother, List.of()).permits()).isFalse();
    }

    @Test
    void aReceiverWhoseConditionDoesNotHoldIsRefusedBeforeThePoliciesAreAsked() {
        policies.permitEverything();
        var type = draft.onlyIf(Chain.ZC_UHG, new ValueRule.ByValue("kern", Set.of("y"))).done();
        assertThat(decide(matter(type, content, Phase.OPEN), HIS, file(List.of()), List.of()).refusal().orElseThrow()
                .code()).isEqualTo(Reason.RECEIVER_CONDITION.code());
        assertThat(policies.asked()).isEmpty();
    }

    @Test
    void consentCoversExactlyWhatItSays() {
        policies.permit("p", question -> question.subject().equals("NIEMAND") || question.facts().consent());
        assertThat(givenWith(consent(HER, HELP, Chain.POLITIE, Chain.ZC_UHG, Category.H, NOW.plusSeconds(1))))
                .as("of her, and not of him").containsExactly(HER);
        assertThat(givenWith(consent(HER, new Purpose("STRAFRECHT"), Chain.POLITIE, Chain.ZC_UHG, Category.H,
                NOW.plusSeconds(1)))).as("another purpose").isEmpty();
        assertThat(givenWith(consent(HER, HELP, Chain.OM_FUNCTION, Chain.ZC_UHG, Category.H, NOW.plusSeconds(1))))
                .as("another sender").isEmpty();
        assertThat(givenWith(consent(HER, HELP, Chain.POLITIE, Chain.ZC_ACHTERBLIJVER, Category.H,
                NOW.plusSeconds(1)))).as("another receiver").isEmpty();
        assertThat(givenWith(consent(HER, HELP, Chain.POLITIE, Chain.ZC_UHG, Category.T, NOW.plusSeconds(1))))
                .as("another category").isEmpty();
        assertThat(givenWith(consent(HER, HELP, Chain.POLITIE, Chain.ZC_UHG, Category.H, NOW)))
                .as("run out at this moment").isEmpty();
        assertThat(givenWith(consent(HER, HELP, Chain.POLITIE, Chain.ZC_UHG, Category.H, NOW.plusSeconds(1)),
                consent(HIM, HELP, Chain.POLITIE, Chain.ZC_UHG, Category.H, NOW.plusSeconds(1))))
                .as("of each his own").containsExactly(HER, HIM);
    }

    @Test
    void twoConsentsThatEachCoverHalfDoNotMakeAWhole() {
        policies.permit("p", question -> question.subject().equals("NIEMAND") || question.facts().consent());
        assertThat(givenWith(consent(HER, HELP, Chain.POLITIE, Chain.ZC_UHG, Category.T, NOW.plusSeconds(1)),
                consent(HIM, HELP, Chain.POLITIE, Chain.ZC_ACHTERBLIJVER, Category.H, NOW.plusSeconds(1)))).isEmpty();
    }

    @Test
    void dataAboutNobodyHasNoConsent() {
        policies.permitEverything();
        decide(matter(Phase.OPEN), HIS, file(List.of()),
                List.of(consent(HER, HELP, Chain.POLITIE, Chain.ZC_UHG, Category.O, NOW.plusSeconds(1))));
        assertThat(policies.asked()).filteredOn(question -> question.subject().equals("NIEMAND"))
                .noneMatch(question -> question.facts().consent());
    }

    @Test
    void thatTheReceiverServesSomebodyThePersonIsProtectedFromIsAFactPerPerson() {
        policies.permitEverything();
        decide(matter(Phase.OPEN), HIS, file(List.of(new ProtectedFrom(HER, HIM, NOW))), List.of());
        assertThat(policies.asked()).filteredOn(question -> question.facts().servesThreat())
                .extracting(PolicyQuestion::subject).containsExactly("ACHTERBLIJVER");
    }

    @Test
    void inAClosedCaseThePhaseAndWhoStillHearsAreFacts() {
        policies.permitEverything();
        decide(matter(Phase.AFGESLOTEN), SAFE_AT_HOME, file(List.of()), List.of());
        assertThat(policies.asked()).extracting(PolicyQuestion::facts).allMatch(Facts::caseClosed)
                .allMatch(Facts::hearsAfterClosure).allMatch(facts -> facts.phase().equals("AFGESLOTEN"));
    }

    @Test
    void theReceiverOfAnOrdinaryFunctionDoesNotHearAfterClosure() {
        policies.permitEverything();
        decide(matter(Phase.AFGESLOTEN), HIS, file(List.of()), List.of());
        assertThat(policies.asked()).extracting(PolicyQuestion::facts).allMatch(Facts::caseClosed)
                .noneMatch(Facts::hearsAfterClosure);
    }

    @Test
    void toAnEndpointThatFunctionsShareGoesOnlyWhatEachOfThemMayHave() {
        policies.permit("hij", question -> question.receiverFunction().equals("ZC_UHG"))
                .permit("zij", question -> !question.subject().equals("UITHUISGEPLAATSTE"));
        partners.mailbox(Chain.PROBATION, Chain.ZC_UHG, Separation.none());
        var decision = decideBeside(HERS_TOO);
        assertThat(decision.minimised().orElseThrow().content().persons()).containsExactly(HER);
        assertThat(decision.rulings().values()).filteredOn(Ruling.Denied.class::isInstance).singleElement()
                .satisfies(ruling -> assertThat(((Ruling.Denied) ruling).refusal().code())
                        .isEqualTo(Reason.FUNCTION_NOT_SEPARATED.code()));
    }

    @Test
    void aReceiverOnWhomWasDecidedBeforeNeverGetsMoreThanThen() {
        policies.permitEverything();
        var decision = decideAgainWithout(HER);
        assertThat(decision.minimised().orElseThrow().content().persons()).containsExactly(HIM);
        assertThat(policies.asked()).as("nothing is asked about her").extracting(PolicyQuestion::subject)
                .doesNotContain("ACHTERBLIJVER");
    }

    @Test
    void whyEverythingIsForbiddenNowIsNotThatSomeOfItWasLeftOutThen() {
        policies.permit("niemand", question -> question.subject().equals("NIEMAND"));
        assertThat(decideAgainWithout(HER).refusal().orElseThrow().code()).isEqualTo(Reason.NO_GROUND.code());
    }

    @Test
    void whatFailsForAFunctionBesideIsUndecidedAndNotForbidden() {
        policies.permitEverything().failFor(question -> question.receiverFunction().equals("ZC_ACHTERBLIJVER"));
        partners.mailbox(Chain.PROBATION, Chain.ZC_UHG, Separation.none());
        var decision = decideBeside(HERS_TOO);
        assertThat(decision.permits()).isFalse();
        assertThat(decision.undecided()).isTrue();
    }

    @Test
    void anEssentialLeafThatAFunctionBesideMayNotReadRefusesTheWhole() {
        policies.permit("hij", question -> question.receiverFunction().equals("ZC_UHG"));
        partners.mailbox(Chain.PROBATION, Chain.ZC_UHG, Separation.none());
        assertThat(decideBeside(HERS_TOO).refusal().orElseThrow().code())
                .isEqualTo(Reason.FUNCTION_NOT_SEPARATED.code());
    }

    @Test
    void whoAnswersARequestForTheSameOrganisationReadsAtASharedEndpointToo() {
        policies.permit("hij", question -> question.receiverFunction().equals("ZC_UHG"));
        partners.mailbox(Chain.PROBATION, Chain.ZC_UHG, Separation.none());
        var file = new CaseFile(CASE, Phase.OPEN, List.of(POLICE, HIS),
                List.of(new RequestedParty(HERS_TOO, new MessageId("urn:uuid:vraag"))), personsOfTheCase(), List.of(),
                Optional.empty(), Ban.NONE);
        assertThat(decide(matter(Phase.OPEN), HIS, file, List.of()).permits()).isFalse();
    }

    @Test
    void toAnEndpointOfItsOwnGoesWhatTheFunctionMayHave() {
        policies.permit("hij", question -> question.receiverFunction().equals("ZC_UHG"));
        partners.mailbox(Chain.PROBATION, Chain.ZC_UHG, Separation.ofItsOwn());
        assertThat(decideBeside(HERS_TOO).minimised().orElseThrow().complete()).isTrue();
    }

    @Test
    void whoWroteItMayReadItAtAnEndpointHeShares() {
        policies.permit("hij", question -> question.receiverFunction().equals("ZC_UHG"));
        partners.mailbox(Chain.PROBATION, Chain.ZC_UHG, Separation.none());
        var fromHerSide = new Matter(MESSAGE, draft.done(), content, List.of(), HERS_TOO, Optional.empty(), false,
                false, Phase.OPEN);
        var file = new CaseFile(CASE, Phase.OPEN, List.of(HIS, HERS_TOO), List.of(), personsOfTheCase(), List.of(),
                Optional.empty(), Ban.NONE);
        assertThat(decide(fromHerSide, HIS, file, List.of()).permits()).isTrue();
    }

    @Test
    void whatCountsIsThePhaseAsAcceptedAndNotThatOfNow() {
        policies.permitEverything();
        var closedSince = new CaseFile(CASE, Phase.AFGESLOTEN, List.of(POLICE, HIS), List.of(), personsOfTheCase(),
                List.of(), Optional.empty(), Ban.NONE);
        decide(matter(Phase.OPEN), HIS, closedSince, List.of());
        assertThat(policies.asked()).extracting(PolicyQuestion::facts).noneMatch(Facts::caseClosed)
                .allMatch(facts -> facts.phase().equals("OPEN"));
    }

    @Test
    void everyOtherFactComesFromWhereItIsKept() {
        policies.permitEverything();
        partners.agreement(Chain.POLICE, Chain.PROBATION, "CONVENANT")
                .mailbox(Chain.PROBATION, Chain.ZC_UHG, new Separation(true, Optional.empty(), true))
                .mayUseBsn(Chain.PROBATION);
        var type = TypeDraft.type("verbetering").impersonal("kern", Category.O)
                .impersonal("afweging/reden", Category.O).weighedAt("afweging", Optional.empty())
                .effect(Effect.Kind.CORRECTS, Map.of()).done();
        var weighed = content("melding", leaf("kern", "x"), branch("afweging", leaf("reden", "gevaar")));
        deliberation.decide(new Matter(MESSAGE, type, weighed, List.of(), POLICE, Optional.of("OTS"), true, true,
                Phase.VERLENGD), HIS, HELP, new Circumstances(file(List.of()), List.of(), NOW));
        var expected = new Facts("POLITIE", "HULPVERLENING", "VERLENGD", Set.of("CONVENANT"), false, true, false,
                "OTS", false, true, false, true, true, true, false, false, true);
        assertThat(policies.asked()).containsExactly(new PolicyQuestion("ZC_UHG", Set.of("UITHUISGEPLAATSTE"),
                "verbetering", Category.O, "NIEMAND", expected));
    }

    @Test
    void factsThatAreAbsentAreExplicit() {
        policies.permitEverything();
        decide(matter(Phase.OPEN), HIS, file(List.of()), List.of());
        assertThat(policies.asked().getFirst().facts()).isEqualTo(new Facts("POLITIE", "HULPVERLENING", "OPEN",
                Set.of(), false, false, false, "GEEN", false, false, false, false, false, false, false, false, false));
    }

    private ReceiverDecision decideBeside(Party other) {
        var file = new CaseFile(CASE, Phase.OPEN, List.of(POLICE, HIS, other), List.of(), personsOfTheCase(),
                List.of(), Optional.empty(), Ban.NONE);
        return decide(matter(Phase.OPEN), HIS, file, List.of());
    }

    private List<PersonId> givenWith(Consent... consents) {
        var decision = decide(matter(Phase.OPEN), HIS, file(List.of()), List.of(consents));
        return decision.minimised().map(minimised -> minimised.content().persons().toList()).orElse(List.of());
    }

    private ReceiverDecision decideAgainWithout(PersonId leftOut) {
        var then = decide().rulings().keySet().stream()
                .filter(data -> !data.person().equals(Optional.of(leftOut))).collect(Collectors.toSet());
        policies.forget();
        return deliberation.decideAgain(matter(Phase.OPEN), HIS, HELP,
                new Circumstances(file(List.of()), List.of(), NOW), then);
    }

    private ReceiverDecision decide() {
        return decide(matter(Phase.OPEN), HIS, file(List.of()), List.of());
    }

    private ReceiverDecision decide(Matter matter, Party receiver, CaseFile file, List<Consent> consents) {
        return deliberation.decide(matter, receiver, HELP, new Circumstances(file, consents, NOW));
    }

    private Matter matter(Phase phase) {
        return matter(draft.done(), content, phase);
    }

    private static Matter matter(MessageType type, Content content, Phase phase) {
        return new Matter(MESSAGE, type, content, List.of(), POLICE, Optional.empty(), false, false, phase);
    }

    private static CaseFile file(List<ProtectedFrom> protections) {
        return new CaseFile(CASE, Phase.OPEN, List.of(POLICE, HIS, SAFE_AT_HOME), List.of(), personsOfTheCase(),
                protections, Optional.empty(), Ban.NONE);
    }

    private static List<PersonInCase> personsOfTheCase() {
        return List.of(new PersonInCase(HER, STAYS), new PersonInCase(HIM, LEFT));
    }

    private static Consent consent(PersonId person, Purpose purpose, PartnerFunction from, PartnerFunction to,
            Category category, Instant until) {
        return new Consent(UUID.randomUUID(), CASE, person, purpose, Chain.any(from), Chain.any(to), Set.of(category),
                NOW.minusSeconds(60), until, Optional.empty(),
                new Consent.Registrar(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS));
    }
}
