package nl.ketenpoort.delivery;

import static nl.ketenpoort.acceptance.Region.HELP;
import static nl.ketenpoort.acceptance.Region.HER;
import static nl.ketenpoort.acceptance.Region.HERS;
import static nl.ketenpoort.acceptance.Region.POLICE;
import static nl.ketenpoort.acceptance.Region.REPORT;
import static nl.ketenpoort.acceptance.Region.SAFE_AT_HOME;
import static nl.ketenpoort.acceptance.Region.SUPERVISION;
import static nl.ketenpoort.messagetype.Trees.about;
import static nl.ketenpoort.messagetype.Trees.leaf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import nl.ketenpoort.acceptance.Letter;
import nl.ketenpoort.acceptance.Region;
import nl.ketenpoort.delivery.InMemoryDeliveries.Row;
import nl.ketenpoort.delivery.InMemoryDeliveries.State;
import nl.ketenpoort.delivery.LaneDelivery.Next;
import nl.ketenpoort.evidence.AuditRecord.Kind;
import nl.ketenpoort.messagetype.Category;
import nl.ketenpoort.messagetype.Content;
import nl.ketenpoort.partner.Chain;
import nl.ketenpoort.partner.Separation;
import nl.ketenpoort.purpose.WrittenPolicies;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.signature.KeysUnusable;
import nl.ketenpoort.signature.MessageId;
import nl.ketenpoort.transaction.Transaction.Keep;

class LaneDeliveryTest {

    private final Region region = new Region();
    private final WrittenPolicies policies = region.policies;
    private final Lane toSafeAtHome = region.lane(SAFE_AT_HOME, false);
    private final Lane urgentToSafeAtHome = region.lane(SAFE_AT_HOME, true);
    private final Lane toPolice = region.lane(POLICE, false);

    @BeforeEach
    void everythingIsPermitted() {
        policies.permitEverything();
    }

    @Test
    void aDeliveryThatIsConfirmedHasEnded() {
        region.send(toVeiligThuis("eerste"));
        assertThat(region.advance(toSafeAtHome)).isEqualTo(new Next.Again());
        assertThat(row().state()).isEqualTo(State.DELIVERED);
        assertThat(region.journal.records(Kind.DELIVERED)).singleElement().satisfies(record -> assertThat(record
                .facts()).containsEntry("receiver", Chain.SAFE_AT_HOME.value()).containsEntry("function",
                        "VEILIG_THUIS")
                .containsEntry("purpose", "TOEZICHT_NALEVING")
                .containsEntry("bundle", "proefbundel").containsEntry("ruling.H.p1", "TOEGESTAAN alles@1")
                .containsEntry("digest", row().digest().orElseThrow().base64()));
    }

    @Test
    void whatTheReceiverMayHaveWithoutHavingConfirmedItIsRecorded() {
        region.send(toVeiligThuis("eerste"));
        failUnreached(1);
        assertThat(region.journal.records(Kind.SENT)).as("it was not reached").isEmpty();
        region.partnerSystem.answers(PartnerSystem.silent());
        region.advance(toSafeAtHome);
        assertThat(region.journal.records(Kind.SENT)).singleElement().satisfies(record -> assertThat(record.facts())
                .containsEntry("ruling.H.p1", "TOEGESTAAN alles@1")
                .containsEntry("digest", row().digest().orElseThrow().base64()));
    }

    @Test
    void theReceiverGetsWhatHeMayHaveWithTheDigestHeMustName() {
        region.send(toVeiligThuis("eerste"));
        region.advance(toSafeAtHome);
        var pushed = region.partnerSystem.pushed().getFirst();
        var document = region.writing.documentOf(pushed.body());
        assertThat(document.minimised().content().values("persoon/letsel")).containsExactly("blauw oog");
        assertThat(document.sequence()).isEqualTo(1);
        assertThat(document.originalDigest()).isEqualTo(region.receipts.issued().getFirst().digest());
        assertThat(document.auditLeaf()).isEqualTo(region.receipts.issued().getFirst().auditLeaf());
        assertThat(pushed.expected()).isEqualTo(row().digest().orElseThrow());
    }

    @Test
    void aLaneInWhichNothingWaitsRetiresInTheTransactionThatSawIt() {
        var insideATransaction = new AtomicInteger();
        assertThat(region.advance(toSafeAtHome, () -> {
            if (region.transaction.isUnderWay()) {
                insideATransaction.incrementAndGet();
            }
        })).isEqualTo(new Next.Drained());
        assertThat(insideATransaction).hasValue(1);
    }

