package nl.ketenpoort.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static nl.ketenpoort.acceptance.Region.HELP;
import static nl.ketenpoort.acceptance.Region.HER;
import static nl.ketenpoort.acceptance.Region.HERS;
import static nl.ketenpoort.acceptance.Region.HIM;
import static nl.ketenpoort.acceptance.Region.HIS;
import static nl.ketenpoort.acceptance.Region.POLICE;
import static nl.ketenpoort.acceptance.Region.REPORT;
import static nl.ketenpoort.acceptance.Region.REQUEST;
import static nl.ketenpoort.acceptance.Region.SAFE_AT_HOME;
import static nl.ketenpoort.acceptance.Region.SUPERVISION;
import static nl.ketenpoort.messagetype.Trees.about;
import static nl.ketenpoort.messagetype.Trees.leaf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.casefile.PersonInCase;
import nl.ketenpoort.casefile.ProtectedFrom;
import nl.ketenpoort.delivery.InMemoryDeliveries.Row;
import nl.ketenpoort.delivery.InMemoryDeliveries.State;
import nl.ketenpoort.evidence.AuditRecord.Kind;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.messagetype.Category;
import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.messagetype.PersonRole;
import nl.ketenpoort.partner.Chain;
import nl.ketenpoort.partner.NamedFunction;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.signature.MessageId;
import nl.ketenpoort.signature.Operation;
import nl.ketenpoort.signature.SampleCertificate;
import nl.ketenpoort.transaction.Transaction.Keep;
import nl.ketenpoort.validation.PartnerRequest.Confirm;
import nl.ketenpoort.validation.PartnerRequest.Fetch;
import nl.ketenpoort.validation.PartnerRequest.RegisterConsent;
import nl.ketenpoort.validation.PartnerRequest.ShowConsents;
import nl.ketenpoort.validation.PartnerRequest.StatusOf;
import nl.ketenpoort.validation.PartnerRequest.TestCall;
import nl.ketenpoort.validation.PartnerRequest.WithdrawConsent;

class OtherRequestsTest {

    private final Region region = new Region();

    @Test
    void aTestCallIsAnsweredToWhomeverIsConnected() {
        assertThat(given(region.ask(Chain.POLICE, Operation.TEST, new TestCall("hallo")))).startsWith("test hallo")
                .endsWith(Chain.POLICE.value());
        assertThat(region.journal.entries()).isEmpty();
    }

    @Test
    void whoIsNotConnectedIsRefusedAndRecorded() {
        var reply = region.ask(new Oin("00000099000000990000"), Operation.TEST, new TestCall("hallo"));
        assertDenied(reply, Reason.ORGANISATION_UNKNOWN);
        assertThat(region.journal.records(Kind.REFUSED)).singleElement().satisfies(record -> assertThat(record
                .facts()).containsEntry("operation", "testoproep").containsEntry("code", "KP-4001"));
    }

    @Test
    void aMailboxIsFetchedAndConfirmed() {
        region.policies.permitEverything();
        put();
        assertThat(given(region.ask(Chain.BLIJF, Operation.FETCH, new Fetch(Optional.empty(), Optional.empty()))))
                .contains("melding v1").endsWith("resterend 0");
        var row = region.deliveriesTo(HERS).getFirst();
        assertThat(given(region.ask(Chain.BLIJF, Operation.CONFIRM, new Confirm(List.of(
                new Confirm.Item(row.delivery().id().uri(), row.digest().orElseThrow()))))))
                .isEqualTo("bevestigd [" + row.delivery().id() + "]");
        assertThat(region.deliveriesTo(HERS)).extracting(Row::state).containsExactly(State.DELIVERED);
    }

