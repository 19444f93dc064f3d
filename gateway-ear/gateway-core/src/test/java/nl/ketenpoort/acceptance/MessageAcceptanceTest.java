package nl.ketenpoort.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static nl.ketenpoort.acceptance.Region.DECISION;
import static nl.ketenpoort.acceptance.Region.HELP;
import static nl.ketenpoort.acceptance.Region.HER;
import static nl.ketenpoort.acceptance.Region.HERS;
import static nl.ketenpoort.acceptance.Region.HIM;
import static nl.ketenpoort.acceptance.Region.HIS;
import static nl.ketenpoort.acceptance.Region.LEFT;
import static nl.ketenpoort.acceptance.Region.OTHER;
import static nl.ketenpoort.acceptance.Region.POLICE;
import static nl.ketenpoort.acceptance.Region.REPLY;
import static nl.ketenpoort.acceptance.Region.REPORT;
import static nl.ketenpoort.acceptance.Region.REQUEST;
import static nl.ketenpoort.acceptance.Region.SAFE_AT_HOME;
import static nl.ketenpoort.acceptance.Region.STAYS;
import static nl.ketenpoort.acceptance.Region.SUPERVISION;
import static nl.ketenpoort.acceptance.Region.aboutHer;
import static nl.ketenpoort.messagetype.Trees.about;
import static nl.ketenpoort.messagetype.Trees.branch;
import static nl.ketenpoort.messagetype.Trees.leaf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import nl.ketenpoort.acceptance.Outcome.Accepted;
import nl.ketenpoort.acceptance.Outcome.Rejected;
import nl.ketenpoort.acceptance.Outcome.Repeated;
import nl.ketenpoort.casefile.Ban;
import nl.ketenpoort.casefile.CaseFiles.NewCase;
import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.casefile.Phase;
import nl.ketenpoort.casefile.ProtectedFrom;
import nl.ketenpoort.delivery.InMemoryDeliveries.Row;
import nl.ketenpoort.delivery.InMemoryDeliveries.State;
import nl.ketenpoort.evidence.AuditRecord.Kind;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.messagetype.Category;
import nl.ketenpoort.messagetype.Content.Node;
import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.messagetype.PersonRole;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.minimisation.ReceiverDecision;
import nl.ketenpoort.minimisation.ReceiverDecision.AsNamed;
import nl.ketenpoort.partner.Chain;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.partner.Separation;
import nl.ketenpoort.purpose.DecisionOutcome;
import nl.ketenpoort.refusal.ErrorCode;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;
import nl.ketenpoort.signature.MessageId;
import nl.ketenpoort.transaction.StoreUnavailable;
import nl.ketenpoort.transaction.Transaction.Keep;
import nl.ketenpoort.validation.Envelope.NamedPerson;
import nl.ketenpoort.validation.PartnerRequest.RegisterConsent;

class MessageAcceptanceTest {

    private final Region region = new Region();

    @Nested
    class Accepting {

        @Test
        void anAcceptedMessageIsKeptAuditedReceiptedAndOnItsWay() {
            region.policies.permitEverything();
            var letter = region.police(REPORT).to(Chain.VEILIG_THUIS, SUPERVISION);

            var outcome = region.send(letter);

            assertThat(outcome).isInstanceOf(Accepted.class);
            var kept = region.messages.all().getFirst();
            assertThat(((Accepted) outcome).receipt()).isEqualTo(kept.receipt());
            assertThat(kept.caseId()).isEqualTo(region.caseId);
            assertThat(kept.phase()).isEqualTo(Phase.OPEN);
            assertThat(kept.bundle()).isEqualTo("proefbundel");
            assertThat(region.journal.kinds()).containsExactly(Kind.ACCEPTED);
            assertThat(region.deliveries.all()).extracting(row -> row.lane().receiver())
                    .containsExactly(Chain.SAFE_AT_HOME);
            assertThat(region.deliveries.woken()).isEqualTo(1);
        }

        @Test
        void receiptMessageAndAuditRecordHoldEachOther() {
            region.policies.permitEverything();
            var letter = region.police(REPORT).to(Chain.VEILIG_THUIS, SUPERVISION);
            region.send(letter);

            var receipt = region.receipts.issued().getFirst();
            var entry = region.journal.entries().getFirst();
            var body = region.verified(letter).body();
            assertThat(receipt.digest()).isEqualTo(receipt.salt().commit(body));
            assertThat(receipt.auditLeaf()).isEqualTo(entry.record().leaf(entry.salt()));
            assertThat(entry.record().facts()).containsEntry("digest", receipt.digest().base64())
                    .containsEntry("bundle", "proefbundel").containsEntry("receiver-1.outcome", "TOEGESTAAN")
                    .containsEntry("receiver-1.ruling.H.p1", "TOEGESTAAN alles@1");
            assertThat(receipt.receivedAt()).isEqualTo(region.time.now());
        }

        @Test
        void noAuditRecordHoldsAnythingOfTheContent() {
            region.policies.permitEverything();
            region.send(region.police(REPORT).to(Chain.VEILIG_THUIS, SUPERVISION));
            assertThat(new String(region.journal.entries().getFirst().record().canonical(), UTF_8))
                    .doesNotContain("blauw oog", "bij haar zus", "er is iets gebeurd");
        }

        @Test
        void groupNamesAndRegiehouderGoToWhomTheyMean() {
            region.policies.permitEverything();
            region.send(region.police(REPORT).to(PartnerFunction.ZORGCOORDINATIE, SUPERVISION)
                    .to(PartnerFunction.REGIEHOUDER, HELP));
            assertThat(region.deliveries.all()).extracting(row -> row.lane().function()).containsExactlyInAnyOrder(
                    Chain.ZC_ACHTERBLIJVER, Chain.ZC_UHG, Chain.VEILIG_THUIS);
        }

        @Test
        void whoIsNamedTwiceForOnePurposeGetsItOnce() {
            region.policies.permitEverything();
            region.send(region.police(REPORT).to(Chain.VEILIG_THUIS, SUPERVISION)
                    .to(PartnerFunction.REGIEHOUDER, SUPERVISION).to(Chain.SAFE_AT_HOME, SUPERVISION));
            assertThat(region.deliveries.all()).hasSize(1);
        }

        @Test
        void whatTheSenderCallsUrgentTravelsInALaneOfItsOwn() {
            region.policies.permitEverything();
            region.send(region.police(REPORT).to(Chain.VEILIG_THUIS, SUPERVISION).urgently());
            assertThat(region.deliveries.all().getFirst().lane().urgent()).isTrue();
        }

        @Test
        void theLeavesAReceiverMayNotHaveAreNamedInTheDecisionOnly() {
            region.policies.permit("p", question -> question.category() != Category.WV);
            region.send(region.police(REPORT).to(Chain.ZC_ACHTERBLIJVER, SUPERVISION));
            var minimised = region.messages.all().getFirst().decisions().getFirst().minimised().orElseThrow();
            assertThat(minimised.omitted()).containsExactly("persoon/verblijf");
            assertThat(region.journal.entries().getFirst().record().facts()).containsEntry("receiver-1.omitted",
                    "persoon/verblijf");
        }
    }

    @Nested
    class Repeating {

        @Test
        void theSameMessageAgainGetsTheSameReceiptAndNothingElseHappens() {
            region.policies.permitEverything();
            var letter = region.police(REPORT).to(Chain.VEILIG_THUIS, SUPERVISION);
            var first = (Accepted) region.send(letter);
            region.time.advance(Duration.ofDays(1));

            var again = region.send(letter);

            assertThat(((Repeated) again).receipt()).isEqualTo(first.receipt());
            assertThat(region.receipts.issued()).hasSize(1);
            assertThat(region.deliveries.all()).hasSize(1);
            assertThat(region.journal.kinds()).containsExactly(Kind.ACCEPTED, Kind.REPEATED);
        }

        @Test
        void aRepeatedMessageIsNotJudgedAnew() {
            region.policies.permitEverything();
            var letter = region.police(REPORT).to(Chain.VEILIG_THUIS, SUPERVISION);
            region.send(letter);
            region.policies.replaced();
            region.close();
            assertThat(region.send(letter)).isInstanceOf(Repeated.class);
        }