    @Test
    void theOrderOfALaneIsKept() {
        region.send(toVeiligThuis("eerste"));
        region.send(toVeiligThuis("tweede"));
        region.partnerSystem.answers(PartnerSystem.unreachable());
        region.advance(toSafeAtHome);
        region.advance(toSafeAtHome);
        assertThat(region.partnerSystem.pushed()).as("the second waits for the first").hasSize(1);
        region.time.advance(Duration.ofMinutes(5));
        region.advance(toSafeAtHome);
        region.advance(toSafeAtHome);
        assertThat(region.partnerSystem.pushed()).extracting(pushed -> region.writing.documentOf(pushed.body())
                .sequence()).containsExactly(1L, 1L, 2L);
    }

    @Test
    void whatIsUrgentOvertakes() {
        region.send(toVeiligThuis("eerste"));
        region.send(toVeiligThuis("tweede").urgently());
        region.advance(region.lane(SAFE_AT_HOME, true));
        assertThat(region.deliveries.all()).extracting(Row::state).containsExactly(State.WAITING, State.DELIVERED);
    }

    @Test
    void anEndpointThatIsDownIsTriedLater() {
        region.send(toVeiligThuis("eerste"));
        region.partnerSystem.answers(PartnerSystem.unreachable());
        var next = (Next.Later) region.advance(toSafeAtHome);
        assertThat(next.at()).isBetween(region.time.now().plusMillis(375), region.time.now().plusMillis(500));
        assertThat(row().state()).isEqualTo(State.WAITING);
        assertThat(row().code()).contains(Reason.ENDPOINT_UNREACHABLE.code());
    }

    @Test
    void untilThenNothingOfThatEndpointIsTriedInAnyLane() {
        region.send(toVeiligThuis("eerste"));
        region.send(toVeiligThuis("tweede").urgently());
        region.partnerSystem.answers(PartnerSystem.unreachable());
        region.advance(toSafeAtHome);
        assertThat(region.advance(urgentToSafeAtHome)).isInstanceOf(Next.Later.class);
        assertThat(region.advance(toSafeAtHome)).isInstanceOf(Next.Later.class);
        assertThat(region.partnerSystem.pushed()).hasSize(1);
    }

    @Test
    void whatIsUrgentNeverWaitsLongerThanUrgentBackoff() {
        region.send(toVeiligThuis("eerste"));
        failUnreached(11);
        region.partnerSystem.answers(PartnerSystem.unreachable());
        var ordinary = (Next.Later) region.advance(toSafeAtHome);
        assertThat(ordinary.at()).isAfter(region.time.now().plusSeconds(200));
        region.time.advance(Duration.ofSeconds(5));
        region.send(toVeiligThuis("tweede").urgently());
        var urgent = (Next.Later) region.advance(urgentToSafeAtHome);
        assertThat(urgent.at()).isBetween(region.time.now(), region.time.now().plusSeconds(25));
        region.time.set(urgent.at());
        assertThat(region.advance(urgentToSafeAtHome)).isEqualTo(new Next.Again());
        assertThat(region.advance(toSafeAtHome)).as("it answered").isEqualTo(new Next.Again());
    }

    @Test
    void theOldestUrgentDeliveryTriesAnEndpointThatFailsFirst() {
        region.send(toVeiligThuis("eerste"));
        region.partnerSystem.answers(PartnerSystem.unreachable());
        var at = ((Next.Later) region.advance(toSafeAtHome)).at();
        region.send(toVeiligThuis("tweede").urgently());
        region.time.set(at);
        assertThat(region.advance(toSafeAtHome)).as("leaves the turn to what is urgent")
                .isEqualTo(new Next.Later(at.plusSeconds(2)));
        assertThat(region.advance(urgentToSafeAtHome)).isEqualTo(new Next.Again());
        assertThat(region.advance(toSafeAtHome)).isEqualTo(new Next.Again());
    }

    @Test
    void anUrgentDeliveryThatDoesNotComeStopsNobody() {
        region.send(toVeiligThuis("eerste"));
        region.send(toVeiligThuis("tweede").urgently());
        region.partnerSystem.answers(PartnerSystem.unreachable());
        region.time.set(((Next.Later) region.advance(toSafeAtHome)).at());
        assertThat(region.advance(toSafeAtHome)).isEqualTo(new Next.Again());
    }

    /** Else one message that the receiver's system cannot take would keep all others from him. */
    @Test
    void howeverOftenOthersFailThereALaneTriesAgainAfterItsLongestWait() {
        region.send(toVeiligThuis("eerste"));
        failUnreached(12);
        for (int other = 0; other < 10; other++) {
            region.time.advance(Duration.ofSeconds(32));
            region.deliveries.endpointFailed(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, region.time.now(),
                    region.time.now());
            region.advance(toSafeAtHome);
        }
        assertThat(row().state()).isEqualTo(State.DELIVERED);
    }