    @Test
    void oneWrongItemConfirmsNoneOfThem() {
        region.policies.permitEverything();
        put();
        region.ask(Chain.BLIJF, Operation.FETCH, new Fetch(Optional.empty(), Optional.empty()));
        var row = region.deliveriesTo(HERS).getFirst();
        var reply = region.ask(Chain.BLIJF, Operation.CONFIRM, new Confirm(List.of(
                new Confirm.Item(row.delivery().id().uri(), row.digest().orElseThrow()),
                new Confirm.Item("urn:uuid:" + UUID.randomUUID(), Digest.of(new byte[0])))));
        assertDenied(reply, Reason.DELIVERY_UNKNOWN);
        assertThat(region.deliveriesTo(HERS)).extracting(Row::state).containsExactly(State.DISCLOSED);
        assertThat(region.journal.records(Kind.DELIVERED)).isEmpty();
    }

    @Test
    void whatIsNoIdOfADeliveryIsAnUnknownOne() {
        for (var uri : List.of("", "urn:uuid:", "urn:uuid:geen-id", "http://partner.example/1")) {
            assertDenied(region.ask(Chain.BLIJF, Operation.CONFIRM, new Confirm(List.of(new Confirm.Item(uri,
                    Digest.of(new byte[0]))))), Reason.DELIVERY_UNKNOWN);
        }
    }

    @Test
    void theStatusOfOnesOwnMessageIsGivenAndThatOfOthersIsNot() {
        region.policies.permitEverything();
        put();
        var status = new StatusOf(new MessageId("urn:uuid:eerste"));
        assertThat(given(region.ask(Chain.POLICE, Operation.STATUS, status))).isEqualTo(
                "status urn:uuid:eerste [WACHT]");
        assertDenied(region.ask(Chain.BLIJF, Operation.STATUS, status), Reason.MESSAGE_UNKNOWN);
    }

    /** It tells whom she asked for help. */
    @Test
    void theStatusOfAMessageIsNotGivenToWhoSignsForAnotherFunctionOfTheOrganisation() {
        region.policies.permitEverything();
        region.send(Letter.from(Chain.BLIJF, Chain.ZC_ACHTERBLIJVER, REQUEST).as("verzoek").in(region.caseId)
                .saying(Region.aboutHer()).to(Chain.GGZ, HELP));
        var status = new StatusOf(new MessageId("urn:uuid:verzoek"));
        assertThat(given(region.ask(Chain.BLIJF, Operation.STATUS, status))).endsWith("[WACHT]");
        region.partners.mailbox(Chain.BLIJF, Chain.ZC_ACHTERBLIJVER, SampleCertificate.another());
        assertDenied(region.ask(Chain.BLIJF, Operation.STATUS, status), Reason.MESSAGE_UNKNOWN);
    }

    @Test
    void aPartyRegistersAConsentAndItIsRecorded() {
        register(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, region.caseId, HER);
        assertThat(region.consents.of(region.caseId)).singleElement().satisfies(consent -> {
            assertThat(consent.person()).isEqualTo(HER);
            assertThat(consent.to()).containsExactly(NamedFunction.ofAny(Chain.ZC_UHG));
        });
        assertThat(region.journal.records(Kind.CONSENT_REGISTERED)).singleElement().satisfies(record -> assertThat(
                record.facts()).containsEntry("purpose", "HULPVERLENING").containsEntry("other-party-present",
                        "false"));
    }

    @Test
    void whoIsNoPartyOfTheCaseDoesNotLearnThatItExists() {
        var toOthers = (Reply.Denied) register(Chain.OM, Chain.OM_FUNCTION, region.caseId, HER);
        var toNobody = (Reply.Denied) register(Chain.OM, Chain.OM_FUNCTION, new CaseId(UUID.randomUUID()), HER);
        assertThat(toOthers.rejected().refusal()).isEqualTo(toNobody.rejected().refusal());
        assertDenied(toOthers, Reason.CASE_UNKNOWN);
        assertDenied(region.ask(Chain.OM, Operation.SHOW_CONSENT, new ShowConsents(region.caseId)),
                Reason.CASE_UNKNOWN);
        assertDenied(region.ask(Chain.OM, Operation.WITHDRAW_CONSENT,
                new WithdrawConsent(region.caseId, UUID.randomUUID(), false)), Reason.CASE_UNKNOWN);
    }

