package nl.ketenpoort.delivery;

import static nl.ketenpoort.casefile.SampleCase.HIS;
import static nl.ketenpoort.casefile.SampleCase.OPENED;
import static nl.ketenpoort.casefile.SampleCase.POLICE;
import static nl.ketenpoort.casefile.SampleCase.SAFE_AT_HOME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

import nl.ketenpoort.acceptance.AcceptedSample;
import nl.ketenpoort.acceptance.MessageStore;
import nl.ketenpoort.casefile.CaseFiles;
import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.casefile.Phase;
import nl.ketenpoort.casefile.SampleCase;
import nl.ketenpoort.delivery.DeliveryStore.Failing;
import nl.ketenpoort.delivery.DeliveryStore.Mailboxes;
import nl.ketenpoort.delivery.WaitingDelivery.Notice;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.evidence.Salt;
import nl.ketenpoort.messagetype.Category;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.partner.Chain;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.purpose.DataClass;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.signature.MessageId;
import nl.ketenpoort.signature.SampleCertificate;
import nl.ketenpoort.transaction.Transaction;
import nl.ketenpoort.transaction.Transaction.Keep;
import nl.ketenpoort.transaction.Transaction.Undo;

/** What every store of deliveries and its lanes keep to. */
public interface DeliveryStoreContract {

    DeliveryStore deliveries();

    DeliveryLanes lanes();

    MessageStore messages();

    CaseFiles cases();

    Transaction transaction();

    CaseId ID = new CaseId(UUID.fromString("5d0f3a52-1111-4222-8333-9b6f2d1f0e77"));
    Instant NOW = OPENED.plusSeconds(60);
    Salt SALT = new Salt(Digest.of(new byte[]{7}).bytes());
    Digest DELIVERED = Digest.of(new byte[]{8});
    Attempts BEGUN = Attempts.none().begun();

    @Test
    default void theHeadOfALaneIsItsFirstThatWaitsWithAllThatIsKnownOfItsMessage() {
        var first = enqueue("urn:uuid:1", SAFE_AT_HOME, false);
        enqueue("urn:uuid:2", SAFE_AT_HOME, false);
        var head = head(SAFE_AT_HOME, false).orElseThrow();
        assertThat(head.id()).isEqualTo(first);
        assertThat(head.sequence()).isEqualTo(1);
        assertThat(head.receiver()).isEqualTo(Chain.SAFE_AT_HOME);
        assertThat(head.function()).isEqualTo(Chain.VEILIG_THUIS);
        assertThat(head.purpose()).isEqualTo(new Purpose("TOEZICHT_NALEVING"));
        assertThat(head.urgent()).isFalse();
        assertThat(head.attempts()).isEqualTo(Attempts.none());
        assertThat(head.salt()).isEmpty();
        assertThat(head.notice()).isEmpty();

        var id = new MessageId("urn:uuid:1");
        var accepted = AcceptedSample.message(id, ID, OPENED);
        var message = head.message();
        assertThat(message.sender()).isEqualTo(Chain.POLICE);
        assertThat(message.id()).isEqualTo(id);
        assertThat(message.caseId()).isEqualTo(ID);
        assertThat(message.senderFunction()).isEqualTo(Chain.POLITIE);
        assertThat(message.phase()).isEqualTo(Phase.VERLENGD);
        assertThat(message.safetyEffect()).isFalse();
        assertThat(message.reference()).contains(new MessageId("urn:uuid:eerder"));
        assertThat(message.receivedAt()).isEqualTo(OPENED);
        assertThat(message.digest()).isEqualTo(accepted.digest());
        assertThat(message.auditLeaf()).isEqualTo(accepted.auditLeaf());
        assertThat(message.envelope()).hasValueSatisfying(envelope -> assertThat(envelope)
                .isEqualTo(AcceptedSample.envelopeOf(id)));
        assertThat(message.certificate()).isEqualTo(certificate());
    }

    @Test
    default void anEmptyLaneHasNoHead() {
        assertThat(head(SAFE_AT_HOME, false)).isEmpty();
    }