        @Test
        void aMessageIdThatWasUsedForAnotherContentIsRefused() {
            region.policies.permitEverything();
            region.send(region.police(REPORT).to(Chain.VEILIG_THUIS, SUPERVISION));
            var other = region.police(REPORT).to(Chain.VEILIG_THUIS, SUPERVISION).saying(leaf("kern", "iets anders"),
                    about(HER, "persoon", leaf("letsel", "blauw oog")));
            assertRefused(region.send(other), Reason.MESSAGE_ID_REUSED);
            assertThat(region.journal.records(Kind.ALARM)).singleElement().satisfies(
                    record -> assertThat(record.facts()).containsEntry("alarm", "MESSAGE_ID_REUSED"));
            assertThat(region.messages.all()).hasSize(1);
            assertThat(region.deliveries.all()).hasSize(1);
        }

        @Test
        void twoSendersMayUseTheSameMessageId() {
            region.policies.permitEverything();
            region.send(region.police(REPORT).to(Chain.ZC_UHG, SUPERVISION));
            var other = Letter.from(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, REPORT).in(region.caseId)
                    .saying(aboutHer()).to(Chain.ZC_UHG, SUPERVISION);
            assertThat(region.send(other)).isInstanceOf(Accepted.class);
        }
    }

    @Nested
    class Refusing {

        @Test
        void aRefusedMessageLeavesNothingButItsAuditRecord() {
            var outcome = region.send(region.police(REPORT).to(Chain.VEILIG_THUIS, SUPERVISION));
            assertRefused(outcome, Reason.NO_GROUND);
            assertThat(region.messages.isEmpty()).as("not even the claim on its MessageID").isTrue();
            assertThat(region.deliveries.all()).isEmpty();
            assertThat(region.deliveries.woken()).isZero();
            assertThat(region.receipts.issued()).isEmpty();
            assertThat(region.journal.kinds()).containsExactly(Kind.REFUSED);
        }

        @Test
        void theRefusalNamesItsAuditRecordAndTheRecordSaysWhy() {
            var rejected = (Rejected) region.send(region.police(REPORT).to(Chain.VEILIG_THUIS, SUPERVISION));
            var record = region.journal.record(rejected.record().orElseThrow());
            assertThat(record.facts()).containsEntry("code", "KP-5112").containsEntry("type", "melding v1")
                    .containsEntry("sender-function", "POLITIE").containsEntry("receiver-1.oin",
                            Chain.SAFE_AT_HOME.value());
            assertThat(record.caseId()).contains(region.caseId.value());
        }

        @Test
        void aRefusedMessageMayBeSentAgainAndIsJudgedAnew() {
            var letter = region.police(REPORT).to(Chain.VEILIG_THUIS, SUPERVISION);
            assertThat(region.send(letter)).isInstanceOf(Rejected.class);
            region.policies.permitEverything();
            assertThat(region.send(letter)).isInstanceOf(Accepted.class);
        }

        @Test
        void aMessageThatDoesNotKeepItsSchemaIsRefusedAndAudited() {
            assertRefused(region.sendNonsense(Chain.POLICE), Reason.SCHEMA_INVALID);
            assertThat(region.journal.records(Kind.REFUSED)).singleElement()
                    .satisfies(record -> assertThat(record.sender()).contains(Chain.POLICE.value()));
        }

        @Test
        void anOrganisationThatIsNotConnectedIsRefused() {
            region.policies.permitEverything();
            var stranger = new Oin("00000099000000990000");
            assertRefused(region.send(region.police(REPORT).signedBy(stranger).to(Chain.VEILIG_THUIS, SUPERVISION)),
                    Reason.ORGANISATION_UNKNOWN);
        }

        @Test
        void anUnknownCaseAndACaseOfOthersAreRefusedAlike() {
            region.policies.permitEverything();
            var ofOthers = new CaseId(UUID.randomUUID());
            region.transaction.inOne(() -> new Keep<>(region.cases.create(new NewCase(ofOthers, "0363", "THV-2",
                    List.of(HIS), Region.persons(), Optional.empty(), region.time.now()))));
            var unknown = (Rejected) region.send(region.police(REPORT).in(new CaseId(UUID.randomUUID()))
                    .to(Chain.VEILIG_THUIS, SUPERVISION));
            var foreign = (Rejected) region.send(region.police(REPORT).in(ofOthers).to(Chain.VEILIG_THUIS,
                    SUPERVISION));
            assertThat(foreign.refusal()).isEqualTo(unknown.refusal()).isEqualTo(Refusal.of(Reason.CASE_UNKNOWN));
            assertThat(foreign.decisions()).isEqualTo(unknown.decisions()).isEmpty();
        }

        @Test
        void aFunctionTheSenderDoesNotHaveInTheCaseIsRefused() {
            region.policies.permitEverything();
            var letter = Letter.from(Chain.POLICE, Chain.VEILIG_THUIS, REPORT).in(region.caseId).saying(aboutHer())
                    .to(Chain.ZC_UHG, SUPERVISION);
            assertRefused(region.send(letter), Reason.SENDER_FUNCTION_NOT_ALLOWED);
        }

        @Test
        void aFunctionThatMayNotSendThisTypeIsRefused() {
            region.policies.permitEverything();
            var letter = Letter.from(Chain.PROBATION, Chain.ZC_UHG, REPORT).in(region.caseId).saying(aboutHer())
                    .to(Chain.VEILIG_THUIS, SUPERVISION);
            assertRefused(region.send(letter), Reason.SENDER_FUNCTION_NOT_ALLOWED);
        }

        @Test
        void aFunctionThatWasTakenAwayInTheRegisterNeitherSendsNorReceives() {
            region.policies.permitEverything();
            var letter = region.police(REPORT).to(Chain.ZC_UHG, SUPERVISION);
            region.partners.connect(Chain.PROBATION, Chain.ZC_ACHTERBLIJVER);
            assertRefused(region.send(letter), Reason.RECEIVER_NOT_IN_CASE);
            region.partners.connect(Chain.PROBATION, Chain.ZC_UHG).connect(Chain.POLICE, Chain.OM_FUNCTION);
            assertRefused(region.send(letter), Reason.SENDER_FUNCTION_NOT_ALLOWED);
            region.partners.connect(Chain.POLICE, Chain.POLITIE);
            assertThat(region.send(letter)).as("it has its function again").isInstanceOf(Accepted.class);
        }

        @Test
        void aPersonWhoIsNotInTheCaseIsRefused() {
            region.policies.permitEverything();
            var letter = region.police(REPORT).to(Chain.VEILIG_THUIS, SUPERVISION).saying(leaf("kern", "x"),
                    about(new PersonId("p9"), "persoon", leaf("letsel", "y")));
            assertRefused(region.send(letter), Reason.PERSON_UNKNOWN);
        }

        @Test
        void aPersonUnderAnotherRoleThanTheCaseKnowsIsRefused() {
            region.policies.permitEverything();
            var letter = region.police(REPORT).to(Chain.VEILIG_THUIS, SUPERVISION)
                    .about(new NamedPerson(HER, LEFT, Optional.empty(), Optional.empty(), Optional.empty()));
            assertRefused(region.send(letter), Reason.PERSON_UNKNOWN);
        }

        @Test
        void aPurposeThatDoesNotExistOrThatTheTypeDoesNotServeIsRefused() {
            region.policies.permitEverything();
            assertRefused(region.send(region.police(REPORT).to(Chain.VEILIG_THUIS,
                    new Purpose("VERZONNEN"))), Reason.PURPOSE_UNKNOWN);
            assertRefused(region.send(region.police(REPORT).to(Chain.VEILIG_THUIS, OTHER)),
                    Reason.PURPOSE_NOT_ALLOWED);
        }

        @Test
        void aReceiverWithoutAFunctionInTheCaseIsRefusedInTheWordsOfTheSender() {
            region.policies.permitEverything();
            var rejected = (Rejected) region.send(region.police(REPORT).to(Chain.OM, SUPERVISION));
            assertThat(rejected.refusal()).isEqualTo(Refusal.of(Reason.RECEIVER_NOT_IN_CASE));
            assertThat(rejected.decisions()).extracting(ReceiverDecision::addressed)
                    .containsExactly(new AsNamed(Optional.of(Chain.OM), Optional.empty()));
            assertThat(region.journal.entries().getLast().record().facts()).containsEntry("receiver-1.oin",
                    Chain.OM.value()).doesNotContainKey("receiver-1.function");
        }

        @Test
        void policiesThatFailRefuseWithTheirOwnCode() {
            region.policies.permitEverything().failFor(question -> true);
            assertThat(((Rejected) region.send(region.police(REPORT).to(Chain.VEILIG_THUIS, SUPERVISION))).refusal()
                    .code()).hasToString("KP-5111");
        }