    @Test
    void theSameRegistrationAgainHasTheSameAnswerAndMakesNoSecondConsent() {
        var first = register(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, region.caseId, HER);
        var again = register(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, region.caseId, HER);
        assertThat(((Reply.Given) again).body()).isEqualTo(((Reply.Given) first).body());
        assertThat(region.consents.of(region.caseId)).hasSize(1);
        assertThat(region.journal.kinds()).containsExactly(Kind.CONSENT_REGISTERED, Kind.REPEATED);
    }

    @Test
    void aMessageIdThatRegisteredOneConsentRegistersNoOther() {
        var id = new MessageId("urn:uuid:toestemming");
        region.ask(Chain.SAFE_AT_HOME, id, Operation.REGISTER_CONSENT,
                region.consentToHealth(Chain.ZC_ACHTERBLIJVER, SUPERVISION));
        assertDenied(region.ask(Chain.SAFE_AT_HOME, id, Operation.REGISTER_CONSENT,
                region.consentToHealth(Chain.ZC_UHG, SUPERVISION)), Reason.MESSAGE_ID_REUSED);
        assertThat(region.consents.of(region.caseId)).hasSize(1);
    }

    @Test
    void aPartyByRequestNeitherSeesNorRegistersConsents() {
        region.policies.permitEverything();
        region.send(region.police(REQUEST).to(Chain.GGZ, HELP));
        assertThat(region.file().involves(Chain.GGZ)).isTrue();
        assertDenied(region.ask(Chain.GGZ, Operation.SHOW_CONSENT, new ShowConsents(region.caseId)),
                Reason.CASE_UNKNOWN);
        assertDenied(register(Chain.GGZ, Chain.GGZ_FUNCTION, region.caseId, HER), Reason.CASE_UNKNOWN);
    }

    @Test
    void aConsentInAFunctionOneDoesNotHaveIsRefused() {
        assertDenied(register(Chain.SAFE_AT_HOME, Chain.POLITIE, region.caseId, HER),
                Reason.SENDER_FUNCTION_NOT_ALLOWED);
    }

    @Test
    void inAFunctionThatWasTakenAwayAConsentIsNeitherRegisteredNorSeenButStillWithdrawn() {
        var id = registered();
        region.partners.connect(Chain.SAFE_AT_HOME, Chain.OM_FUNCTION);
        assertDenied(register(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, region.caseId, HER),
                Reason.SENDER_FUNCTION_NOT_ALLOWED);
        assertThat(shownTo(Chain.SAFE_AT_HOME)).doesNotContain(id.toString());
        assertThat(given(withdraw(id))).startsWith("ingetrokken " + id);
    }

    @Test
    void aConsentOfSomebodyOutsideTheCaseIsRefused() {
        assertDenied(register(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, region.caseId, new PersonId("p9")),
                Reason.PERSON_UNKNOWN);
        assertThat(region.consents.of(region.caseId)).isEmpty();
    }

    @Test
    void lookingAtTheConsentsIsRecorded() {
        register(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, region.caseId, HER);
        var id = region.consents.of(region.caseId).getFirst().id();
        assertThat(shownTo(Chain.SAFE_AT_HOME)).contains(id.toString());
        assertThat(region.journal.records(Kind.CONSENT_SHOWN)).hasSize(1);
    }

    /** The file of the police reaches him: that she is in treatment would, too. */
    @Test
    void aConsentIsShownOnlyToWhomItNames() {
        register(HERS, HER, Chain.any(Chain.ZC_ACHTERBLIJVER, Chain.GGZ_FUNCTION), Chain.any(Chain.GGZ_FUNCTION));
        register(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, region.caseId, HIM);
        var ids = region.consents.of(region.caseId).stream().map(consent -> consent.id().toString()).toList();

        assertThat(shownTo(Chain.BLIJF)).as("may give").contains(ids.getFirst()).doesNotContain(ids.getLast());
        assertThat(shownTo(Chain.PROBATION)).as("may receive").contains(ids.getLast()).doesNotContain(ids.getFirst());
        assertThat(shownTo(Chain.SAFE_AT_HOME)).as("registered it").contains(ids.getLast())
                .doesNotContain(ids.getFirst());
        assertThat(shownTo(Chain.POLICE)).as("may give").contains(ids.getLast()).doesNotContain(ids.getFirst());
        assertDenied(withdraw(Chain.POLICE, UUID.fromString(ids.getFirst())), Reason.CONSENT_UNKNOWN);
    }