    @Test
    default void lanesAreNumberedEachByItself() {
        enqueue("urn:uuid:1", SAFE_AT_HOME, false);
        enqueue("urn:uuid:2", SAFE_AT_HOME, true);
        enqueue("urn:uuid:3", HIS, false);
        var second = enqueue("urn:uuid:4", SAFE_AT_HOME, false);
        assertThat(head(SAFE_AT_HOME, true).orElseThrow().sequence()).isEqualTo(1);
        assertThat(head(HIS, false).orElseThrow().sequence()).isEqualTo(1);
        end(head(SAFE_AT_HOME, false).orElseThrow().id());
        assertThat(head(SAFE_AT_HOME, false)).hasValueSatisfying(head -> {
            assertThat(head.id()).isEqualTo(second);
            assertThat(head.sequence()).isEqualTo(2);
        });
    }

    @Test
    default void aNumberThatWasUndoneIsGivenAgain() {
        enqueue("urn:uuid:1", SAFE_AT_HOME, false);
        transaction().inOne(() -> {
            lanes().enqueue(delivery("urn:uuid:1", HIS, false, Optional.empty()));
            return new Undo<>(true);
        });
        assertThat(head(HIS, false)).isEmpty();
        enqueue("urn:uuid:2", HIS, false);
        assertThat(head(HIS, false).orElseThrow().sequence()).isEqualTo(1);
    }

    @Test
    default void whatIsBeingSentIsStillTheHeadWithTheSaltItChose() {
        var id = enqueue("urn:uuid:1", SAFE_AT_HOME, false);
        change(() -> deliveries().sending(id, DELIVERED, SALT, BEGUN, NOW));
        var head = head(SAFE_AT_HOME, false).orElseThrow();
        assertThat(head.salt().orElseThrow().bytes()).isEqualTo(SALT.bytes());
        assertThat(head.attempts()).as("until it is known that it did not arrive").isEqualTo(BEGUN);
    }

    @Test
    default void anAttemptIsTheLastOneUntilAnotherBeginsOrTheDeliveryEnds() {
        var lane = new Lane(ID, SAFE_AT_HOME.oin(), SAFE_AT_HOME.function(), false);
        var id = enqueue("urn:uuid:1", SAFE_AT_HOME, false);
        change(() -> deliveries().sending(id, DELIVERED, SALT, BEGUN, NOW));
        assertThat(read(() -> deliveries().lockAttempt(lane, id, BEGUN))).isTrue();
        change(() -> deliveries().sending(id, DELIVERED, SALT, BEGUN.begun(), NOW));
        assertThat(read(() -> deliveries().lockAttempt(lane, id, BEGUN))).as("another has begun").isFalse();
        assertThat(read(() -> deliveries().lockAttempt(lane, id, BEGUN.begun()))).isTrue();
        end(id);
        assertThat(read(() -> deliveries().lockAttempt(lane, id, BEGUN.begun()))).as("it has ended").isFalse();
    }

    @Test
    default void whatDidNotSucceedWaitsAgainWithItsAttempts() {
        var id = enqueue("urn:uuid:1", SAFE_AT_HOME, false);
        var none = Attempts.none();
        for (var attempts : List.of(none.notArrived(), none.notArrived().unconfirmed(false), none.unanswered(),
                none.unconfirmed(true))) {
            change(() -> deliveries().sending(id, DELIVERED, SALT, BEGUN, NOW));
            change(() -> deliveries().waitsAgain(id, Reason.ENDPOINT_UNREACHABLE.code(), attempts, NOW));
            assertThat(head(SAFE_AT_HOME, false).orElseThrow().attempts()).isEqualTo(attempts);
        }
        assertThat(head(SAFE_AT_HOME, false).orElseThrow().salt()).as("the same at every attempt").isPresent();
    }

    @Test
    default void whatHasEndedIsNotTheHeadAndDoesNotEndTwice() {
        var delivered = enqueue("urn:uuid:1", SAFE_AT_HOME, false);
        var parked = enqueue("urn:uuid:2", SAFE_AT_HOME, false);
        var cancelled = enqueue("urn:uuid:3", SAFE_AT_HOME, false);
        var last = enqueue("urn:uuid:4", SAFE_AT_HOME, false);
        change(() -> deliveries().delivered(delivered, NOW));
        change(() -> deliveries().parked(parked, Reason.ENDPOINT_ANSWER_INVALID.code(), NOW));
        change(() -> deliveries().cancelled(cancelled, Reason.CONSENT_WITHDRAWN.code(), NOW));
        assertThat(head(SAFE_AT_HOME, false).orElseThrow().id()).isEqualTo(last);
        for (var ended : List.of(delivered, parked, cancelled)) {
            assertEnded(() -> deliveries().delivered(ended, NOW));
            assertEnded(() -> deliveries().parked(ended, Reason.ENDPOINT_MISSING.code(), NOW));
            assertEnded(() -> deliveries().cancelled(ended, Reason.CONSENT_WITHDRAWN.code(), NOW));
            assertEnded(() -> deliveries().sending(ended, DELIVERED, SALT, BEGUN, NOW));
            change(() -> deliveries().waitsAgain(ended, Reason.ENDPOINT_UNREACHABLE.code(),
                    Attempts.none().notArrived(), NOW));
        }
        assertThat(head(SAFE_AT_HOME, false).orElseThrow().id()).as("nothing came back").isEqualTo(last);
    }