    @Test
    void whatIsUrgentDoesSoSooner() {
        region.send(toVeiligThuis("eerste").urgently());
        region.deliveries.endpointFailed(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, region.time.now(), region.time.now());
        for (int other = 0; other < 12; other++) {
            region.time.advance(Duration.ofSeconds(3));
            region.deliveries.endpointFailed(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, region.time.now(),
                    region.time.now());
            region.advance(urgentToSafeAtHome);
        }
        assertThat(row().state()).isEqualTo(State.DELIVERED);
    }

    @Test
    void aFailingEndpointIsProbedByOneLane() {
        region.send(toVeiligThuis("eerste"));
        region.partnerSystem.answers(PartnerSystem.unreachable());
        region.time.set(((Next.Later) region.advance(toSafeAtHome)).at());
        region.partnerSystem.meanwhile(() -> {
            region.send(toVeiligThuis("tweede").urgently());
            assertThat(region.advance(urgentToSafeAtHome)).as("looks again soon")
                    .isEqualTo(new Next.Later(region.time.now().plusSeconds(2)));
            assertThat(region.partnerSystem.pushed()).hasSize(2);
        });
        assertThat(region.advance(toSafeAtHome)).isEqualTo(new Next.Again());
        assertThat(region.advance(urgentToSafeAtHome)).isEqualTo(new Next.Again());
    }

    @Test
    void whoDiedWhileProbingKeepsTheEndpointFromNobodyForLong() {
        region.send(toVeiligThuis("eerste"));
        failUnreached(1);
        region.partnerSystem.meanwhile(() -> {
            throw new OutOfMemoryError("the node dies");
        });
        org.assertj.core.api.Assertions.assertThatExceptionOfType(OutOfMemoryError.class)
                .isThrownBy(() -> region.advance(toSafeAtHome));
        assertThat(region.advance(toSafeAtHome)).as("looks whether that one has ended")
                .isEqualTo(new Next.Later(region.time.now().plusSeconds(5)));
        region.time.advance(Duration.ofSeconds(45));
        assertThat(region.advance(toSafeAtHome)).isEqualTo(new Next.Again());
    }

    @Test
    void whatIsNotGivenDoesNotKeepTheEndpointFromOthers() {
        region.send(toVeiligThuis("eerste"));
        region.send(toVeiligThuis("tweede"));
        failUnreached(1);
        region.messages.spoil(new MessageId("urn:uuid:eerste"));
        assertThat(region.advance(toSafeAtHome)).isEqualTo(new Next.Again());
        assertThat(region.advance(toSafeAtHome)).isEqualTo(new Next.Again());
        assertThat(region.deliveriesTo(SAFE_AT_HOME)).extracting(Row::state).containsExactly(State.PARKED,
                State.DELIVERED);
    }

    @Test
    void aRefusalOfOneMessageDoesNotHoldBackTheOthers() {
        region.send(toVeiligThuis("eerste"));
        region.send(toVeiligThuis("tweede").urgently());
        region.partnerSystem.answers(PartnerSystem.refused());
        var later = (Next.Later) region.advance(toSafeAtHome);
        assertThat(later.at()).isEqualTo(region.time.now().plusMillis(500));
        assertThat(row().state()).isEqualTo(State.WAITING);
        assertThat(row().code()).contains(Reason.ENDPOINT_REFUSED.code());
        assertThat(region.advance(urgentToSafeAtHome)).isEqualTo(new Next.Again());
    }

    @Test
    void whatIsRefusedFiveTimesIsParked() {
        region.send(toVeiligThuis("eerste"));
        for (int refusal = 0; refusal < 5; refusal++) {
            region.partnerSystem.answers(PartnerSystem.refused());
            region.advance(toSafeAtHome);
        }
        assertThat(row().state()).isEqualTo(State.PARKED);
        assertThat(row().code()).contains(Reason.ENDPOINT_REFUSED.code());
    }

    @Test
    void theWaitGrowsAsLongAsItFails() {
        region.send(toVeiligThuis("eerste"));
        var waits = new java.util.ArrayList<Duration>();
        for (int failure = 0; failure < 12; failure++) {
            region.partnerSystem.answers(PartnerSystem.unreachable());
            var at = ((Next.Later) region.advance(toSafeAtHome)).at();
            waits.add(Duration.between(region.time.now(), at));
            region.time.set(at);
        }
        assertThat(waits).isSorted();
        assertThat(waits.getLast()).isBetween(Duration.ofSeconds(225), Duration.ofMinutes(5));
        assertThat(row().state()).as("an endpoint that is down is no reason to park").isEqualTo(State.WAITING);
    }