    /** Withdrawing is as easy as giving: she says so to whoever helps her (AVG art. 7(3)). */
    @Test
    void whoServesThePersonSeesAndWithdrawsWhatOthersRegistered() {
        register(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, region.caseId, HER);
        var id = region.consents.of(region.caseId).getFirst().id();
        assertThat(shownTo(Chain.BLIJF)).contains(id.toString());
        assertThat(given(withdraw(Chain.BLIJF, id))).startsWith("ingetrokken " + id);
    }

    /** Both coordinators may be of one organisation. */
    @Test
    void whoSignsForAnotherFunctionOfTheOrganisationNeitherSeesNorWithdrawsAConsent() {
        register(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, region.caseId, HER);
        var id = region.consents.of(region.caseId).getFirst().id();
        region.partners.mailbox(Chain.BLIJF, Chain.ZC_ACHTERBLIJVER, SampleCertificate.another());
        assertThat(shownTo(Chain.BLIJF)).doesNotContain(id.toString());
        assertDenied(withdraw(Chain.BLIJF, id), Reason.CONSENT_UNKNOWN);
        region.partners.mailbox(Chain.BLIJF, Chain.ZC_ACHTERBLIJVER, SampleCertificate.read());
        assertThat(shownTo(Chain.BLIJF)).contains(id.toString());
    }

    @Test
    void whoServesTheOtherSideNeitherRegistersNorWithdraws() {
        var id = registered();
        assertDenied(register(Chain.PROBATION, Chain.ZC_UHG, region.caseId, HER), Reason.CONSENT_OF_THE_OTHER_SIDE);
        assertDenied(register(Chain.BLIJF, Chain.ZC_ACHTERBLIJVER, region.caseId, HIM),
                Reason.CONSENT_OF_THE_OTHER_SIDE);
        assertDenied(withdraw(Chain.PROBATION, id), Reason.CONSENT_UNKNOWN);
        assertThat(region.consents.of(region.caseId)).singleElement()
                .satisfies(consent -> assertThat(consent.withdrawn()).isEmpty());
        assertThat(register(Chain.BLIJF, Chain.ZC_ACHTERBLIJVER, region.caseId, HER)).isInstanceOf(Reply.Given.class);
    }

    @Test
    void whoServesSomebodyAChildIsProtectedFromDoesNotSpeakForTheChild() {
        var child = new PersonId("p3");
        change(() -> region.cases.addPersons(region.caseId,
                List.of(new PersonInCase(child, new PersonRole("MINDERJARIGE")))));
        assertThat(register(Chain.PROBATION, Chain.ZC_UHG, region.caseId, child)).isInstanceOf(Reply.Given.class);
        var id = region.consents.of(region.caseId).getFirst().id();
        change(() -> region.cases.protect(region.caseId, List.of(new ProtectedFrom(child, HIM, region.time.now()))));

        assertDenied(register(Chain.PROBATION, Chain.ZC_UHG, region.caseId, child), Reason.CONSENT_OF_THE_OTHER_SIDE);
        assertDenied(withdraw(Chain.PROBATION, id), Reason.CONSENT_UNKNOWN);
    }