    @Test
    default void whatCannotBeDecidedOnStaysAndIsNewsOnce() {
        var waiting = enqueue("urn:uuid:1", SAFE_AT_HOME, false);
        var inMailbox = inMailbox("urn:uuid:2", false);
        var ended = enqueue("urn:uuid:3", SAFE_AT_HOME, true);
        end(ended);
        for (var id : List.of(waiting, inMailbox)) {
            assertThat(undecided(id)).isTrue();
            assertThat(undecided(id)).isFalse();
        }
        assertThat(undecided(ended)).isFalse();
        assertThat(head(SAFE_AT_HOME, false).orElseThrow().id()).isEqualTo(waiting);
        disclose(inMailbox, DELIVERED);
        assertThat(undecided(inMailbox)).as("it was decided on in between").isTrue();
    }

    @Test
    default void theMailboxHasWhatLiesInItUrgentFirstAndInOrder() {
        var first = inMailbox("urn:uuid:1", false);
        var second = inMailbox("urn:uuid:2", false);
        var urgent = inMailbox("urn:uuid:3", true);
        assertThat(mailbox(10)).extracting(WaitingDelivery::id).containsExactly(urgent, first, second);
        assertThat(mailbox(2)).extracting(WaitingDelivery::id).containsExactly(urgent, first);
        assertThat(count()).isEqualTo(3);
        assertThat(head(HIS, false)).as("it does not wait in its lane").isEmpty();
    }

    @Test
    default void theOrderOfAMailboxIsThatOfComingAndNotOfTheTimesOfTheMessages() {
        var parked = enqueue("urn:uuid:1", SAFE_AT_HOME, false);
        change(() -> deliveries().parked(parked, Reason.ENDPOINT_MISSING.code(), NOW));
        var first = delivery(accept("urn:uuid:2", OPENED.plusSeconds(60)), HIS, false, Optional.empty());
        var fromANodeWhoseClockIsBehind = delivery(accept("urn:uuid:3", OPENED.minusSeconds(60)), HIS, false,
                Optional.empty());
        var notice = delivery("urn:uuid:1", HIS, false, Optional.of(parked));
        put(first);
        put(fromANodeWhoseClockIsBehind);
        put(notice);
        assertThat(mailbox(10)).extracting(WaitingDelivery::id).containsExactly(first.id(),
                fromANodeWhoseClockIsBehind.id(), notice.id());
    }

    @Test
    default void whatIsPutInTheMailboxIsThereUnlessSomethingWaitsBeforeIt() {
        var waiting = enqueue("urn:uuid:1", HIS, false);
        var behind = delivery("urn:uuid:1", HIS, false, Optional.empty());
        assertThat(put(behind)).isFalse();
        assertThat(mailbox(10)).isEmpty();
        change(() -> deliveries().inMailbox(waiting, NOW));
        assertThat(head(HIS, false).orElseThrow().id()).isEqualTo(behind.id());
        change(() -> deliveries().inMailbox(behind.id(), NOW));
        var third = delivery("urn:uuid:1", HIS, false, Optional.empty());
        assertThat(put(third)).isTrue();
        assertThat(mailbox(10)).extracting(WaitingDelivery::id).containsExactly(waiting, behind.id(), third.id());
        assertThat(mailbox(10)).extracting(WaitingDelivery::sequence).containsExactly(1L, 2L, 3L);
        assertThat(head(HIS, false)).isEmpty();
    }