        @Test
        void aPolicyThatFailsForOneKindOfDataRefusesTheReceiverAndSaysSoToTheOperator() {
            region.policies.permitEverything().failFor(question -> question.category() == Category.WV);

            var refused = region.send(region.police(REPORT).to(Chain.VEILIG_THUIS, SUPERVISION));

            assertRefused(refused, Reason.POLICY_ERROR);
            assertThat(region.journal.records(Kind.ALARM)).singleElement()
                    .satisfies(record -> assertThat(record.facts()).containsEntry("alarm", "POLICY_FAILED"));
        }

        @Test
        void whoseReceiverNoPolicyFailedForGetsItAllTheSame() {
            region.policies.permitEverything().failFor(question -> question.category() == Category.WV
                    && question.receiverFunction().equals(Chain.VEILIG_THUIS.code()));

            region.send(region.police(REPORT).to(Chain.VEILIG_THUIS, SUPERVISION).to(Chain.ZC_UHG, SUPERVISION));

            assertThat(region.deliveries.all()).extracting(row -> row.lane().function())
                    .containsExactly(Chain.ZC_UHG);
            assertThat(region.messages.all().getFirst().decisions()).filteredOn(decision -> !decision.permits())
                    .singleElement().satisfies(decision -> assertThat(decision.refusal().orElseThrow().code())
                            .isEqualTo(Reason.POLICY_ERROR.code()));
            assertThat(region.journal.records(Kind.ALARM)).hasSize(1);
        }

        @Test
        void whatNeedsConsentSaysSo() {
            region.policies.permit("p", question -> question.facts().consent());
            var rejected = (Rejected) region.send(region.police(REPORT).to(Chain.ZC_UHG, HELP).saying(
                    leaf("kern", "x"), about(HER, "persoon", leaf("letsel", "y"))));
            assertThat(rejected.decisions().getFirst().outcome()).isEqualTo(DecisionOutcome.NEEDS_CONSENT);
        }
    }

    @Nested
    class WhenSomethingFails {

        @Test
        void ifTheAuditRecordCannotBeWrittenNothingIsAccepted() {
            region.policies.permitEverything();
            region.journal.fails();
            var letter = region.police(REPORT).to(Chain.VEILIG_THUIS, SUPERVISION);
            assertThatIllegalStateException().isThrownBy(() -> region.send(letter));
            assertNothingIsStored();
        }

        @Test
        void ifTheDatabaseDoesNotCommitNothingIsAcceptedAndNobodyIsWoken() {
            region.policies.permitEverything();
            region.transaction.databaseIsGone();
            var letter = region.police(REPORT).to(Chain.VEILIG_THUIS, SUPERVISION);
            assertThatExceptionOfType(StoreUnavailable.class).isThrownBy(() -> region.send(letter));
            assertNothingIsStored();
            region.transaction.databaseIsBack();
            assertThat(region.send(letter)).as("the same message later").isInstanceOf(Accepted.class);
        }

        private void assertNothingIsStored() {
            assertThat(region.messages.isEmpty()).isTrue();
            assertThat(region.deliveries.all()).isEmpty();
            assertThat(region.journal.entries()).isEmpty();
            assertThat(region.deliveries.woken()).isZero();
        }
    }

    @Nested
    class SeveralReceivers {

        private final Letter toBoth = region.police(REPORT).to(PartnerFunction.ZORGCOORDINATIE, SUPERVISION);

        @Test
        void onePermittedReceiverIsEnoughForAReceiptThatNamesEveryOutcome() {
            region.policies.permit("p", question -> question.receiverFunction().equals("ZC_ACHTERBLIJVER"));
            assertThat(region.send(toBoth)).isInstanceOf(Accepted.class);
            assertThat(region.deliveries.all()).extracting(row -> row.lane().receiver())
                    .containsExactly(Chain.BLIJF);
            assertThat(region.receipts.issued().getFirst().decisions()).extracting(ReceiverDecision::outcome)
                    .containsExactlyInAnyOrder(DecisionOutcome.PERMIT, DecisionOutcome.DENY);
        }

        @Test
        void allOrNothingRefusesTheWholeForOneRefusedReceiver() {
            region.policies.permit("p", question -> question.receiverFunction().equals("ZC_ACHTERBLIJVER"));
            var rejected = (Rejected) region.send(toBoth.allOrNothing());
            assertThat(rejected.refusal()).isEqualTo(Refusal.of(Reason.ALL_OR_NOTHING));
            assertThat(rejected.decisions()).hasSize(2);
            assertThat(region.messages.isEmpty()).isTrue();
            assertThat(region.deliveries.all()).isEmpty();
        }

        @Test
        void allOrNothingPassesWhenAllArePermitted() {
            region.policies.permitEverything();
            assertThat(region.send(toBoth.allOrNothing())).isInstanceOf(Accepted.class);
        }

        @Test
        void eachReceiverIsDecidedOnForItsOwnPurpose() {
            region.policies.permit("p", question -> question.facts().purpose().equals("HULPVERLENING"));
            region.send(region.police(REPORT).to(Chain.ZC_ACHTERBLIJVER, HELP).to(Chain.ZC_UHG, SUPERVISION));
            assertThat(region.deliveries.all()).extracting(row -> row.delivery().purpose()).containsExactly(HELP);
        }
    }

    @Nested
    class Consent {

        private final UUID consent = UUID.randomUUID();

        @Test
        void withConsentThePartItCoversIsGiven() {
            permitWithConsent();
            register();
            assertThat(region.send(letter())).isInstanceOf(Accepted.class);
        }

        @Test
        void aConsentThatIsWithdrawnWhileTheMessageIsValidatedStopsIt() {
            permitWithConsent();
            register();
            region.written.meanwhile(() -> region.transaction.inOne(() -> new Keep<>(
                    region.consents.withdraw(region.caseId, consent, false, region.time.now()))));
            assertRefused(region.send(letter()), Reason.NEEDS_CONSENT);
            assertThat(region.deliveries.all()).isEmpty();
        }

        private void permitWithConsent() {
            region.policies.permit("kern", question -> question.subject().equals("NIEMAND")).permit("toestemming",
                    question -> question.facts().consent());
        }

        private Letter letter() {
            return region.police(REPORT).to(Chain.ZC_UHG, HELP).saying(leaf("kern", "x"),
                    about(HER, "persoon", leaf("letsel", "y")));
        }

        private void register() {
            region.transaction.inOne(() -> {
                region.consents.register(consent,
                        new RegisterConsent(region.caseId, Chain.VEILIG_THUIS, HER, RegisterConsent.Giver.BETROKKENE,
                                HELP, Chain.any(Chain.POLITIE), Chain.any(Chain.ZC_UHG), Set.of(Category.H),
                                region.time.now(), region.time.now().plusSeconds(3600),
                                RegisterConsent.Framework.VRIJWILLIG, "nl", false, RegisterConsent.Form.MONDELING,
                                Optional.empty(), false),
                        SAFE_AT_HOME, region.time.now());
                return new Keep<>(true);
            });
        }
    }

    @Nested
    class OpeningACase {

        private final Letter opening = Letter.from(Chain.POLICE, Chain.POLITIE, Region.OPENING)
                .about(person(HER, STAYS)).about(person(HIM, LEFT)).to(Chain.VEILIG_THUIS, SUPERVISION);

        @Test
        void theGatewayIssuesANumberAndTheRouteGivesTheParties() {
            region.policies.permitEverything();
            region.send(says("0363", "THV-9"));
            var receipt = region.receipts.issued().getFirst();
            var file = region.cases.read(receipt.caseId()).orElseThrow();
            assertThat(file.parties()).containsExactlyInAnyOrderElementsOf(Region.parties());
            assertThat(file.regie()).contains(SAFE_AT_HOME);
            assertThat(file.roleOf(HIM)).contains(LEFT);
            assertThat(file.phase()).isEqualTo(Phase.OPEN);
        }

        @Test
        void aSecondCaseForTheSameDecisionIsRefused() {
            region.policies.permitEverything();
            assertRefused(region.send(says("0363", "THV-1")), Reason.CASE_EXISTS);
        }

        @Test
        void aMunicipalityWithoutARouteIsRefused() {
            region.policies.permitEverything();
            assertRefused(region.send(says("9999", "THV-1")), Reason.ROUTE_MISSING);
            assertRefused(region.send(says("9999", "THV-1", participant(Chain.POLICE, Chain.POLITIE))),
                    Reason.ROUTE_MISSING);
        }