    @Test
    void withdrawingStopsWhatNobodyWasGivenAndTellsItsSender() {
        permitWithConsent();
        var id = registered();
        region.send(resting("eerste"));
        region.send(resting("tweede"));
        assertThat(given(withdraw(id))).isEqualTo("ingetrokken " + id + " gestopt 2");
        assertThat(region.deliveriesTo(HIS)).extracting(Row::state).containsOnly(State.CANCELLED);
        assertThat(region.deliveriesTo(HIS)).extracting(Row::code)
                .containsOnly(Optional.of(Reason.CONSENT_WITHDRAWN.code()));
        assertThat(region.deliveriesTo(POLICE)).as("a notice for each").hasSize(2);
        assertThat(region.journal.records(Kind.CONSENT_WITHDRAWN)).singleElement().satisfies(record -> assertThat(
                record.facts()).containsEntry("stopped", "2").containsEntry("possibly-under-duress", "true"));
    }

    @Test
    void whatLiesInTheMailboxUnfetchedIsStoppedToo() {
        permitWithConsent();
        var id = registered();
        region.send(resting("eerste"));
        region.advance(region.lane(HIS, false));
        assertThat(region.deliveriesTo(HIS)).extracting(Row::state).containsExactly(State.MAILBOX);
        withdraw(id);
        assertThat(region.deliveriesTo(HIS)).extracting(Row::state).containsExactly(State.CANCELLED);
    }

    @Test
    void whatWasFetchedWasGivenBeforeTheWithdrawal() {
        permitWithConsent();
        var id = registered();
        region.send(resting("eerste"));
        region.advance(region.lane(HIS, false));
        region.fetch(HIS, 10);
        assertThat(given(withdraw(id))).endsWith("gestopt 0");
        assertThat(region.deliveriesTo(HIS)).extracting(Row::state).containsExactly(State.DISCLOSED);
    }

    @Test
    void whatIsBeingSentAtThatMomentStandsInTheRecordOfTheWithdrawal() {
        permitWithConsent();
        var id = registered();
        region.partners.push(HIS.oin(), HIS.function());
        region.send(resting("eerste"));
        region.partnerSystem.meanwhile(() -> withdraw(id));
        region.advance(region.lane(HIS, false));
        assertThat(region.deliveriesTo(HIS)).singleElement().satisfies(row -> {
            assertThat(row.state()).isEqualTo(State.DELIVERED);
            assertThat(region.journal.records(Kind.CONSENT_WITHDRAWN)).singleElement().satisfies(record -> assertThat(
                    record.facts()).containsEntry("under-way", row.delivery().id().toString()));
        });
    }

    @Test
    void whatDoesNotRestOnTheConsentGoesOn() {
        permitWithConsent();
        var id = registered();
        region.policies.permit("veilig-thuis", question -> question.receiverFunction().equals("VEILIG_THUIS"));
        region.send(region.police(REPORT).as("ander").to(Chain.VEILIG_THUIS, SUPERVISION));
        assertThat(given(withdraw(id))).endsWith("gestopt 0");
        assertThat(region.deliveriesTo(SAFE_AT_HOME)).extracting(Row::state).containsExactly(State.WAITING);
    }

    @Test
    void aWithdrawalIsDoneWhateverCannotBeRead() {
        permitWithConsent();
        var id = registered();
        region.send(resting("eerste"));
        region.send(resting("tweede"));
        region.messages.spoil(new MessageId("urn:uuid:eerste"));
        assertThat(given(withdraw(id))).endsWith("gestopt 2");
        assertThat(region.deliveriesTo(HIS)).extracting(Row::state).containsExactly(State.PARKED, State.CANCELLED);
        assertThat(region.consents.of(region.caseId).getFirst().withdrawn()).isPresent();
        assertThat(region.deliveriesTo(POLICE)).hasSize(2);
    }

    @Test
    void whatCannotBeDecidedWhenAConsentIsWithdrawnIsNeverGivenOnIt() {
        permitWithConsent();
        var id = registered();
        region.send(resting("eerste"));
        region.policies.failFor(question -> true);
        assertThat(given(withdraw(id))).endsWith("gestopt 0");
        assertThat(region.deliveriesTo(HIS)).extracting(Row::state).containsExactly(State.MAILBOX);
        assertThat(region.journal.records(Kind.ALARM)).hasSize(1);

        region.policies.failFor(question -> false);
        assertThat(region.fetch(HIS, 10).deliveries()).isEmpty();
        assertThat(region.deliveriesTo(HIS)).extracting(Row::code)
                .containsExactly(Optional.of(Reason.CONSENT_WITHDRAWN.code()));
    }