    @Test
    default void whatIsTakenBackFromAMailboxHasItsPlaceInItsLaneAgain() {
        var first = inMailbox("urn:uuid:1", false);
        var second = inMailbox("urn:uuid:2", false);
        disclose(second, DELIVERED);
        var hers = new Mailboxes(Chain.PROBATION, Optional.of(Chain.ZC_UHG), Set.of());
        assertThat(read(() -> deliveries().mailboxesInUse())).containsExactly(hers);
        assertThat(read(() -> lanes().takeBack(hers, false))).isTrue();
        assertThat(mailbox(10)).as("who fetched it may still confirm it").extracting(WaitingDelivery::id)
                .containsExactly(second);
        assertThat(read(() -> lanes().takeBack(hers, true))).isTrue();
        assertThat(read(() -> lanes().takeBack(hers, true))).as("there is no more").isFalse();
        assertThat(disclosed(Chain.PROBATION, second).orElseThrow().end()).as("who has it may say so")
                .isEqualTo(DeliveryStore.Disclosed.End.NONE_YET);
        assertThat(disclosed(Chain.PROBATION, first)).isEmpty();
        assertThat(read(() -> deliveries().mailboxesInUse())).isEmpty();
        assertThat(count()).isZero();
        assertThat(head(HIS, false).orElseThrow().id()).isEqualTo(first);
        end(first);
        assertThat(head(HIS, false)).hasValueSatisfying(head -> {
            assertThat(head.id()).isEqualTo(second);
            assertThat(head.attempts().mayHaveArrived()).as("it was fetched").isTrue();
            assertThat(head.salt()).as("what is given has the same digest").isPresent();
        });
    }

    @Test
    default void whatLiesInAMailboxOfBeforeWaitsBeforeWhatIsAddedToTheLane() {
        var first = inMailbox("urn:uuid:1", false);
        var urgent = inMailbox("urn:uuid:2", true);
        var seen = inMailbox("urn:uuid:3", false);
        disclose(seen, DELIVERED);
        enqueue("urn:uuid:4", HIS, false);
        assertThat(head(HIS, false).orElseThrow().id()).isEqualTo(first);
        assertThat(mailbox(10)).as("another lane, and what can still be confirmed").extracting(WaitingDelivery::id)
                .containsExactly(urgent, seen);
    }

    @Test
    default void aMailboxIsOfOneOrganisationAndWhereAskedOfOneFunction() {
        inMailbox("urn:uuid:1", false);
        assertThat(transaction().inOne(
                () -> new Keep<>(deliveries().lockInMailbox(mailboxes(Chain.SAFE_AT_HOME, Optional.empty()), 10))))
                .isEmpty();
        assertThat(transaction().inOne(() -> new Keep<>(
                deliveries().lockInMailbox(mailboxes(Chain.PROBATION, Optional.of(Chain.GGZ_FUNCTION)), 10))))
                .isEmpty();
        assertThat(transaction().inOne(() -> new Keep<>(
                deliveries().countInMailbox(mailboxes(Chain.PROBATION, Optional.of(Chain.GGZ_FUNCTION)))))).isZero();
        assertThat(transaction().inOne(() -> new Keep<>(
                deliveries().lockInMailbox(mailboxes(Chain.PROBATION, Optional.of(Chain.ZC_UHG)), 10)))).hasSize(1);
    }

    @Test
    default void whatIsFetchedIsNewsOnceForEachForm() {
        var id = inMailbox("urn:uuid:1", false);
        assertThat(disclose(id, DELIVERED)).isTrue();
        assertThat(disclose(id, DELIVERED)).isFalse();
        assertThat(disclose(id, Digest.of(new byte[]{9}))).as("another form").isTrue();
        assertThat(mailbox(10)).as("it stays until it is confirmed").hasSize(1);
        assertThat(mailbox(10).getFirst().salt()).isPresent();
    }

    @Test
    default void onlyWhatTheReceiverFetchedCanBeConfirmed() {
        var id = inMailbox("urn:uuid:1", false);
        assertThat(disclosed(Chain.PROBATION, id)).isEmpty();
        disclose(id, DELIVERED);
        assertThat(disclosed(Chain.SAFE_AT_HOME, id)).as("by somebody else").isEmpty();
        assertThat(disclosed(Chain.PROBATION, id)).hasValueSatisfying(found -> {
            assertThat(found.digest()).isEqualTo(DELIVERED);
            assertThat(found.end()).isEqualTo(DeliveryStore.Disclosed.End.NONE_YET);
            assertThat(found.delivery().id()).isEqualTo(id);
        });
        change(() -> deliveries().delivered(id, NOW));
        assertThat(disclosed(Chain.PROBATION, id).orElseThrow().end()).isEqualTo(DeliveryStore.Disclosed.End.CONFIRMED);
        assertThat(count()).isZero();
    }