        @Test
        void aParticipantThatTheOpeningNamesTakesThePlaceOfTheOneInTheRoute() {
            region.policies.permitEverything();
            region.partners.connect(Chain.GGZ, Chain.GGZ_FUNCTION, Chain.ZC_UHG);
            region.send(says("0363", "THV-9", participant(Chain.GGZ, Chain.ZC_UHG)));
            var file = region.cases.read(region.receipts.issued().getFirst().caseId()).orElseThrow();
            assertThat(file.withFunction(Chain.ZC_UHG)).containsExactly(
                    new Party(Chain.GGZ, Chain.ZC_UHG, Set.of(LEFT)));
        }

        @Test
        void aParticipantIsRegisteredInTheFunctionThatTheMessageGivesHim() {
            region.policies.permitEverything();
            assertRefused(region.send(says("0363", "THV-9", participant(Chain.GGZ, Chain.ZC_UHG))),
                    Reason.PARTICIPANT_NOT_REGISTERED);
            region.partners.connect(Chain.GGZ, Chain.ZC_UHG).end(Chain.GGZ);
            assertRefused(region.send(says("0363", "THV-9", participant(Chain.GGZ, Chain.ZC_UHG))),
                    Reason.PARTICIPANT_NOT_REGISTERED);
            assertThat(region.send(says("0363", "THV-9"))).as("no case was left behind").isInstanceOf(Accepted.class);
        }

        @Test
        void twoParticipantsOfOneFunctionBothTakeThePlaceOfTheOneInTheRoute() {
            region.policies.permitEverything();
            region.partners.connect(Chain.GGZ, Chain.ZC_UHG).connect(Chain.OM, Chain.ZC_UHG);
            region.send(opening.saying(leaf("kern", "x"), leaf("gemeente", "0363"), leaf("besluit", "THV-9"),
                    about(HER, "persoon", leaf("letsel", "y")), participant(Chain.GGZ, Chain.ZC_UHG),
                    participant(Chain.OM, Chain.ZC_UHG)));
            var file = region.cases.read(region.receipts.issued().getFirst().caseId()).orElseThrow();
            assertThat(file.withFunction(Chain.ZC_UHG)).containsExactlyInAnyOrder(
                    new Party(Chain.GGZ, Chain.ZC_UHG, Set.of(LEFT)), new Party(Chain.OM, Chain.ZC_UHG, Set.of(LEFT)));
        }

        @Test
        void helpIsNotNamedByADecision() {
            region.policies.permitEverything();
            assertRefused(region.send(says("0363", "THV-9", participant(Chain.GGZ, Chain.GGZ_FUNCTION))),
                    Reason.PARTICIPANT_NOT_IN_ROUTE);
            assertRefused(region.send(region.police(DECISION).to(Chain.VEILIG_THUIS, SUPERVISION).saying(
                    leaf("kern", "x"), leaf("soort", "VERLENGING"), about(HER, "persoon", leaf("letsel", "y")),
                    participant(Chain.GGZ, Chain.GGZ_FUNCTION))), Reason.PARTICIPANT_NOT_IN_ROUTE);
            assertThat(region.file().involves(Chain.GGZ)).isFalse();
        }

        @Test
        void aParticipantNamedLaterServesWhomTheRouteSays() {
            region.policies.permitEverything();
            region.partners.connect(Region.WHEN_NAMED.oin(), Region.WHEN_NAMED.function());
            assertThat(region.send(region.police(DECISION).to(Chain.VEILIG_THUIS, SUPERVISION).saying(
                    leaf("kern", "x"), leaf("soort", "VERLENGING"), about(HER, "persoon", leaf("letsel", "y")),
                    participant(Region.WHEN_NAMED.oin(), Region.WHEN_NAMED.function()))))
                    .isInstanceOf(Accepted.class);
            assertThat(region.file().withFunction(Region.WHEN_NAMED.function())).containsExactly(Region.WHEN_NAMED);
        }

        @Test
        void nobodyOpensACaseInAFunctionThatOnlyHisOwnMessageGivesHim() {
            region.policies.permitEverything();
            var ofTheGgz = Letter.from(Chain.GGZ, Chain.POLITIE, Region.OPENING).about(person(HER, STAYS))
                    .to(Chain.VEILIG_THUIS, SUPERVISION);
            for (var decision : List.of("THV-1", "THV-9")) {
                assertRefused(region.send(ofTheGgz.saying(leaf("kern", "x"), leaf("gemeente", "0363"),
                        leaf("besluit", decision), participant(Chain.GGZ, Chain.POLITIE))),
                        Reason.SENDER_FUNCTION_NOT_ALLOWED);
            }
        }

        @Test
        void aRefusedOpeningLeavesNoCaseBehind() {
            assertRefused(region.send(says("0363", "THV-9")), Reason.NO_GROUND);
            region.policies.permitEverything();
            assertThat(region.send(says("0363", "THV-9"))).as("the same decision number is still free")
                    .isInstanceOf(Accepted.class);
        }

        @Test
        void aMessageThatMayNotOpenACaseNeedsOne() {
            region.policies.permitEverything();
            assertRefused(region.send(Letter.from(Chain.POLICE, Chain.POLITIE, REPORT).saying(aboutHer())
                    .to(Chain.VEILIG_THUIS, SUPERVISION)), Reason.CASE_REQUIRED);
        }

        private Letter says(String municipality, String decision) {
            return opening.saying(leaf("kern", "x"), leaf("gemeente", municipality), leaf("besluit", decision),
                    about(HER, "persoon", leaf("letsel", "y")));
        }

        private Letter says(String municipality, String decision, Node participant) {
            return opening.saying(leaf("kern", "x"), leaf("gemeente", municipality), leaf("besluit", decision),
                    about(HER, "persoon", leaf("letsel", "y")), participant);
        }

        private static Node participant(Oin oin, PartnerFunction function) {
            return branch("deelnemer", leaf("functie", function.code()), leaf("oin", oin.value()));
        }