    @Test
    void aConsentIsWithdrawnOnce() {
        var id = registered();
        withdraw(id);
        assertDenied(withdraw(id), Reason.CONSENT_UNKNOWN);
        assertDenied(withdraw(UUID.randomUUID()), Reason.CONSENT_UNKNOWN);
    }

    @Test
    void aWithdrawalThatCannotBeRecordedIsNotDone() {
        permitWithConsent();
        var id = registered();
        region.send(resting("eerste"));
        region.journal.fails();
        assertThatIllegalStateException().isThrownBy(() -> withdraw(id));
        assertThat(region.consents.of(region.caseId).getFirst().withdrawn()).isEmpty();
        assertThat(region.deliveriesTo(HIS)).extracting(Row::state).containsExactly(State.MAILBOX);
    }

    private void put() {
        region.send(region.police(REPORT).to(Chain.ZC_ACHTERBLIJVER, SUPERVISION));
    }

    private void permitWithConsent() {
        region.policies.permit("kern", question -> question.subject().equals("NIEMAND")).permit("toestemming",
                question -> question.facts().consent());
    }

    private Letter resting(String id) {
        return region.police(REPORT).as(id).to(Chain.ZC_UHG, HELP).saying(leaf("kern", "x"),
                about(HER, "persoon", leaf("letsel", "y")));
    }

    private UUID registered() {
        register(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, region.caseId, HER);
        return region.consents.of(region.caseId).getFirst().id();
    }

    private void change(Runnable change) {
        region.transaction.inOne(() -> {
            change.run();
            return new Keep<>(true);
        });
    }

    private String shownTo(Oin oin) {
        return given(region.ask(oin, Operation.SHOW_CONSENT, new ShowConsents(region.caseId)));
    }

    private Reply register(Oin oin, PartnerFunction function, CaseId caseId, PersonId person) {
        return region.ask(oin, Operation.REGISTER_CONSENT,
                consent(caseId, function, person, Chain.any(Chain.POLITIE), Chain.any(Chain.ZC_UHG)));
    }

    private Reply register(Party registrar, PersonId person, Set<NamedFunction> from, Set<NamedFunction> to) {
        return region.ask(registrar.oin(), Operation.REGISTER_CONSENT,
                consent(region.caseId, registrar.function(), person, from, to));
    }

    private RegisterConsent consent(CaseId caseId, PartnerFunction function, PersonId person,
            Set<NamedFunction> from, Set<NamedFunction> to) {
        return new RegisterConsent(caseId, function, person, RegisterConsent.Giver.BETROKKENE, HELP, from, to,
                Set.of(Category.H), region.time.now(), region.time.now().plus(Duration.ofDays(30)),
                RegisterConsent.Framework.VRIJWILLIG, "nl", false, RegisterConsent.Form.MONDELING, Optional.empty(),
                false);
    }

    private Reply withdraw(UUID id) {
        return withdraw(Chain.SAFE_AT_HOME, id);
    }

    private Reply withdraw(Oin oin, UUID id) {
        return region.ask(oin, Operation.WITHDRAW_CONSENT, new WithdrawConsent(region.caseId, id, true));
    }

    private static String given(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Given.class);
        return new String(((Reply.Given) reply).body(), UTF_8);
    }

    private void assertDenied(Reply reply, Reason reason) {
        assertThat(reply).isInstanceOfSatisfying(Reply.Denied.class, denied -> {
            assertThat(denied.rejected().refusal().code()).isEqualTo(reason.code());
            assertThat(region.journal.record(denied.rejected().record().orElseThrow()).facts()).containsEntry("code",
                    reason.code().toString());
        });
    }
}