    @Test
    default void whatWasStoppedAfterItWasFetchedHasEndedAndWhatWasStoppedBeforeWasNeverFetched() {
        var fetched = inMailbox("urn:uuid:1", false);
        var unfetched = inMailbox("urn:uuid:2", false);
        var parked = inMailbox("urn:uuid:3", false);
        disclose(fetched, DELIVERED);
        disclose(parked, DELIVERED);
        change(() -> deliveries().parked(parked, Reason.DELIVERY_UNREADABLE.code(), NOW));
        assertThat(disclosed(Chain.PROBATION, parked).orElseThrow().end())
                .isEqualTo(DeliveryStore.Disclosed.End.STOPPED);
        change(() -> deliveries().cancelled(fetched, Reason.GIVEN_BEFORE.code(), NOW));
        change(() -> deliveries().cancelled(unfetched, Reason.CONSENT_WITHDRAWN.code(), NOW));
        assertThat(disclosed(Chain.PROBATION, fetched).orElseThrow().end())
                .isEqualTo(DeliveryStore.Disclosed.End.STOPPED);
        assertThat(disclosed(Chain.PROBATION, unfetched)).isEmpty();
    }

    @Test
    default void undisclosedIsWhatWaitsOrLiesUnfetched() {
        var waiting = enqueue("urn:uuid:1", SAFE_AT_HOME, false);
        var sending = enqueue("urn:uuid:2", SAFE_AT_HOME, true);
        var unfetched = inMailbox("urn:uuid:3", false);
        var fetched = inMailbox("urn:uuid:4", false);
        change(() -> deliveries().sending(sending, DELIVERED, SALT, BEGUN, NOW));
        disclose(fetched, DELIVERED);
        assertThat(transaction().inOne(() -> new Keep<>(deliveries().lockUndisclosed(ID))))
                .extracting(WaitingDelivery::id).containsExactlyInAnyOrder(waiting, unfetched);
        assertThat(transaction().inOne(() -> new Keep<>(deliveries().lockUndisclosed(new CaseId(UUID.randomUUID())))))
                .isEmpty();
    }

    @Test
    default void aNoticeSaysWhatTheSenderIsToldWhateverBecomesOfTheDelivery() {
        var about = enqueue("urn:uuid:1", SAFE_AT_HOME, false);
        var notice = new Notice(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, Notice.Standing.MINDER_GEGEVEN,
                Reason.CONSENT_WITHDRAWN.code(), NOW, List.of("persoon/letsel", "persoon/verblijf"));
        var id = new DeliveryId(UUID.randomUUID());
        change(() -> deliveries().notice(id, about, notice));
        var toSender = read(() -> deliveries().unsentNotice(id)).orElseThrow();
        assertThat(toSender).isEqualTo(new NewDelivery(id, Chain.POLICE, new MessageId("urn:uuid:1"), ID, POLICE,
                new Purpose("TOEZICHT_NALEVING"), false, Phase.VERLENGD, Optional.of(about)));
        change(() -> {
            lanes().enqueue(toSender);
            deliveries().cancelled(about, Reason.GIVEN_BEFORE.code(), NOW.plusSeconds(1));
        });
        assertThat(head(POLICE, false).orElseThrow().notice()).contains(notice);
        assertThat(read(() -> deliveries().unsentNotice(id))).as("it is on its way").isEmpty();
    }

    @Test
    default void whatTheReceiverWasPermittedAtAcceptanceIsKnown() {
        enqueue("urn:uuid:1", SAFE_AT_HOME, false);
        assertThat(head(SAFE_AT_HOME, false).orElseThrow().permitted())
                .containsExactly(new DataClass(Category.O, Optional.empty()));
        enqueue("urn:uuid:2", HIS, false);
        assertThat(head(HIS, false).orElseThrow().permitted()).as("for another purpose it was refused").isEmpty();
    }