        private static NamedPerson person(PersonId id, PersonRole role) {
            return new NamedPerson(id, role, Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    @Nested
    class References {

        @Test
        void aTypeThatAlwaysRefersIsRefusedWithoutAReference() {
            region.policies.permitEverything();
            assertRefused(region.send(region.police(REPLY).to(Chain.VEILIG_THUIS, SUPERVISION)),
                    Reason.REFERENCE_REQUIRED);
        }

        @Test
        void aReferenceToNothingOrToAnotherTypeIsRefused() {
            region.policies.permitEverything();
            var reply = region.police(REPLY).as("antwoord").to(Chain.VEILIG_THUIS, SUPERVISION);
            assertRefused(region.send(reply.referringTo(new MessageId("urn:uuid:nooit"))), Reason.REFERENCE_UNKNOWN);
            var report = region.police(REPORT).to(Chain.VEILIG_THUIS, SUPERVISION);
            region.send(report);
            assertRefused(region.send(reply.referringTo(report.id())), Reason.REFERENCE_UNKNOWN);
        }

        @Test
        void aReferenceToAMessageOfAnotherCaseIsRefused() {
            region.policies.permitEverything();
            var otherCase = new CaseId(UUID.randomUUID());
            region.transaction.inOne(() -> new Keep<>(region.cases.create(new NewCase(otherCase, "0363", "THV-2",
                    Region.parties(), Region.persons(), Optional.empty(), region.time.now()))));
            var request = region.police(REQUEST).in(otherCase).to(Chain.VEILIG_THUIS, SUPERVISION);
            assertThat(region.send(request)).isInstanceOf(Accepted.class);
            assertRefused(region.send(region.police(REPLY).as("antwoord").referringTo(request.id())
                    .to(Chain.VEILIG_THUIS, SUPERVISION)), Reason.REFERENCE_UNKNOWN);
        }
    }

    @Nested
    class Answers {

        private final Letter question = Letter.from(Chain.BLIJF, Chain.ZC_ACHTERBLIJVER, REQUEST).as("vraag")
                .in(region.caseId).saying(aboutHer()).to(Chain.GGZ, HELP);

        @Test
        void anAnswerGoesToWhoAskedAndNobodyElse() {
            region.policies.permitEverything();
            region.send(question);

            assertRefused(region.send(answer().to(Chain.ZC_UHG, HELP)), Reason.RECEIVER_NOT_IN_CASE);
            assertThat(region.send(answer().to(PartnerFunction.ZORGCOORDINATIE, HELP))).isInstanceOf(Accepted.class);

            assertThat(region.deliveriesTo(HERS)).hasSize(1);
            assertThat(region.deliveriesTo(HIS)).isEmpty();
        }

        @Test
        void itGoesToTheSuccessorOfWhoAskedAndHasHisFunctionNoMore() {
            region.policies.permitEverything();
            var successor = new Party(Chain.OM, Chain.ZC_ACHTERBLIJVER, Set.of(STAYS));
            region.partners.connect(Chain.OM, Chain.ZC_ACHTERBLIJVER)
                    .mailbox(Chain.OM, Chain.ZC_ACHTERBLIJVER, Separation.ofItsOwn());
            region.transaction.inOne(() -> {
                region.cases.addParty(region.caseId, successor, region.time.now());
                return new Keep<>(true);
            });
            region.send(question);
            region.send(answer().to(Chain.ZC_ACHTERBLIJVER, HELP));
            assertThat(region.deliveriesTo(successor)).as("she who asked is still there").isEmpty();

            region.partners.connect(Chain.BLIJF);
            region.send(answer().as("antwoord-2").to(Chain.OM, HELP));
            assertThat(region.deliveriesTo(successor)).hasSize(1);
        }

        @Test
        void whoNeitherSentNorReceivedAMessageCannotReferToIt() {
            region.policies.permitEverything();
            region.send(region.police(REPORT).as("melding").to(Chain.ZC_UHG, SUPERVISION));
            var later = Letter.from(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, REPORT).as("later").in(region.caseId)
                    .saying(aboutHer()).referringTo(new MessageId("urn:uuid:melding"))
                    .to(Chain.ZC_ACHTERBLIJVER, SUPERVISION);
            assertRefused(region.send(later), Reason.REFERENCE_UNKNOWN);
            assertThat(region.send(region.police(REPORT).as("vervolg").referringTo(new MessageId("urn:uuid:melding"))
                    .to(Chain.ZC_UHG, SUPERVISION))).isInstanceOf(Accepted.class);
        }

        @Test
        void whoWasRefusedAMessageCannotReferToItEither() {
            region.policies.permit("niet", question -> !question.receiverFunction().equals("VEILIG_THUIS"));
            region.send(region.police(REPORT).as("melding").to(Chain.ZC_UHG, SUPERVISION)
                    .to(Chain.VEILIG_THUIS, SUPERVISION));
            assertRefused(region.send(Letter.from(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, REPORT).as("later")
                    .in(region.caseId).saying(aboutHer()).referringTo(new MessageId("urn:uuid:melding"))
                    .to(Chain.ZC_ACHTERBLIJVER, SUPERVISION)), Reason.REFERENCE_UNKNOWN);
        }

        @Test
        void anAnswerThatMayBeOneToEitherOfTwoGoesToNeither() {
            region.policies.permitEverything();
            region.send(question.to(Chain.VEILIG_THUIS, HELP));
            region.send(region.police(REQUEST).as("vraag").to(Chain.VEILIG_THUIS, HELP));
            assertRefused(region.send(Letter.from(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, REPLY).as("antwoord")
                    .in(region.caseId).saying(aboutHer()).referringTo(question.id()).to(Chain.ZC_ACHTERBLIJVER, HELP)),
                    Reason.REFERENCE_UNKNOWN);
        }

        private Letter answer() {
            return Letter.from(Chain.GGZ, Chain.GGZ_FUNCTION, REPLY).as("antwoord").in(region.caseId)
                    .saying(aboutHer()).referringTo(question.id());
        }
    }

    @Nested
    class PartiesByRequest {

        private final Letter request = region.police(REQUEST).as("verzoek").to(Chain.GGZ, HELP);

        @Test
        void aPermittedRequestBringsTheOrganisationIntoTheCaseForThatRequestAndPerson() {
            region.policies.permitEverything();
            region.send(request);
            assertThat(region.deliveriesTo(new Party(Chain.GGZ, Chain.GGZ_FUNCTION, Set.of()))).hasSize(1);
            assertThat(region.file().partyAnswering(Chain.GGZ, Chain.GGZ_FUNCTION, request.id()))
                    .contains(new Party(Chain.GGZ, Chain.GGZ_FUNCTION, Set.of(STAYS)));
            assertThat(region.file().participates(Chain.GGZ)).isFalse();
        }

        @Test
        void aRefusedRequestBringsNobodyIn() {
            region.send(request);
            assertThat(region.file().involves(Chain.GGZ)).isFalse();
        }

        @Test
        void anOrganisationThatMayNotHaveTheFunctionIsNotBroughtIn() {
            region.policies.permitEverything();
            assertRefused(region.send(region.police(REQUEST).to(Chain.OM, HELP)), Reason.RECEIVER_NOT_IN_CASE);
        }

        @Test
        void itMayAnswerThatRequest() {
            region.policies.permitEverything();
            region.send(request);
            assertThat(region.send(reply(request.id()))).isInstanceOf(Accepted.class);
        }

        @Test
        void itMayNotAnswerAnotherRequestNorWriteOfItself() {
            region.policies.permitEverything();
            region.send(request);
            var toOthers = region.police(REQUEST).as("ander-verzoek").to(Chain.VEILIG_THUIS, HELP);
            region.send(toOthers);
            assertRefused(region.send(reply(toOthers.id())), Reason.SENDER_FUNCTION_NOT_ALLOWED);
            assertRefused(region.send(Letter.from(Chain.GGZ, Chain.GGZ_FUNCTION, REPLY).as("los").in(region.caseId)
                    .saying(aboutHer()).to(Chain.POLITIE, HELP)), Reason.SENDER_FUNCTION_NOT_ALLOWED);
        }

        @Test
        void itGetsNothingElseOfTheCase() {
            region.policies.permitEverything();
            region.send(request);
            assertRefused(region.send(region.police(REPORT).as("melding").to(Chain.GGZ, HELP)),
                    Reason.RECEIVER_NOT_IN_CASE);
        }

        @Test
        void theProtectionOfAPersonHoldsAgainstAnOrganisationBroughtInForAnother() {
            region.policies.permitEverything().forbid("verblijf", 5201, true,
                    question -> question.category() == Category.WV && question.facts().servesThreat());
            region.transaction.inOne(() -> {
                region.cases.protect(region.caseId, List.of(new ProtectedFrom(HER, HIM, region.time.now())));
                return new Keep<>(true);
            });
            region.send(region.police(REQUEST).as("verzoek").to(Chain.GGZ, HELP).saying(leaf("kern", "x"),
                    about(HIM, "persoon", leaf("letsel", "y")), about(HER, "persoon", leaf("verblijf", "z"))));
            assertThat(region.messages.all().getFirst().decisions().getFirst().minimised().orElseThrow().content()
                    .values("persoon/verblijf")).isEmpty();
        }

        @Test
        void aTeamThatHelpsHimDoesNotGetHerHealthByASecondRequest() {
            nobodyWhoServesTheOtherSideGetsHealth();
            region.send(request(HIS, HIM).as("over-hem"));
            region.send(request(HERS, HER).as("over-haar"));
            assertThat(region.messages.all()).extracting(kept -> kept.decisions().getFirst().minimised().orElseThrow()
                    .content().values("persoon/letsel")).containsExactly(List.of("y"), List.of());
        }

        @Test
        void norDoesASecondRequestGiveItWhatWaitsForItSinceTheFirst() {
            nobodyWhoServesTheOtherSideGetsHealth();
            region.send(request(HERS, HER).as("over-haar"));
            region.send(request(HIS, HIM).as("over-hem"));
            assertThat(region.messages.all().getFirst().decisions().getFirst().minimised().orElseThrow().content()
                    .values("persoon/letsel")).as("before he was helped there").containsExactly("y");
            var fetched = region.fetch(new Party(Chain.GGZ, Chain.GGZ_FUNCTION, Set.of()), 10);
            assertThat(fetched.deliveries()).hasSize(2)
                    .allSatisfy(delivery -> assertThat(new String(delivery, UTF_8)).doesNotContain("letsel"));
        }

        @Test
        void aTeamThatTookOverRegieServesWhomALaterRequestIsAboutToo() {
            nobodyWhoServesTheOtherSideGetsHealth();
            region.send(request(HERS, HER).as("over-haar"));
            region.send(Letter.from(Chain.GGZ, Chain.GGZ_FUNCTION, Region.TAKEOVER).as("overname").in(region.caseId)
                    .saying(leaf("kern", "x")).to(Chain.VEILIG_THUIS, SUPERVISION));
            assertThat(region.file().party(Chain.GGZ, Chain.GGZ_FUNCTION)).as("it is a party now").isPresent();
            region.send(request(HIS, HIM).as("over-hem"));
            region.send(request(HERS, HER).as("weer-over-haar"));
            assertThat(region.messages.all().getLast().decisions()).singleElement().satisfies(decision -> assertThat(
                    decision.minimised().orElseThrow().content().values("persoon/letsel")).isEmpty());
            var fetched = region.fetch(new Party(Chain.GGZ, Chain.GGZ_FUNCTION, Set.of()), 10);
            assertThat(fetched.deliveries())
                    .allSatisfy(delivery -> assertThat(new String(delivery, UTF_8)).doesNotContain("letsel"));
        }

        @Test
        void whoServesTheOneWhoWasBannedMakesNobodyTheHelperOfTheOneWhoStaysByNamingHer() {
            region.policies.permitEverything();
            region.send(request(HIS, HIM).as("over-beiden").saying(leaf("kern", "x"),
                    about(HIM, "persoon", leaf("letsel", "y")), about(HER, "persoon", leaf("letsel", "z"))));
            assertThat(region.file().asked(Chain.GGZ, Chain.GGZ_FUNCTION))
                    .contains(new Party(Chain.GGZ, Chain.GGZ_FUNCTION, Set.of(LEFT)));
        }

        @Test
        void anOrganisationIsNotBroughtInTwiceUnderOneMessageId() {
            region.policies.permitEverything();
            region.send(request(HIS, HIM).as("zelfde"));
            assertRefused(region.send(request(HERS, HER).as("zelfde")), Reason.RECEIVER_NOT_IN_CASE);
        }

        private void nobodyWhoServesTheOtherSideGetsHealth() {
            region.policies.permitEverything().forbid("andere-kant", 5208, true,
                    question -> question.category() == Category.H && question.serves()
                            .contains(question.subject().equals(STAYS.code()) ? LEFT.code() : STAYS.code()));
        }

        private Letter request(Party asker, PersonId person) {
            return Letter.from(asker.oin(), asker.function(), REQUEST).in(region.caseId)
                    .saying(leaf("kern", "x"),
                            about(person, "persoon", leaf("letsel", "y"), leaf("verblijf", "z")))
                    .to(Chain.GGZ, HELP);
        }

        private Letter reply(MessageId to) {
            return Letter.from(Chain.GGZ, Chain.GGZ_FUNCTION, REPLY).as("antwoord").in(region.caseId)
                    .saying(aboutHer()).referringTo(to).to(Chain.POLITIE, HELP);
        }
    }

    @Nested
    class EffectsOnTheCase {

        @Test
        void aMessageCannotOutrunTheProtectionItBrings() {
            region.policies.permitEverything().forbid("verblijf", 5201, true,
                    question -> question.category() == Category.WV && question.facts().servesThreat());
            region.send(region.police(DECISION).to(Chain.ZC_UHG, SUPERVISION).to(Chain.ZC_ACHTERBLIJVER, SUPERVISION)
                    .saying(leaf("kern", "x"), leaf("soort", "BESLUIT"),
                            about(HER, "bescherming", leaf("tegen", "p2"), leaf("sinds", "2026-07-15T10:00:00Z")),
                            about(HER, "persoon", leaf("letsel", "y"), leaf("verblijf", "bij haar zus"))));
            var decisions = region.messages.all().getFirst().decisions();
            assertThat(of(decisions, HIS).minimised().orElseThrow().content().values("persoon/verblijf")).isEmpty();
            assertThat(of(decisions, HERS).minimised().orElseThrow().content().values("persoon/verblijf"))
                    .containsExactly("bij haar zus");
            assertThat(region.file().protections()).extracting(ProtectedFrom::who).containsExactly(HER);
        }

        @Test
        void aProtectionOfARefusedMessageIsUndone() {
            region.send(region.police(DECISION).to(Chain.ZC_UHG, SUPERVISION).saying(leaf("kern", "x"),
                    leaf("soort", "BESLUIT"),
                    about(HER, "bescherming", leaf("tegen", "p2"), leaf("sinds", "2026-07-15T10:00:00Z"))));
            assertThat(region.file().protections()).isEmpty();
        }

        @Test
        void aProtectionFromSomebodyOutsideTheCaseIsRefused() {
            region.policies.permitEverything();
            assertRefused(region.send(region.police(DECISION).to(Chain.ZC_UHG, SUPERVISION).saying(leaf("kern", "x"),
                    leaf("soort", "BESLUIT"),
                    about(HER, "bescherming", leaf("tegen", "p9"), leaf("sinds", "2026-07-15T10:00:00Z")))),
                    Reason.PERSON_UNKNOWN);
        }

        @Test
        void thePhaseFollowsTheValueOfTheMessageAndTheMessageKeepsThePhaseItCameIn() {
            region.policies.permitEverything();
            region.send(region.police(DECISION).to(Chain.VEILIG_THUIS, SUPERVISION).saying(leaf("kern", "x"),
                    leaf("soort", "VERLENGING"), about(HER, "persoon", leaf("letsel", "y"))));
            assertThat(region.file().phase()).isEqualTo(Phase.VERLENGD);
            assertThat(region.messages.all().getFirst().phase()).isEqualTo(Phase.OPEN);
        }

        @Test
        void aValueThatNamesNoPhaseLeavesItAsItIs() {
            region.policies.permitEverything();
            region.send(region.police(DECISION).to(Chain.VEILIG_THUIS, SUPERVISION).saying(leaf("kern", "x"),
                    leaf("soort", "BESLUIT"), about(HER, "persoon", leaf("letsel", "y"))));
            assertThat(region.file().phase()).isEqualTo(Phase.OPEN);
        }

        @Test
        void aMessageBringsIntoTheCaseOnlyPersonsOfTheRolesItsTypeNames() {
            region.policies.permitEverything();
            var neighbour = new PersonId("p3");
            var letter = region.police(Region.NETWORK).to(Chain.VEILIG_THUIS, SUPERVISION).saying(leaf("kern", "x"),
                    about(neighbour, "persoon", leaf("letsel", "y")));
            assertRefused(region.send(letter), Reason.PERSON_UNKNOWN);
            letter.about(new NamedPerson(neighbour, LEFT, Optional.empty(), Optional.empty(), Optional.empty()));
            assertRefused(region.send(letter), Reason.PERSON_UNKNOWN);
            assertThat(region.file().persons()).hasSize(2);
        }

        @Test
        void aPersonWhoCameInIsThereForLaterMessagesAndARefusalUndoesIt() {
            var neighbour = new PersonId("p3");
            var network = new PersonRole("NETWERKPERSOON");
            var letter = region.police(Region.NETWORK).to(Chain.VEILIG_THUIS, SUPERVISION)
                    .about(new NamedPerson(neighbour, network, Optional.empty(), Optional.empty(), Optional.empty()))
                    .saying(leaf("kern", "x"), about(neighbour, "persoon", leaf("letsel", "y")));
            assertRefused(region.send(letter), Reason.NO_GROUND);
            assertThat(region.file().roleOf(neighbour)).isEmpty();
            region.policies.permitEverything();
            assertThat(region.send(letter)).isInstanceOf(Accepted.class);
            assertThat(region.file().roleOf(neighbour)).contains(network);
        }

        @Test
        void whoTakesOverHoldsRegie() {
            region.policies.permitEverything();
            region.send(region.police(Region.TAKEOVER).to(Chain.VEILIG_THUIS, SUPERVISION));
            assertThat(region.file().regie()).contains(POLICE);
        }

        @Test
        void aClosingMessageClosesAndNamesWhoHoldsRegieLast() {
            region.policies.permitEverything();
            region.send(closing(leaf("regie", "ZC_ACHTERBLIJVER")));
            assertThat(region.file().closed()).isTrue();
            assertThat(region.file().regie()).contains(HERS);
            assertThat(region.journal.records(Kind.ALARM)).isEmpty();
        }

        @Test
        void aCaseThatClosesWhileNobodyTakesOverIsAnAlarmAndTheLastHolderStaysTheLast() {
            region.policies.permitEverything();
            assertThat(region.send(closing())).isInstanceOf(Accepted.class);
            assertNobodyTookOver();
        }

        @Test
        void aCaseThatIsLeftToSomebodyWhoHasNoPartInItIsAnAlarm() {
            region.policies.permitEverything();
            region.send(closing(leaf("regie", "GGZ"), leaf("organisatie", Chain.GGZ.value())));
            assertNobodyTookOver();
        }

        @Test
        void aFunctionThatTwoPartiesHaveIsLeftToNeitherOfThem() {
            region.policies.permitEverything();
            region.transaction.inOne(() -> {
                region.cases.addParty(region.caseId, new Party(Chain.GGZ, Chain.ZC_ACHTERBLIJVER, Set.of(STAYS)),
                        region.time.now());
                return new Keep<>(true);
            });
            region.send(closing(leaf("regie", "ZC_ACHTERBLIJVER")));
            assertNobodyTookOver();
        }

        private void assertNobodyTookOver() {
            assertThat(region.file().closed()).isTrue();
            assertThat(region.file().regie()).contains(SAFE_AT_HOME);
            assertThat(region.journal.records(Kind.ALARM)).singleElement().satisfies(record -> {
                assertThat(record.facts()).containsEntry("alarm", "REGIE_NOT_TAKEN_OVER");
                assertThat(record.caseId()).contains(region.caseId.value());
            });
        }

        private Letter closing(Node... regie) {
            return region.police(Region.CLOSING).as("sluiting").to(Chain.VEILIG_THUIS, SUPERVISION)
                    .saying(Stream.concat(Stream.of(leaf("kern", "x"), about(HER, "persoon", leaf("letsel", "y"))),
                            Stream.of(regie)).toArray(Node[]::new));
        }

        private static ReceiverDecision of(List<ReceiverDecision> decisions, Party receiver) {
            return decisions.stream().filter(decision -> decision.receiver().equals(receiver)).findFirst()
                    .orElseThrow();
        }
    }

    @Nested
    class RegieOfWhoWasAsked {

        private static final Party ASKED = new Party(Chain.GGZ, Chain.GGZ_FUNCTION, Set.of(STAYS, LEFT));

        private final Letter aboutHer = region.police(REQUEST).as("over-haar").to(Chain.GGZ, HELP);
        private final Letter aboutHim = region.police(REQUEST).as("over-hem").to(Chain.GGZ, HELP)
                .saying(leaf("kern", "x"), about(HIM, "persoon", leaf("letsel", "y")));
        private final Letter takeover = Letter.from(Chain.GGZ, Chain.GGZ_FUNCTION, Region.TAKEOVER).as("overname")
                .in(region.caseId).saying(aboutHer()).to(Chain.ZC_ACHTERBLIJVER, HELP);

        RegieOfWhoWasAsked() {
            region.policies.permitEverything();
        }

        @Test
        void whoWasAskedTakesOverOfItsOwnAccordAndHoldsRegie() {
            region.send(aboutHer);
            region.send(aboutHim);
            assertThat(region.send(takeover)).isInstanceOf(Accepted.class);
            assertHoldsRegie();
        }

        @Test
        void whoRefersToOneRequestServesWhomTheOthersAreAboutToo() {
            region.send(aboutHer);
            region.send(aboutHim);
            region.send(takeover.referringTo(aboutHer.id()));
            assertHoldsRegie();
        }

        @Test
        void whoServesOnlyWhoWasBannedTakesOverAndThatIsAnAlarm() {
            region.send(aboutHim);
            assertThat(region.send(takeover.saying(leaf("kern", "x"), about(HIM, "persoon", leaf("letsel", "y")))))
                    .isInstanceOf(Accepted.class);
            assertThat(region.file().regie()).contains(new Party(Chain.GGZ, Chain.GGZ_FUNCTION, Set.of(LEFT)));
            assertThat(region.journal.records(Kind.ALARM)).singleElement().satisfies(record -> {
                assertThat(record.facts()).containsEntry("alarm", "REGIE_WITHOUT_ACHTERBLIJVER");
                assertThat(record.caseId()).contains(region.caseId.value());
            });
        }

        @Test
        void whoWasAskedAboutHerSinceServesHerToo() {
            region.send(aboutHim);
            region.send(takeover.saying(leaf("kern", "x"), about(HIM, "persoon", leaf("letsel", "y"))));
            region.send(aboutHer);
            assertThat(region.send(takeover.as("overname-opnieuw"))).isInstanceOf(Accepted.class);
            assertThat(region.journal.records(Kind.ALARM)).as("one for the first time").hasSize(1);
        }

        @Test
        void regieIsNotTakenForLater() {
            region.send(aboutHer);
            var tomorrow = leaf("sinds", region.time.now().plus(Duration.ofDays(1)).toString());
            assertRefused(region.send(takeover.saying(leaf("kern", "x"), tomorrow,
                    about(HER, "persoon", leaf("letsel", "y")))), Reason.REGIE_TAKEN_LATER);
            assertThat(region.file().regie()).contains(SAFE_AT_HOME);

            region.time.advance(Duration.ofDays(1));
            assertThat(region.send(takeover.as("op-de-dag-zelf").saying(leaf("kern", "x"), tomorrow,
                    about(HER, "persoon", leaf("letsel", "y"))))).isInstanceOf(Accepted.class);
            assertThat(region.file().regie()).contains(new Party(Chain.GGZ, Chain.GGZ_FUNCTION, Set.of(STAYS)));
        }

        @Test
        void whoServesHerTakesOverAndThatIsNoAlarm() {
            region.send(aboutHer);
            region.send(takeover);
            assertThat(region.journal.records(Kind.ALARM)).isEmpty();
        }

        @Test
        void whoWasAskedNothingTakesNothingOver() {
            assertRefused(region.send(takeover), Reason.CASE_UNKNOWN);
            assertThat(region.file().regie()).contains(SAFE_AT_HOME);
        }

        @Test
        void whatIsForWhoeverHoldsRegieReachesIt() {
            region.send(aboutHer);
            region.send(takeover);
            region.send(region.police(Region.ALARM).as("vrijlating").to(PartnerFunction.REGIEHOUDER, SUPERVISION));
            assertThat(region.deliveriesTo(ASKED)).extracting(row -> row.delivery().messageId().value())
                    .containsExactly("urn:uuid:over-haar", "urn:uuid:vrijlating");
        }

        @Test
        void theProtectionOfAPersonHoldsAgainstAHolderThatServesTheOtherSideToo() {
            region.policies.forbid("verblijf", 5201, true,
                    question -> question.category() == Category.WV && question.facts().servesThreat());
            region.transaction.inOne(() -> {
                region.cases.protect(region.caseId, List.of(new ProtectedFrom(HER, HIM, region.time.now())));
                return new Keep<>(true);
            });
            region.send(aboutHim);
            region.send(takeover);
            region.send(region.police(Region.ALARM).as("vrijlating").to(PartnerFunction.REGIEHOUDER, SUPERVISION));
            assertThat(region.messages.all().getLast().decisions().getFirst().minimised().orElseThrow().content()
                    .values("persoon/verblijf")).isEmpty();
        }

        @Test
        void aCaseThatClosesIsLeftToItAndItHearsOfDanger() {
            region.send(aboutHer);
            region.send(aboutHim);
            region.send(region.police(Region.CLOSING).as("sluiting").to(Chain.VEILIG_THUIS, SUPERVISION).saying(
                    leaf("kern", "x"), leaf("regie", "GGZ"), leaf("organisatie", Chain.GGZ.value()),
                    about(HER, "persoon", leaf("letsel", "y"))));
            assertHoldsRegie();
            assertThat(region.journal.records(Kind.ALARM)).isEmpty();
            region.send(region.police(Region.ALARM).as("vrijlating").to(Chain.ZC_ACHTERBLIJVER, SUPERVISION));
            assertThat(region.deliveriesTo(ASKED)).extracting(row -> row.delivery().messageId().value())
                    .contains("urn:uuid:vrijlating");
        }

        private void assertHoldsRegie() {
            assertThat(region.file().regie()).contains(ASKED);
            assertThat(region.file().parties()).contains(ASKED);
        }
    }

    @Nested
    class InAClosedCase {

        @Test
        void anAlarmGoesToVeiligThuisAndTheLastHolderOfRegieWhomeverTheSenderNamed() {
            region.policies.permit("p", question -> question.facts().hearsAfterClosure());
            closedWithRegieOf(HIS);
            assertThat(region.send(region.police(Region.ALARM).to(Chain.ZC_ACHTERBLIJVER, SUPERVISION)))
                    .isInstanceOf(Accepted.class);
            assertThat(region.deliveries.all()).extracting(row -> row.lane().receiver())
                    .containsExactlyInAnyOrder(Chain.SAFE_AT_HOME, Chain.PROBATION);
            assertThat(region.deliveries.all()).extracting(Row::state).containsExactlyInAnyOrder(State.WAITING,
                    State.MAILBOX);
        }

        @Test
        void whatTheSenderAsksForAllOrNothingStillReachesThem() {
            region.policies.permit("p", question -> question.facts().hearsAfterClosure());
            region.close();
            assertThat(region.send(region.police(Region.ALARM).to(Chain.ZC_ACHTERBLIJVER, SUPERVISION).allOrNothing()))
                    .isInstanceOf(Accepted.class);
            assertThat(region.deliveries.all()).extracting(row -> row.lane().receiver())
                    .contains(Chain.SAFE_AT_HOME);
        }

        @Test
        void aConditionOnAReceiverDoesNotSilenceVeiligThuis() {
            region.policies.permitEverything();
            region.close();
            region.send(ending());
            assertThat(region.deliveries.all()).extracting(row -> row.lane().receiver())
                    .contains(Chain.SAFE_AT_HOME);
        }

        @Test
        void aConditionOnAReceiverDoesNotSilenceVeiligThuisWhenItIsDelivered() {
            region.policies.permitEverything();
            region.close();
            region.send(ending());
            region.advance(region.lane(SAFE_AT_HOME, false));
            assertThat(region.deliveriesTo(SAFE_AT_HOME)).extracting(Row::state).containsExactly(State.DELIVERED);
        }

        @Test
        void aConditionOnAReceiverHoldsForVeiligThuisInAnOpenCase() {
            region.policies.permitEverything();
            assertRefused(region.send(ending().to(Chain.VEILIG_THUIS, SUPERVISION).allOrNothing()),
                    Reason.ALL_OR_NOTHING);
        }

        @Test
        void theyHearForThePurposeOfTheTypeWhateverTheSenderNamed() {
            region.policies.permit("p", question -> question.facts().purpose().equals(SUPERVISION.code()));
            region.close();
            for (var named : List.of(OTHER, new Purpose("VERZONNEN"), HELP)) {
                region.send(region.police(Region.ALARM).as(named.code()).to(Chain.ZC_ACHTERBLIJVER, named));
            }
            assertThat(region.deliveriesTo(SAFE_AT_HOME)).extracting(row -> row.delivery().purpose())
                    .containsExactly(SUPERVISION, SUPERVISION, SUPERVISION);
        }

        @Test
        void theCaseStaysClosed() {
            region.policies.permitEverything();
            region.close();
            assertThat(region.send(region.police(DECISION).to(Chain.VEILIG_THUIS, SUPERVISION).saying(
                    leaf("kern", "x"), leaf("soort", "VERLENGING"), about(HER, "persoon", leaf("letsel", "y")))))
                    .isInstanceOf(Accepted.class);
            assertThat(region.file().phase()).isEqualTo(Phase.AFGESLOTEN);
        }

        @Test
        void timesThatContradictTheBanDoNotSilenceItsEnd() {
            region.policies.permitEverything();
            var ban = new Ban(Optional.of(region.time.now()), Optional.of(region.time.now().plus(Duration.ofDays(10))),
                    Optional.of(region.time.now().plus(Duration.ofDays(10))));
            region.transaction.inOne(() -> {
                region.cases.setBan(region.caseId, ban);
                return new Keep<>(true);
            });
            assertRefused(region.send(ending().as("open").saying(leaf("kern", "x"), leaf("vermoeden", "nee"),
                    leaf("tot", "2099-01-01T00:00:00Z"), about(HER, "persoon", leaf("letsel", "y")))),
                    Reason.THV_TERM_INVALID);
            region.close();
            assertThat(region.send(ending().saying(leaf("kern", "x"), leaf("vermoeden", "nee"),
                    leaf("tot", "2099-01-01T00:00:00Z"), about(HER, "persoon", leaf("letsel", "y")))))
                    .isInstanceOf(Accepted.class);
            assertThat(region.deliveriesTo(SAFE_AT_HOME)).hasSize(1);
            assertThat(region.file().ban()).isEqualTo(ban);
        }

        @Test
        void aParticipantWhoCannotJoinDoesNotSilenceTheEndOfABan() {
            region.policies.permitEverything();
            var naming = new Node[]{leaf("kern", "x"), leaf("vermoeden", "nee"),
                    branch("deelnemer", leaf("functie", "GI"), leaf("oin", Chain.POLICE.value())),
                    about(HER, "persoon", leaf("letsel", "y"))};
            assertRefused(region.send(ending().as("open").saying(naming)), Reason.PARTICIPANT_NOT_REGISTERED);
            region.close();
            assertThat(region.send(ending().saying(naming))).isInstanceOf(Accepted.class);
            assertThat(region.deliveriesTo(SAFE_AT_HOME)).hasSize(1);
        }

        private void closedWithRegieOf(Party holder) {
            region.transaction.inOne(() -> {
                region.cases.setRegie(region.caseId, holder);
                return new Keep<>(true);
            });
            region.close();
        }

        private List<String> alarms() {
            return region.journal.records(Kind.ALARM).stream().map(record -> record.facts().get("alarm")).toList();
        }

        private Letter ending() {
            return region.police(Region.ENDING).to(Chain.ZC_ACHTERBLIJVER, SUPERVISION).saying(leaf("kern", "x"),
                    leaf("vermoeden", "nee"), about(HER, "persoon", leaf("letsel", "y")));
        }

        @Test
        void somebodyMustActOnIt() {
            region.policies.permitEverything();
            region.close();
            region.send(region.police(Region.ALARM).to(Chain.ZC_ACHTERBLIJVER, SUPERVISION));
            assertThat(region.journal.records(Kind.ALARM)).singleElement().satisfies(record -> assertThat(
                    record.facts()).containsEntry("alarm", "SAFETY_EFFECT_IN_CLOSED_CASE"));
        }

        @Test
        void somebodyMustCallTheHolderOfRegieWhoMayNotHearIt() {
            region.policies.permit("p", question -> question.receiverFunction().equals("VEILIG_THUIS"));
            closedWithRegieOf(HIS);
            region.send(region.police(Region.ALARM).to(Chain.ZC_ACHTERBLIJVER, SUPERVISION));
            assertThat(alarms()).containsExactly("SAFETY_EFFECT_IN_CLOSED_CASE", "REGIE_HOLDER_NOT_TOLD");
        }

        @Test
        void nobodyCallsAHolderOfRegieWhoSaidItHimself() {
            region.policies.permit("p", question -> question.receiverFunction().equals("VEILIG_THUIS"));
            closedWithRegieOf(POLICE);
            region.send(region.police(Region.ALARM).to(Chain.VEILIG_THUIS, SUPERVISION));
            assertThat(alarms()).containsExactly("SAFETY_EFFECT_IN_CLOSED_CASE");
        }

        @Test
        void nobodyCallsAHolderOfRegieWhoHearsItForOneOfTwoPurposes() {
            region.policies.permit("p", question -> question.facts().purpose().equals(SUPERVISION.code()));
            closedWithRegieOf(HIS);
            region.send(region.police(Region.ALARM).to(Chain.ZC_UHG, HELP));
            assertThat(alarms()).containsExactly("SAFETY_EFFECT_IN_CLOSED_CASE");
        }

        @Test
        void inAnOpenCaseTheSameMessageGoesToWhomItIsAddressedAndIsNoAlarm() {
            region.policies.permitEverything();
            region.send(region.police(Region.ALARM).to(Chain.ZC_ACHTERBLIJVER, SUPERVISION));
            assertThat(region.deliveries.all()).extracting(row -> row.lane().receiver()).containsExactly(Chain.BLIJF);
            assertThat(region.journal.records(Kind.ALARM)).isEmpty();
        }

        @Test
        void anOrdinaryMessageIsForThePoliciesToRefuse() {
            region.policies.permitEverything().forbid("gesloten", 5210, true,
                    question -> question.facts().caseClosed() && !question.facts().safetyEffect());
            region.close();
            var rejected = (Rejected) region.send(region.police(REPORT).to(Chain.VEILIG_THUIS, SUPERVISION));
            assertThat(rejected.refusal().code()).isEqualTo(new ErrorCode(5210));
        }
    }

    @Test
    void theDigestByWhichARepeatIsKnownIsThatOfTheBodyAloneWithItsSalt() {
        region.policies.permitEverything();
        var letter = region.police(REPORT).to(Chain.VEILIG_THUIS, SUPERVISION);
        region.send(letter);
        var kept = region.messages.all().getFirst();
        assertThat(kept.digest()).isEqualTo(kept.salt().commit(region.verified(letter).body()));
    }

    private static void assertRefused(Outcome outcome, Reason reason) {
        assertThat(outcome).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.refusal().code()).isEqualTo(reason.code());
            assertThat(rejected.record()).isPresent();
        });
    }
}