    @Test
    void anEndpointThatAnswersAgainIsNoLongerSpared() {
        region.send(toVeiligThuis("eerste"));
        region.partnerSystem.answers(PartnerSystem.unreachable());
        region.time.set(((Next.Later) region.advance(toSafeAtHome)).at());
        region.advance(toSafeAtHome);
        region.send(toVeiligThuis("tweede"));
        assertThat(region.advance(toSafeAtHome)).isEqualTo(new Next.Again());
        assertThat(region.deliveries.failing(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS)).isEmpty();
    }

    @Test
    void everyAttemptHasTheSameIdDigestAndBytes() {
        region.send(toVeiligThuis("eerste"));
        region.partnerSystem.answers(PartnerSystem.unreachable());
        region.time.set(((Next.Later) region.advance(toSafeAtHome)).at());
        region.advance(toSafeAtHome);
        var pushed = region.partnerSystem.pushed();
        assertThat(pushed.get(1).id()).isEqualTo(pushed.get(0).id());
        assertThat(pushed.get(1).expected()).isEqualTo(pushed.get(0).expected());
        assertThat(pushed.get(1).body()).isEqualTo(pushed.get(0).body());
    }

    @Test
    void afterFiveAnswersThatCannotBeVerifiedItIsParkedWithAnAlarmAndTheSenderIsTold() {
        region.send(toVeiligThuis("eerste"));
        failUnverified(4);
        assertThat(row().state()).isEqualTo(State.WAITING);
        failUnverified(1);
        assertThat(row().state()).isEqualTo(State.PARKED);
        assertThat(region.journal.records(Kind.PARKED)).hasSize(1);
        assertThat(region.journal.records(Kind.ALARM)).singleElement()
                .satisfies(record -> assertThat(record.facts()).containsEntry("alarm", "DELIVERY_PARKED"));

        region.advance(toPolice);
        var told = told();
        assertThat(told.values("stand")).containsExactly("OPZIJ_GEZET");
        assertThat(told.values("code")).containsExactly("KP-7102");
        assertThat(told.values("ontvanger")).containsExactly(Chain.SAFE_AT_HOME.value());
        assertThat(told.values("bericht")).containsExactly("urn:uuid:eerste");
    }

    @Test
    void silenceIsNotAnAnswerThatCannotBeVerified() {
        region.send(toVeiligThuis("eerste"));
        failUnverified(4);
        for (int failure = 0; failure < 10; failure++) {
            region.partnerSystem.answers(PartnerSystem.silent());
            region.time.set(((Next.Later) region.advance(toSafeAtHome)).at());
        }
        assertThat(row().state()).isEqualTo(State.WAITING);
    }

    @Test
    void whoseEndpointWasNotReachedGotNothingAndTheSenderIsToldSo() {
        withdrawAfter(PartnerSystem.unreachable());
        assertThat(row().code()).contains(Reason.CONSENT_WITHDRAWN.code());
    }

    @Test
    void whoWasReachedMayHaveItAndTheSenderIsNotToldThatNothingWasGiven() {
        withdrawAfter(PartnerSystem.silent());
        assertThat(row().code()).contains(Reason.GIVEN_BEFORE.code());
        assertThat(region.journal.records(Kind.CANCELLED)).singleElement().satisfies(record -> assertThat(record
                .facts()).containsEntry("code", "KP-5118").containsEntry("decided", "KP-5107"));
    }

    @Test
    void whatWasNotSentForWantOfAKeyWasNotGiven() {
        withdrawAfter(PartnerSystem.withoutKey());
        assertThat(row().code()).contains(Reason.CONSENT_WITHDRAWN.code());
    }

    @Test
    void onceReachedItStaysSoWhateverLaterAttemptsFind() {
        withdrawAfter(PartnerSystem.silent(), PartnerSystem.unreachable());
        assertThat(row().code()).contains(Reason.GIVEN_BEFORE.code());
    }

    @Test
    void aParkedDeliveryDoesNotBlockItsSuccessors() {
        region.send(toVeiligThuis("eerste"));
        region.send(toVeiligThuis("tweede"));
        failUnverified(5);
        region.time.advance(Duration.ofMinutes(5));
        region.advance(toSafeAtHome);
        assertThat(region.deliveriesTo(SAFE_AT_HOME)).extracting(Row::state).containsExactly(State.PARKED,
                State.DELIVERED);
    }

