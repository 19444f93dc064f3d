package nl.ketenpoort.delivery.postgres;

import static nl.ketenpoort.casefile.SampleCase.OPENED;
import static nl.ketenpoort.casefile.SampleCase.POLICE;
import static nl.ketenpoort.casefile.SampleCase.SAFE_AT_HOME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import nl.ketenpoort.acceptance.AcceptedSample;
import nl.ketenpoort.acceptance.AnswerWriting.ReceiverStatus;
import nl.ketenpoort.acceptance.AnswerWriting.Standing;
import nl.ketenpoort.acceptance.MessageStore;
import nl.ketenpoort.acceptance.postgres.AcceptancePostgresWiring;
import nl.ketenpoort.casefile.CaseFiles;
import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.casefile.Phase;
import nl.ketenpoort.casefile.SampleCase;
import nl.ketenpoort.casefile.postgres.CasefilePostgresWiring;
import nl.ketenpoort.delivery.DeliveryId;
import nl.ketenpoort.delivery.DeliveryLanes;
import nl.ketenpoort.delivery.DeliveryRecords;
import nl.ketenpoort.delivery.DeliveryStore;
import nl.ketenpoort.delivery.DeliveryStore.Mailboxes;
import nl.ketenpoort.delivery.DeliveryStoreContract;
import nl.ketenpoort.delivery.Lane;
import nl.ketenpoort.delivery.NewDelivery;
import nl.ketenpoort.delivery.Reconsideration.Reconsidered.Stopped;
import nl.ketenpoort.delivery.WaitingDelivery;
import nl.ketenpoort.delivery.scheduler.DeliverySchedulerWiring;
import nl.ketenpoort.evidence.postgres.EvidencePostgresWiring;
import nl.ketenpoort.evidence.random.RandomWiring;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.partner.Chain;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;
import nl.ketenpoort.safekeeping.VaultClosed;
import nl.ketenpoort.signature.MessageId;
import nl.ketenpoort.transaction.SettableCaseTime;
import nl.ketenpoort.transaction.Transaction;
import nl.ketenpoort.transaction.Transaction.Keep;
import nl.ketenpoort.transaction.Transaction.Undo;
import nl.ketenpoort.transaction.jdbc.TestDatabase;
import nl.ketenpoort.transaction.jdbc.Together;

class PostgresDeliveryStoreTest implements DeliveryStoreContract {

    private static final MessageId MESSAGE = new MessageId("urn:uuid:1");

    private static final Mailboxes MAILBOX = new Mailboxes(Chain.SAFE_AT_HOME, Optional.empty(), Set.of());

    private final TestDatabase database = TestDatabase.withPartners();
    private final DeliveryStore deliveries = DeliveryPostgresWiring.deliveries(database.server(), database.vault());
    private final DeliveryLanes lanes = DeliverySchedulerWiring.lanes(database.serverDataSource(), database.server(),
            new SettableCaseTime());
    private final MessageStore messages = AcceptancePostgresWiring.messages(database.server(), database.vault());
    private final CaseFiles cases = CasefilePostgresWiring.cases(database.server());

    @Override
    public DeliveryStore deliveries() {
        return deliveries;
    }

    @Override
    public DeliveryLanes lanes() {
        return lanes;
    }

    @Override
    public MessageStore messages() {
        return messages;
    }

    @Override
    public CaseFiles cases() {
        return cases;
    }

    @Override
    public Transaction transaction() {
        return database.transaction();
    }

    @Test
    void aLaneHasOneTaskHoweverMuchWaitsInIt() {
        accept();
        enqueue(SAFE_AT_HOME, false, Optional.empty());
        enqueue(SAFE_AT_HOME, false, Optional.empty());
        enqueue(SAFE_AT_HOME, true, Optional.empty());
        assertThat(tasks()).containsExactly(lane(true).name(), lane(false).name());
    }

    @Test
    void whatDoesNotOpenIsFoundLikeAnyOtherAndHasNoEnvelope() {
        accept();
        var id = enqueue(SAFE_AT_HOME, false, Optional.empty());
        for (var spoiling : List.of("UPDATE message SET envelope = substring(envelope FROM 2)",
                "UPDATE message SET envelope = '\\x00'", "UPDATE message SET envelope = NULL, key_wrapped = NULL")) {
            database.owner().useHandle(handle -> handle.execute(spoiling));
            assertThat(head()).as(spoiling).hasValueSatisfying(head -> {
                assertThat(head.id()).isEqualTo(id);
                assertThat(head.message().envelope()).isEmpty();
            });
        }
    }