    @Test
    default void anEndpointThatFailsIsCountedUntilItAnswers() {
        assertThat(failing()).isEmpty();
        assertThat(fail(NOW, NOW.plusSeconds(1))).isEqualTo(new Failing(1, NOW.plusSeconds(1), Optional.empty()));
        assertThat(fail(NOW.plusSeconds(1), NOW.plusSeconds(2)).failures()).isEqualTo(2);
        assertThat(failing()).contains(new Failing(2, NOW.plusSeconds(2), Optional.empty()));
        assertThat(read(() -> deliveries().failing(Chain.SAFE_AT_HOME, Chain.GGZ_FUNCTION)))
                .as("another function has an endpoint of its own").isEmpty();
        change(() -> deliveries().endpointAnswered(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS));
        assertThat(failing()).isEmpty();
        assertThat(fail(NOW.plusSeconds(2), NOW.plusSeconds(3)).failures()).isEqualTo(1);
    }

    @Test
    default void attemptsThatWereUnderWayTogetherCountOnce() {
        fail(NOW, NOW.plusSeconds(30));
        assertThat(fail(NOW.plusSeconds(1), NOW.plusSeconds(31)))
                .isEqualTo(new Failing(1, NOW.plusSeconds(30), Optional.empty()));
    }

    @Test
    default void oneAtATimeTriesAnEndpointThatFails() {
        var failed = fail(NOW, NOW);
        assertThat(probe(failed, NOW.plusSeconds(45))).isTrue();
        assertThat(probe(failed, NOW.plusSeconds(45))).as("somebody does").isFalse();
        assertThat(failing().orElseThrow().probedUntil()).contains(NOW.plusSeconds(45));
        assertThat(probe(failing().orElseThrow(), NOW.plusSeconds(90))).as("he has gone").isTrue();
        assertThat(fail(NOW.minusSeconds(1), NOW.plusSeconds(1)).probedUntil()).as("an attempt of before").isPresent();
        assertThat(fail(NOW.plusSeconds(1), NOW.plusSeconds(2)).probedUntil()).isEmpty();
        change(() -> deliveries().endpointAnswered(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS));
        assertThat(probe(failed, NOW.plusSeconds(45))).as("it answers, and is not to be spared").isFalse();
    }

    @Test
    default void theOldestUrgentOneOfAnEndpointIsKnown() {
        assertThat(oldestUrgent()).isEmpty();
        enqueue("urn:uuid:1", SAFE_AT_HOME, false);
        enqueue("urn:uuid:2", HIS, true);
        assertThat(oldestUrgent()).isEmpty();
        var urgent = enqueue("urn:uuid:3", SAFE_AT_HOME, true);
        assertThat(oldestUrgent()).contains(new Lane(ID, Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, true));
        change(() -> deliveries().sending(urgent, DELIVERED, SALT, BEGUN, NOW));
        assertThat(oldestUrgent()).isPresent();
        end(urgent);
        assertThat(oldestUrgent()).isEmpty();
    }

    @Test
    default void ofTwoUrgentOnesTheOneThatWasTriedLessComesFirst() {
        var other = new CaseId(UUID.fromString("5d0f3a52-1111-4222-8333-9b6f2d1f0e78"));
        var tried = enqueue("urn:uuid:1", SAFE_AT_HOME, true);
        change(() -> {
            cases().create(SampleCase.opened(other, "THV-2"));
            var accepted = AcceptedSample.message(new MessageId("urn:uuid:2"), other, OPENED);
            messages().claim(Chain.POLICE, new MessageId("urn:uuid:2"), accepted.message().verified().body());
            messages().keep(accepted);
            lanes().enqueue(new NewDelivery(new DeliveryId(UUID.randomUUID()), Chain.POLICE,
                    new MessageId("urn:uuid:2"), other, SAFE_AT_HOME, new Purpose("TOEZICHT_NALEVING"), true,
                    Phase.VERLENGD, Optional.empty()));
        });
        assertThat(oldestUrgent()).contains(new Lane(ID, Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, true));
        change(() -> deliveries().sending(tried, DELIVERED, SALT, BEGUN, NOW));
        assertThat(oldestUrgent()).contains(new Lane(other, Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, true));
    }

    @Test
    default void sinceWhenALaneWaitsIsTheEndOfItsLastAttempt() {
        var lane = new Lane(ID, Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, false);
        assertThat(read(() -> deliveries().waitsSince(lane))).isEmpty();
        var id = enqueue("urn:uuid:1", SAFE_AT_HOME, false);
        assertThat(read(() -> deliveries().waitsSince(lane))).isPresent();
        change(() -> deliveries().sending(id, DELIVERED, SALT, BEGUN, NOW));
        change(() -> deliveries().waitsAgain(id, Reason.ENDPOINT_UNREACHABLE.code(), Attempts.none().notArrived(),
                NOW.plusSeconds(7)));
        assertThat(read(() -> deliveries().waitsSince(lane))).contains(NOW.plusSeconds(7));
    }