    @Test
    void whoeverStopsADeliveryTouchesNoLaneOfItsSender() {
        region.send(toVeiligThuis("eerste"));
        policies.replaced();
        region.advance(toSafeAtHome);
        assertThat(region.deliveries.all()).as("the notice is not in any lane").hasSize(1);
        assertThat(region.deliveries.later()).hasSize(1);
        region.sendNotices();
        region.sendNotices();
        assertThat(region.deliveries.all()).as("once").extracting(Row::lane).containsExactly(toSafeAtHome, toPolice);
        assertThat(region.deliveries.woken()).as("once for the message, once for the notice").isEqualTo(2);
    }

    @Test
    void aNoticeHoldsNothingButWhatTheSenderKnows() {
        region.send(toVeiligThuis("eerste"));
        failUnverified(5);
        region.advance(toPolice);
        var document = region.writing.documentOf(region.partnerSystem.pushed().getLast().body());
        assertThat(document.type().name()).isEqualTo("bezorgmelding");
        assertThat(document.sender()).isEqualTo(Chain.GATEWAY);
        assertThat(document.minimised().persons()).isEmpty();
        assertThat(document.minimised().content().persons()).isEmpty();
        assertThat(document.receiver().oin()).isEqualTo(Chain.POLICE);
    }

    @Test
    void aNoticeIsDeliveredWhateverThePoliciesSay() {
        region.send(toVeiligThuis("eerste"));
        failUnverified(5);
        policies.replaced();
        region.advance(toPolice);
        assertThat(region.deliveriesTo(POLICE)).extracting(Row::state).containsExactly(State.DELIVERED);
    }

    @Test
    void aNoticeThatDoesNotArriveIsAnAlarmAndNotTheCauseOfAnotherNotice() {
        region.send(toVeiligThuis("eerste"));
        failUnverified(5);
        region.partners.withoutEndpoint(Chain.POLICE, Chain.POLITIE);
        region.advance(toPolice);
        assertThat(region.deliveriesTo(POLICE)).extracting(Row::state).containsExactly(State.PARKED);
        assertThat(region.deliveries.all()).hasSize(2);
        assertThat(region.journal.records(Kind.ALARM)).hasSize(2);
    }

    @Test
    void aReceiverWithoutEndpointOrMailboxIsParked() {
        region.partners.withoutEndpoint(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS);
        region.send(toVeiligThuis("eerste"));
        region.advance(toSafeAtHome);
        assertThat(row().state()).isEqualTo(State.PARKED);
        assertThat(row().code()).contains(Reason.ENDPOINT_MISSING.code());
    }

    @Test
    void aReceiverWithAMailboxFindsItThereAndNoLaneIsWoken() {
        region.send(region.police(REPORT).to(Chain.ZC_ACHTERBLIJVER, SUPERVISION));
        assertThat(region.deliveriesTo(HERS)).extracting(Row::state).containsExactly(State.MAILBOX);
        assertThat(region.deliveries.woken()).isZero();
    }

    @Test
    void whoBeginsToFetchFindsAllThatWaitedForItsEndpointInOrder() {
        region.send(toVeiligThuis("eerste"));
        region.partnerSystem.answers(PartnerSystem.unreachable());
        region.advance(toSafeAtHome);
        region.partners.mailbox(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, Separation.ofItsOwn());
        region.send(toVeiligThuis("tweede"));
        assertThat(region.deliveriesTo(SAFE_AT_HOME)).extracting(Row::state).as("behind the first").containsExactly(
                State.WAITING, State.WAITING);
        assertThat(region.advance(toSafeAtHome)).isEqualTo(new Next.Again());
        assertThat(region.advance(toSafeAtHome)).isEqualTo(new Next.Again());
        region.send(toVeiligThuis("derde"));
        assertThat(region.deliveriesTo(SAFE_AT_HOME)).extracting(Row::state).containsOnly(State.MAILBOX);
        assertThat(region.deliveriesTo(SAFE_AT_HOME)).extracting(Row::sequence).containsExactly(1L, 2L, 3L);
        assertThat(region.partnerSystem.pushed()).hasSize(1);
    }

    @Test
    void whatPoliciesNoLongerPermitIsCancelledAndTheSenderIsTold() {
        region.send(toVeiligThuis("eerste"));
        policies.replaced();
        region.advance(toSafeAtHome);
        assertThat(row().state()).isEqualTo(State.CANCELLED);
        assertThat(region.partnerSystem.pushed()).isEmpty();
        assertThat(region.journal.records(Kind.CANCELLED)).singleElement()
                .satisfies(record -> assertThat(record.facts()).containsKey("code"));
        region.advance(toPolice);
        assertThat(told().values("stand")).containsExactly("GEANNULEERD");
    }