    @Test
    void whatLiesUnderAKeyThatIsDestroyedHasNoEnvelope() {
        accept();
        enqueue(SAFE_AT_HOME, false, Optional.empty());
        database.owner().useHandle(handle -> handle.execute("DELETE FROM case_key"));
        assertThat(head().orElseThrow().message().envelope()).isEmpty();
    }

    @Test
    void underAnotherMasterKeyNothingIsTakenForSpoilt() {
        accept();
        enqueue(SAFE_AT_HOME, false, Optional.empty());
        var elsewhere = DeliveryPostgresWiring.deliveries(database.server(), database.vault("another", 1));
        assertThatExceptionOfType(VaultClosed.class).isThrownBy(
                () -> database.transaction().inOne(() -> new Keep<>(elsewhere.lockHead(lane(false)))));
    }

    @Test
    void aMailboxNeedsNoTask() {
        accept();
        database.transaction().inOne(() -> new Keep<>(
                lanes.putInMailbox(delivery(SAFE_AT_HOME, false, Optional.empty()))));
        assertThat(tasks()).isEmpty();
    }

    @Test
    void aTaskIsThereOnlyWhenItsDeliveryIs() {
        accept();
        database.transaction().inOne(() -> {
            lanes.enqueue(delivery(SAFE_AT_HOME, false, Optional.empty()));
            return new Undo<>(true);
        });
        assertThat(tasks()).isEmpty();
    }

    @Test
    void whoeverEnqueuesWaitsForWhoeverHoldsTheLane() {
        accept();
        enqueue(SAFE_AT_HOME, false, Optional.empty());
        var locked = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var sending = Together.begin(() -> database.transaction().inOne(() -> {
            deliveries.lockHead(lane(false));
            locked.countDown();
            Together.await(mayEnd);
            return new Keep<>(true);
        }));
        Together.await(locked);
        var enqueueing = Together.begin(() -> enqueue(SAFE_AT_HOME, false, Optional.empty()));
        database.awaitWaitingForALock(1);
        mayEnd.countDown();
        Together.end(sending);
        assertThat(Together.end(enqueueing)).isNotNull();
    }

    @Test
    void twoThatEnqueueAtOnceGetTwoNumbers() {
        accept();
        var enqueued = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var first = Together.begin(() -> database.transaction().inOne(() -> {
            var delivery = delivery(SAFE_AT_HOME, false, Optional.empty());
            lanes.enqueue(delivery);
            enqueued.countDown();
            Together.await(mayEnd);
            return new Keep<>(delivery.id());
        }));
        Together.await(enqueued);
        var second = Together.begin(() -> enqueue(SAFE_AT_HOME, false, Optional.empty()));
        database.awaitWaitingForALock(1);
        mayEnd.countDown();
        assertThat(List.of(sequence(Together.end(first)), sequence(Together.end(second)))).containsExactly(1L, 2L);
    }

    @Test
    void aWithdrawalOfConsentWaitsForWhatIsBeingSent() {
        accept();
        var id = enqueue(SAFE_AT_HOME, false, Optional.empty());
        var locked = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var sending = Together.begin(() -> database.transaction().inOne(() -> {
            deliveries.lockHead(lane(false));
            locked.countDown();
            Together.await(mayEnd);
            deliveries.sending(id, DELIVERED, SALT, BEGUN, NOW);
            return new Keep<>(true);
        }));
        Together.await(locked);
        var withdrawing = Together.begin(() -> database.transaction()
                .inOne(() -> new Keep<>(deliveries.lockUndisclosed(ID))));
        database.awaitWaitingForALock(1);
        mayEnd.countDown();
        Together.end(sending);
        assertThat(Together.end(withdrawing)).as("it counts as given").isEmpty();
    }

    /** Whoever accepts a message holds its case and may wait for a lane: who holds a lane must not wait for a case. */
    @Test
    void aDeliveryIsAddedWhileSomebodyHoldsItsCase() {
        accept();
        var locked = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var accepting = Together.begin(() -> database.transaction().inOne(() -> {
            cases.lock(ID);
            locked.countDown();
            Together.await(mayEnd);
            return new Keep<>(true);
        }));
        Together.await(locked);
        assertThat(enqueue(SAFE_AT_HOME, false, Optional.empty())).isNotNull();
        mayEnd.countDown();
        Together.end(accepting);
    }