    @Test
    default void whatIsUndoneDidNotHappen() {
        var id = enqueue("urn:uuid:1", SAFE_AT_HOME, false);
        transaction().inOne(() -> {
            deliveries().delivered(id, NOW);
            deliveries().endpointFailed(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, NOW, NOW);
            return new Undo<>(true);
        });
        assertThat(head(SAFE_AT_HOME, false)).isPresent();
        assertThat(failing()).isEmpty();
    }

    private DeliveryId enqueue(String message, Party receiver, boolean urgent) {
        var delivery = delivery(accept(message, OPENED), receiver, urgent, Optional.empty());
        change(() -> lanes().enqueue(delivery));
        return delivery.id();
    }

    private String accept(String message, Instant receivedAt) {
        return read(() -> {
            if (cases().lock(ID).isEmpty()) {
                cases().create(SampleCase.opened(ID, "THV-1"));
            }
            var id = new MessageId(message);
            var accepted = AcceptedSample.message(id, ID, receivedAt);
            messages().claim(Chain.POLICE, id, accepted.message().verified().body());
            messages().keep(accepted);
            return message;
        });
    }

    private boolean put(NewDelivery delivery) {
        return transaction().inOne(() -> new Keep<>(lanes().putInMailbox(delivery)));
    }

    private DeliveryId inMailbox(String message, boolean urgent) {
        var delivery = delivery(accept(message, OPENED), HIS, urgent, Optional.empty());
        put(delivery);
        return delivery.id();
    }

    private static NewDelivery delivery(String message, Party receiver, boolean urgent, Optional<DeliveryId> about) {
        return new NewDelivery(new DeliveryId(UUID.randomUUID()), Chain.POLICE, new MessageId(message), ID, receiver,
                new Purpose("TOEZICHT_NALEVING"), urgent, Phase.VERLENGD, about);
    }

    private Optional<WaitingDelivery> head(Party receiver, boolean urgent) {
        var lane = new Lane(ID, receiver.oin(), receiver.function(), urgent);
        return read(() -> deliveries().lockHead(lane));
    }

    private boolean undecided(DeliveryId id) {
        return read(() -> deliveries().undecided(id, Reason.POLICY_ERROR.code()));
    }

    private void end(DeliveryId id) {
        change(() -> deliveries().delivered(id, NOW));
    }

    private static Mailboxes mailboxes(Oin receiver, Optional<PartnerFunction> function) {
        return new Mailboxes(receiver, function, Set.of());
    }

    private List<WaitingDelivery> mailbox(int maximum) {
        return read(() -> deliveries().lockInMailbox(mailboxes(Chain.PROBATION, Optional.empty()), maximum));
    }

    private int count() {
        return read(() -> deliveries().countInMailbox(mailboxes(Chain.PROBATION, Optional.of(Chain.ZC_UHG))));
    }

    private boolean disclose(DeliveryId id, Digest digest) {
        return read(() -> deliveries().disclosed(id, digest, SALT, NOW));
    }

    private Optional<DeliveryStore.Disclosed> disclosed(Oin receiver, DeliveryId id) {
        return read(() -> deliveries().lockDisclosed(receiver, id));
    }

    private Failing fail(Instant began, Instant now) {
        return read(() -> deliveries().endpointFailed(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, began, now));
    }

    private Optional<Failing> failing() {
        return read(() -> deliveries().failing(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS));
    }

    private boolean probe(Failing seen, Instant until) {
        return read(() -> deliveries().probe(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, seen, until));
    }

    private Optional<Lane> oldestUrgent() {
        return read(() -> deliveries().oldestUrgent(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS));
    }

    private void assertEnded(Runnable change) {
        assertThatIllegalStateException().isThrownBy(() -> change(change));
    }

    private void change(Runnable change) {
        read(() -> {
            change.run();
            return true;
        });
    }

    private <T> T read(Supplier<T> work) {
        return transaction().inOne(() -> new Keep<>(work.get()));
    }

    private static Digest certificate() {
        try {
            return Digest.of(SampleCertificate.read().getEncoded());
        } catch (java.security.cert.CertificateEncodingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
