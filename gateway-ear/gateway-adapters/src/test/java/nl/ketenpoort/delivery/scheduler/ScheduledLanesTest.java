package nl.ketenpoort.delivery.scheduler;

import static nl.ketenpoort.casefile.SampleCase.OPENED;
import static nl.ketenpoort.casefile.SampleCase.POLICE;
import static nl.ketenpoort.casefile.SampleCase.SAFE_AT_HOME;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import nl.ketenpoort.acceptance.AcceptedSample;
import nl.ketenpoort.acceptance.postgres.AcceptancePostgresWiring;
import nl.ketenpoort.casefile.CaseFiles;
import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.casefile.Phase;
import nl.ketenpoort.casefile.SampleCase;
import nl.ketenpoort.casefile.postgres.CasefilePostgresWiring;
import nl.ketenpoort.consent.postgres.ConsentPostgresWiring;
import nl.ketenpoort.delivery.DeliveryId;
import nl.ketenpoort.delivery.DeliveryLanes;
import nl.ketenpoort.delivery.DeliveryRecords;
import nl.ketenpoort.delivery.DeliveryStore;
import nl.ketenpoort.delivery.EndedMailboxes;
import nl.ketenpoort.delivery.LaneDelivery;
import nl.ketenpoort.delivery.NewDeliveries;
import nl.ketenpoort.delivery.NewDelivery;
import nl.ketenpoort.delivery.NoticeSending;
import nl.ketenpoort.delivery.NoticeWriting;
import nl.ketenpoort.delivery.PartnerSystem;
import nl.ketenpoort.delivery.PlainDeliveryWriting;
import nl.ketenpoort.delivery.Reconsideration;
import nl.ketenpoort.delivery.postgres.DeliveryPostgresWiring;
import nl.ketenpoort.delivery.scheduler.DeliverySchedulerWiring.Work;
import nl.ketenpoort.evidence.postgres.EvidencePostgresWiring;
import nl.ketenpoort.evidence.random.RandomWiring;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.minimisation.Deliberation;
import nl.ketenpoort.partner.Chain;
import nl.ketenpoort.partner.KnownPartners;
import nl.ketenpoort.partner.Separation;
import nl.ketenpoort.purpose.Rulings;
import nl.ketenpoort.purpose.WrittenPolicies;
import nl.ketenpoort.signature.KeysUnusable;
import nl.ketenpoort.signature.MessageId;
import nl.ketenpoort.transaction.SettableCaseTime;
import nl.ketenpoort.transaction.Transaction.Keep;
import nl.ketenpoort.transaction.jdbc.TestDatabase;
import nl.ketenpoort.validation.WrittenMessages;

class ScheduledLanesTest {

    private static final CaseId ID = new CaseId(UUID.fromString("5d0f3a52-1111-4222-8333-9b6f2d1f0e77"));
    private static final MessageId MESSAGE = new MessageId("urn:uuid:1");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final TestDatabase database = TestDatabase.withPartners();
    private final SettableCaseTime time = new SettableCaseTime();
    private final DeliveryLanes lanes = DeliverySchedulerWiring.lanes(database.serverDataSource(), database.server(),
            time);
    private final DeliveryStore deliveries = DeliveryPostgresWiring.deliveries(database.server(), database.vault());
    private final KnownPartners partners = new KnownPartners().connect(Chain.POLICE, Chain.POLITIE)
            .connect(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS)
            .mailbox(Chain.POLICE, Chain.POLITIE, Separation.ofItsOwn())
            .push(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS);
    private final DeliveryRecords records = new DeliveryRecords(deliveries, lanes,
            EvidencePostgresWiring.journal(database.server()), RandomWiring.randomness(), time, () -> "bundel");
    /** What the next looks at the case throw. */
    private final Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
    private Optional<AutoCloseable> driving = Optional.empty();

    @BeforeEach
    void aMessageIsAccepted() {
        var cases = CasefilePostgresWiring.cases(database.server());
        var messages = AcceptancePostgresWiring.messages(database.server(), database.vault());
        database.transaction().inOne(() -> {
            cases.create(SampleCase.opened(ID, "THV-1"));
            var accepted = AcceptedSample.message(MESSAGE, ID, OPENED);
            messages.claim(Chain.POLICE, MESSAGE, accepted.message().verified().body());
            messages.keep(accepted);
            return new Keep<>(true);
        });
    }

    @AfterEach
    void stop() throws Exception {
        if (driving.isPresent()) {
            driving.get().close();
        }
    }

    @Test
    void whatFailsAgainAndAgainIsParkedAndItsSenderFindsANotice() {
        enqueue(SAFE_AT_HOME);
        fail(5, () -> new UnsupportedOperationException("nobody foresaw this"));
        start();
        awaitInHaste(() -> states(SAFE_AT_HOME).equals(List.of("PARKED")));
        assertThat(causes()).as("nobody knows").containsExactly("");
        await(() -> states(POLICE).equals(List.of("MAILBOX")));
        await(() -> tasks("delivery-notice") == 0);
    }

    @Test
    void whatFailsOnceIsTriedAgain() {
        enqueue(SAFE_AT_HOME);
        fail(1, () -> new UnsupportedOperationException("nobody foresaw this"));
        start();
        await(() -> failures.isEmpty() && failures() == 1);
        assertThat(states(SAFE_AT_HOME)).containsExactly("WAITING");
    }