    @Test
    void whoeverStopsADeliveryWaitsForNoLaneOfItsSender() {
        accept();
        enqueue(SAFE_AT_HOME, false, Optional.empty());
        enqueue(POLICE, false, Optional.empty());
        var locked = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var sending = Together.begin(() -> database.transaction().inOne(() -> {
            deliveries.lockHead(new Lane(ID, Chain.POLICE, Chain.POLITIE, false));
            locked.countDown();
            Together.await(mayEnd);
            return new Keep<>(true);
        }));
        Together.await(locked);
        var records = new DeliveryRecords(deliveries, lanes, EvidencePostgresWiring.journal(database.server()),
                RandomWiring.randomness(), new SettableCaseTime(), () -> "bundel");
        var stopping = Together.begin(() -> database.transaction().inOne(() -> {
            var why = Refusal.of(Reason.NO_GROUND);
            records.cancelled(deliveries.lockHead(lane(false)).orElseThrow(), new Stopped(why, why));
            return new Keep<>(true);
        }));
        assertThat(Together.end(stopping)).isTrue();
        mayEnd.countDown();
        Together.end(sending);
        assertThat(tasks()).as("two lanes and a notice").hasSize(3);
    }

    @Test
    void twoThatFetchAtOnceDoNotBothRecordThatItWasSeen() {
        accept();
        var id = enqueue(SAFE_AT_HOME, false, Optional.empty());
        database.transaction().inOne(() -> {
            deliveries.inMailbox(id, NOW);
            return new Keep<>(true);
        });
        var locked = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var first = Together.begin(() -> database.transaction().inOne(() -> {
            deliveries.lockInMailbox(MAILBOX, 10);
            locked.countDown();
            Together.await(mayEnd);
            return new Keep<>(deliveries.disclosed(id, DELIVERED, SALT, NOW));
        }));
        Together.await(locked);
        var second = Together.begin(() -> database.transaction().inOne(() -> {
            var seen = deliveries.lockInMailbox(MAILBOX, 10);
            assertThat(seen).extracting(WaitingDelivery::salt).as("the salt the first chose")
                    .allMatch(Optional::isPresent);
            return new Keep<>(deliveries.disclosed(id, DELIVERED, SALT, NOW));
        }));
        database.awaitWaitingForALock(1);
        mayEnd.countDown();
        assertThat(List.of(Together.end(first), Together.end(second))).containsExactly(true, false);
    }

    @Test
    void theStatusOfAMessageIsThatOfItsDeliveryAndNotOfANoticeAboutIt() {
        accept();
        var status = AcceptancePostgresWiring.status(database.server());
        var id = enqueue(SAFE_AT_HOME, false, Optional.empty());
        assertThat(status.of(Chain.POLICE, MESSAGE).orElseThrow().receivers().getFirst().standing())
                .isEqualTo(Standing.WACHT);
        database.transaction().inOne(() -> {
            deliveries.parked(id, Reason.ENDPOINT_ANSWER_INVALID.code(), NOW);
            lanes.enqueue(delivery(SAFE_AT_HOME, false, Optional.of(id)));
            return new Keep<>(true);
        });
        assertThat(status.of(Chain.POLICE, MESSAGE).orElseThrow().receivers()).hasSize(2).first()
                .isEqualTo(new ReceiverStatus(Optional.of(Chain.SAFE_AT_HOME), Optional.of(Chain.VEILIG_THUIS),
                        Standing.OPZIJ_GEZET, NOW,
                        Optional.of(Reason.ENDPOINT_ANSWER_INVALID.code())));
    }

    private void accept() {
        database.transaction().inOne(() -> {
            cases.create(SampleCase.opened(ID, "THV-1"));
            var accepted = AcceptedSample.message(MESSAGE, ID, OPENED);
            messages.claim(Chain.POLICE, MESSAGE, accepted.message().verified().body());
            messages.keep(accepted);
            return new Keep<>(true);
        });
    }

    private DeliveryId enqueue(Party receiver, boolean urgent, Optional<DeliveryId> about) {
        return database.transaction().inOne(() -> {
            var delivery = delivery(receiver, urgent, about);
            lanes.enqueue(delivery);
            return new Keep<>(delivery.id());
        });
    }

    private Optional<WaitingDelivery> head() {
        return database.transaction().inOne(() -> new Keep<>(deliveries.lockHead(lane(false))));
    }

    private static NewDelivery delivery(Party receiver, boolean urgent, Optional<DeliveryId> about) {
        return new NewDelivery(new DeliveryId(UUID.randomUUID()), Chain.POLICE, MESSAGE, ID, receiver,
                new Purpose("TOEZICHT_NALEVING"), urgent, Phase.VERLENGD, about);
    }

    private static Lane lane(boolean urgent) {
        return new Lane(ID, Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, urgent);
    }

    private long sequence(DeliveryId id) {
        return database.owner().withHandle(handle -> handle.createQuery("SELECT sequence FROM delivery WHERE id = :id")
                .bind("id", id.value()).mapTo(Long.class).one());
    }

    private List<String> tasks() {
        return database.owner().withHandle(handle -> handle
                .createQuery("SELECT task_instance FROM scheduled_tasks ORDER BY priority DESC").mapTo(String.class)
                .list());
    }
}