    @Test
    void policiesThatFailDelayAndAreAnAlarm() {
        region.send(toVeiligThuis("eerste"));
        region.send(toVeiligThuis("tweede"));
        policies.failFor(question -> question.category() == Category.WV);
        for (int attempt = 0; attempt < 3; attempt++) {
            var later = (Next.Later) region.advance(toSafeAtHome);
            assertThat(later.at()).isEqualTo(region.time.now().plusSeconds(30));
            region.time.set(later.at());
        }
        assertThat(region.deliveriesTo(SAFE_AT_HOME)).extracting(Row::state).containsOnly(State.WAITING);
        assertThat(row().code().orElseThrow()).hasToString("KP-5111");
        assertThat(region.partnerSystem.pushed()).as("nothing at all is given").isEmpty();
        assertThat(region.deliveriesTo(POLICE)).isEmpty();
        assertThat(region.journal.records(Kind.ALARM)).as("one for the delivery").singleElement()
                .satisfies(record -> assertThat(record.facts()).containsEntry("alarm", "DELIVERY_UNDECIDED")
                        .containsEntry("delivery", row().delivery().id().toString()));
        assertThat(region.deliveries.failing(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS))
                .as("the receiver has nothing to do with it").isEmpty();

        policies.failFor(question -> false);
        region.advance(toSafeAtHome);
        region.advance(toSafeAtHome);
        assertThat(region.deliveriesTo(SAFE_AT_HOME)).extracting(Row::state).containsOnly(State.DELIVERED);
    }

    @Test
    void oneThatCannotBeOpenedIsParkedAndTheOthersGoOn() {
        region.send(toVeiligThuis("eerste"));
        region.send(toVeiligThuis("tweede"));
        region.messages.spoil(new MessageId("urn:uuid:eerste"));
        assertThat(region.advance(toSafeAtHome)).isEqualTo(new Next.Again());
        region.advance(toSafeAtHome);
        assertThat(region.deliveriesTo(SAFE_AT_HOME)).extracting(Row::state).containsExactly(State.PARKED,
                State.DELIVERED);
        assertThat(region.journal.records(Kind.ALARM)).singleElement().satisfies(record -> assertThat(record.facts())
                .containsEntry("alarm", "DELIVERY_PARKED").containsEntry("code", "KP-7105")
                .containsEntry("cause", "NOT_OPENED"));
        region.advance(toPolice);
        assertThat(told().values("code")).as("the notice needs nothing of what does not open")
                .containsExactly("KP-7105");
    }

    @Test
    void oneThatTheSchemasOfNowDoNotKnowIsParked() {
        region.send(toVeiligThuis("eerste"));
        region.written.forget(REPORT);
        assertThat(region.advance(toSafeAtHome)).isEqualTo(new Next.Again());
        assertThat(row().state()).isEqualTo(State.PARKED);
    }

    @Test
    void whatCannotBeSignedNowIsNotParkedAndGoesOnceTheKeyIsBack() {
        region.send(toVeiligThuis("eerste"));
        region.writing.canSign(false);
        assertThatExceptionOfType(KeysUnusable.class).isThrownBy(() -> region.advance(toSafeAtHome));
        assertThat(row().state()).isEqualTo(State.WAITING);
        region.writing.canSign(true);
        region.advance(toSafeAtHome);
        assertThat(row().state()).isEqualTo(State.DELIVERED);
    }

    @Test
    void oneOfWhichNothingValidIsLeftIsParked() {
        region.send(toVeiligThuis("eerste"));
        region.writing.refuse(REPORT.name());
        assertThat(region.advance(toSafeAtHome)).isEqualTo(new Next.Again());
        assertThat(row().state()).isEqualTo(State.PARKED);
    }

    @Test
    void whatIsGivenUpMakesWayForTheNext() {
        region.send(toVeiligThuis("eerste"));
        region.send(toVeiligThuis("tweede"));
        region.giveUp(toSafeAtHome);
        region.advance(toSafeAtHome);
        assertThat(region.deliveriesTo(SAFE_AT_HOME)).extracting(Row::state).containsExactly(State.PARKED,
                State.DELIVERED);
        assertThat(region.deliveriesTo(POLICE)).hasSize(1);
        region.giveUp(toSafeAtHome);
        assertThat(region.journal.records(Kind.PARKED)).as("an empty lane has nothing to give up").hasSize(1);
    }

    @Test
    void withdrawnConsentStopsTheDelivery() {
        withdrawAfter();
        assertThat(row().state()).isEqualTo(State.CANCELLED);
        assertThat(row().code()).contains(Reason.CONSENT_WITHDRAWN.code());
        assertThat(region.partnerSystem.pushed()).isEmpty();
    }