    @Test
    void aFailureThatPassesIsNoReasonToParkHoweverOftenItComes() {
        enqueue(SAFE_AT_HOME);
        fail(3, () -> new KeysUnusable(new IllegalStateException("not there")));
        fail(3, () -> new UnsupportedOperationException("nobody foresaw this"));
        start();
        // Nothing here can read it, which is seen once it is looked at.
        awaitInHaste(() -> states(SAFE_AT_HOME).equals(List.of("PARKED")));
        assertThat(causes()).containsExactly("NOT_READ");
        assertThat(failures).isEmpty();
    }

    @Test
    void whatLiesInAMailboxThatIsNoneAnyMoreIsTakenBackAndEnds() {
        database.transaction().inOne(() -> {
            lanes.putInMailbox(deliveryTo(POLICE));
            return new Keep<>(true);
        });
        partners.end(Chain.POLICE);
        start();
        await(() -> Set.of("PARKED", "CANCELLED").containsAll(states(POLICE)));
    }

    /** The heartbeats are of tomorrow, so that nobody takes either node for dead. */
    @Test
    void aNodeThatStartsAgainTakesUpWhatItWasAtAndLeavesWhatAnotherIsAt() {
        enqueue(SAFE_AT_HOME);
        enqueue(POLICE);
        database.owner().useHandle(handle -> handle.execute("""
                UPDATE scheduled_tasks SET picked = true, last_heartbeat = now() + interval '1 day',
                       picked_by = CASE WHEN task_instance LIKE ? THEN 'test' ELSE 'another' END""",
                "%" + SAFE_AT_HOME.oin().value() + "%"));
        start();
        await(() -> !states(SAFE_AT_HOME).contains("WAITING"));
        assertThat(states(POLICE)).containsExactly("WAITING");
    }

    private void start() {
        var lane = laneDelivery();
        var notices = new NoticeSending(database.transaction(), deliveries, new NewDeliveries(partners, lanes));
        var work = new Work(lane, notices, new EndedMailboxes(database.transaction(), partners, deliveries, lanes));
        driving = Optional.of(DeliverySchedulerWiring.start(lanes, "test", () -> work));
    }

    private LaneDelivery laneDelivery() {
        var writing = new PlainDeliveryWriting();
        var reconsideration = new Reconsideration(failing(CasefilePostgresWiring.cases(database.server())),
                ConsentPostgresWiring.register(database.server()), new WrittenMessages(),
                new Deliberation(partners, new Rulings(new WrittenPolicies())), writing,
                new NoticeWriting(writing, Chain.GATEWAY), time);
        return new LaneDelivery(database.transaction(), deliveries, records, reconsideration, partners,
                new PartnerSystem(() -> false), RandomWiring.randomness(), time);
    }

    private void fail(int times, Supplier<RuntimeException> how) {
        Stream.generate(how).limit(times).forEach(failures::add);
    }

    private CaseFiles failing(CaseFiles cases) {
        return (CaseFiles) Proxy.newProxyInstance(CaseFiles.class.getClassLoader(), new Class<?>[]{CaseFiles.class},
                (proxy, method, arguments) -> {
                    var failure = failures.poll();
                    if (failure != null) {
                        throw failure;
                    }
                    return method.invoke(cases, arguments);
                });
    }

    private void enqueue(Party receiver) {
        database.transaction().inOne(() -> {
            lanes.enqueue(deliveryTo(receiver));
            return new Keep<>(true);
        });
    }

    private static NewDelivery deliveryTo(Party receiver) {
        return new NewDelivery(new DeliveryId(UUID.randomUUID()), Chain.POLICE, MESSAGE, ID, receiver,
                new Purpose("TOEZICHT_NALEVING"), false, Phase.VERLENGD, Optional.empty());
    }

    private List<String> states(Party receiver) {
        return database.owner().withHandle(handle -> handle
                .createQuery("SELECT state FROM delivery WHERE receiver = :receiver")
                .bind("receiver", receiver.oin().value()).mapTo(String.class).list());
    }

    private List<String> causes() {
        return database.owner().withHandle(handle -> handle
                .createQuery("SELECT coalesce(facts ->> 'cause', '') FROM audit_record"
                        + " WHERE facts ->> 'alarm' = 'DELIVERY_PARKED'")
                .mapTo(String.class).list());
    }

    private int tasks(String name) {
        return database.owner().withHandle(handle -> handle
                .createQuery("SELECT count(*) FROM scheduled_tasks WHERE task_name = :name").bind("name", name)
                .mapTo(Integer.class).one());
    }

    private int failures() {
        return database.owner().withHandle(handle -> handle
                .createQuery("SELECT coalesce(max(consecutive_failures), 0) FROM scheduled_tasks")
                .mapTo(Integer.class).one());
    }

    /** Without the pauses after a failure. */
    private void awaitInHaste(BooleanSupplier condition) {
        await(() -> {
            database.owner().useHandle(handle -> handle
                    .execute("""
                            UPDATE scheduled_tasks SET execution_time = now()
                             WHERE NOT picked AND execution_time > now()"""));
            return condition.getAsBoolean();
        });
    }

    private static void await(BooleanSupplier condition) {
        var until = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("it comes about").isBefore(until);
            Thread.onSpinWait();
        }
    }
}