    @Test
    void whereNobodyEverConsentedNoConsentHasEnded() {
        region.send(toVeiligThuis("eerste"));
        policies.replaced().permit("toestemming", question -> question.facts().consent());
        region.transaction.inOne(() -> {
            var ofAnotherPurpose = UUID.randomUUID();
            region.consents.register(ofAnotherPurpose, region.consentToHealth(Chain.VEILIG_THUIS, HELP), SAFE_AT_HOME,
                    region.time.now());
            return new Keep<>(region.consents.withdraw(region.caseId, ofAnotherPurpose, false, region.time.now()));
        });
        region.advance(toSafeAtHome);
        assertThat(row().code()).contains(Reason.NEEDS_CONSENT.code());
    }

    @Test
    void consentThatHasRunOutStopsTheDelivery() {
        policies.replaced().permit("kern", question -> question.subject().equals("NIEMAND")).permit("toestemming",
                question -> question.facts().consent());
        register(UUID.randomUUID());
        region.send(region.police(REPORT).to(Chain.VEILIG_THUIS, HELP).saying(leaf("kern", "x"),
                about(HER, "persoon", leaf("letsel", "y"))));
        region.time.advance(Duration.ofHours(1));
        region.advance(toSafeAtHome);
        assertThat(row().code()).contains(Reason.CONSENT_WITHDRAWN.code());
    }

    @Test
    void aReceiverThatEndedItsConnectionGetsNothingAnyMore() {
        region.send(toVeiligThuis("eerste"));
        region.partners.end(Chain.SAFE_AT_HOME);
        region.advance(toSafeAtHome);
        assertThat(row().code()).contains(Reason.RECEIVER_ENDED.code());
    }

    @Test
    void norIsItToldWhatBecameOfItsOwnMessages() {
        region.send(toVeiligThuis("eerste"));
        region.partners.end(Chain.SAFE_AT_HOME).end(Chain.POLICE);
        region.advance(toSafeAtHome);
        region.advance(region.lane(POLICE, false));
        assertThat(region.deliveriesTo(POLICE)).singleElement()
                .satisfies(notice -> assertThat(notice.state()).isEqualTo(State.CANCELLED));
        assertThat(region.journal.records(Kind.ALARM)).singleElement()
                .satisfies(record -> assertThat(record.facts()).containsEntry("alarm", "SENDER_NOT_TOLD"));
        assertThat(region.partnerSystem.pushed()).isEmpty();
    }

    @Test
    void theMessageThatClosesACaseIsStillDelivered() {
        policies.replaced().permit("open", question -> !question.facts().caseClosed());
        region.send(region.police(Region.CLOSING).to(Chain.VEILIG_THUIS, SUPERVISION).saying(leaf("kern", "x"),
                leaf("regie", "VEILIG_THUIS"), about(HER, "persoon", leaf("letsel", "y"))));
        assertThat(region.file().closed()).isTrue();
        region.advance(toSafeAtHome);
        assertThat(row().state()).isEqualTo(State.DELIVERED);
    }

    @Test
    void whatPoliciesPermitLessOfNowIsDeliveredWithLess() {
        region.send(toVeiligThuis("eerste"));
        policies.replaced().permit("minder", question -> question.category() != Category.WV);
        region.advance(toSafeAtHome);
        var document = region.writing.documentOf(region.partnerSystem.pushed().getFirst().body());
        assertThat(document.minimised().content().values("persoon/verblijf")).isEmpty();
        assertThat(document.minimised().complete()).isFalse();
    }

    @Test
    void whoseMessageWasDeliveredWithLessIsTold() {
        region.send(toVeiligThuis("eerste"));
        policies.replaced().permit("minder", question -> question.category() != Category.WV);
        region.advance(toSafeAtHome);
        assertThat(row().state()).isEqualTo(State.DELIVERED);
        assertThat(region.journal.records(Kind.DELIVERED)).singleElement().satisfies(record -> assertThat(record
                .facts()).containsEntry("omitted", "persoon/verblijf")
                .containsEntry("ruling.WV.p1", "GEWEIGERD KP-5112"));
        region.advance(toPolice);
        assertThat(told().values("stand")).containsExactly("MINDER_GEGEVEN");
        assertThat(told().values("code")).containsExactly("KP-5112");
        assertThat(told().values("ontvanger")).containsExactly(Chain.SAFE_AT_HOME.value());
        assertThat(told().values("weggelaten")).containsExactly("persoon/verblijf");
    }

    @Test
    void whoseMessageIsDeliveredAsTheReceiptSaysHearsNothingMore() {
        policies.replaced().permit("minder", question -> question.category() != Category.WV);
        region.send(toVeiligThuis("eerste"));
        policies.permitEverything();
        region.advance(toSafeAtHome);
        var given = region.writing.documentOf(region.partnerSystem.pushed().getFirst().body()).minimised();
        assertThat(given.content().values("persoon/verblijf")).as("never more than was accepted").isEmpty();
        assertThat(region.deliveriesTo(POLICE)).isEmpty();
    }

    @Test
    void aDeliveryThatEndedWhileItWasSentIsNotRecordedTwice() {
        region.send(toVeiligThuis("eerste"));
        region.partnerSystem.meanwhile(() -> region.advance(toSafeAtHome));
        assertThat(region.advance(toSafeAtHome)).isEqualTo(new Next.TakenOver());
        assertThat(region.journal.records(Kind.DELIVERED)).hasSize(1);
        assertThat(row().state()).isEqualTo(State.DELIVERED);
    }

    @Test
    void aNodeThatWasThoughtDeadOverwritesNothingThatIsKnownOfTheAttemptAfterIts() {
        region.send(toVeiligThuis("eerste"));
        var ofTheOtherNode = Attempts.none().begun().begun();
        region.partnerSystem.meanwhile(() -> region.deliveries.sending(row().delivery().id(),
                row().digest().orElseThrow(), row().salt().orElseThrow(), ofTheOtherNode, region.time.now()));
        region.partnerSystem.answers(PartnerSystem.unreachable());
        assertThat(region.advance(toSafeAtHome)).isEqualTo(new Next.TakenOver());
        assertThat(row().state()).isEqualTo(State.SENDING);
        assertThat(row().attempts()).as("it may have arrived").isEqualTo(ofTheOtherNode);
    }

    @Test
    void aDeliveryWhoseNodeDiedWhileSendingIsSentAgainUnderTheSameId() {
        region.send(toVeiligThuis("eerste"));
        region.partnerSystem.meanwhile(() -> {
            throw new OutOfMemoryError("the node dies");
        });
        org.assertj.core.api.Assertions.assertThatExceptionOfType(OutOfMemoryError.class)
                .isThrownBy(() -> region.advance(toSafeAtHome));
        assertThat(row().state()).isEqualTo(State.SENDING);
        region.advance(toSafeAtHome);
        assertThat(row().state()).isEqualTo(State.DELIVERED);
        assertThat(region.partnerSystem.pushed()).extracting(PartnerSystem.Pushed::expected)
                .containsOnly(row().digest().orElseThrow());
    }

    private Letter toVeiligThuis(String id) {
        return region.police(REPORT).as(id).to(Chain.VEILIG_THUIS, SUPERVISION);
    }

    private Row row() {
        return region.deliveriesTo(SAFE_AT_HOME).getFirst();
    }

    private void failUnreached(int times) {
        for (int time = 0; time < times; time++) {
            region.partnerSystem.answers(PartnerSystem.unreachable());
            region.time.set(((Next.Later) region.advance(toSafeAtHome)).at());
        }
    }

    private void failUnverified(int times) {
        for (int time = 0; time < times; time++) {
            region.partnerSystem.answers(PartnerSystem.unverifiable());
            if (region.advance(toSafeAtHome) instanceof Next.Later(var at)) {
                region.time.set(at);
            }
        }
    }

    /** What the police were told last. */
    private Content told() {
        return region.writing.documentOf(region.partnerSystem.pushed().getLast().body()).minimised().content();
    }

    /** What needs consent is sent, is answered so, and then the consent is withdrawn and the next attempt is due. */
    private void withdrawAfter(PushChannel.PushResult... answers) {
        policies.replaced().permit("kern", question -> question.subject().equals("NIEMAND")).permit("toestemming",
                question -> question.facts().consent());
        var consent = UUID.randomUUID();
        register(consent);
        region.send(region.police(REPORT).to(Chain.VEILIG_THUIS, HELP).saying(leaf("kern", "x"),
                about(HER, "persoon", leaf("letsel", "y"))));
        for (var answer : answers) {
            region.partnerSystem.answers(answer);
            region.time.set(((Next.Later) region.advance(toSafeAtHome)).at());
        }
        region.transaction.inOne(() -> new Keep<>(
                region.consents.withdraw(region.caseId, consent, false, region.time.now())));
        region.advance(toSafeAtHome);
    }

    private void register(UUID consent) {
        region.transaction.inOne(() -> {
            region.consents.register(consent, region.consentToHealth(Chain.VEILIG_THUIS, HELP), SAFE_AT_HOME,
                    region.time.now());
            return new Keep<>(true);
        });
    }
}
