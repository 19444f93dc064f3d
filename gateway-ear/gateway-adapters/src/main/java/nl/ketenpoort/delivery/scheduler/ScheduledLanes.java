package nl.ketenpoort.delivery.scheduler;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import nl.ketenpoort.delivery.DeliveryId;
import nl.ketenpoort.delivery.DeliveryLanes;
import nl.ketenpoort.delivery.DeliveryStore.Mailboxes;
import nl.ketenpoort.delivery.Lane;
import nl.ketenpoort.delivery.LaneDelivery.Next;
import nl.ketenpoort.delivery.NewDelivery;
import nl.ketenpoort.delivery.scheduler.DeliverySchedulerWiring.Work;
import nl.ketenpoort.safekeeping.VaultClosed;
import nl.ketenpoort.signature.KeysUnusable;
import nl.ketenpoort.transaction.CaseTime;
import nl.ketenpoort.transaction.StoreUnavailable;

/**
 * One task for each lane that has something waiting. Enqueueing locks the lane and makes the task if there is none; the
 * task drains the lane and deletes itself under the same lock, so that nothing can be enqueued between the last look and
 * the end. One task for each notice to a sender, which puts it in its lane or mailbox. And one that comes back, which looks for
 * mailboxes that nobody can open any more.
 */
final class ScheduledLanes implements DeliveryLanes {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduledLanes.class);
    private static final String TASK = "delivery-lane";
    private static final String NOTICE = "delivery-notice";
    private static final String ENDED_MAILBOXES = "ended-mailboxes";
    private static final int URGENT = 100;
    private static final int ORDINARY = 10;
    /** A node that died is noticed after missing four of these. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    private static final Duration POLLING = Duration.ofSeconds(1);
    private static final Duration AFTER_A_FAULT_OF_OURS = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LOOKS_AT_MAILBOXES = Duration.ofMinutes(1);
    private static final int FAULTS_BEFORE_PARKING = 5;
    private static final int LANES_AT_ONCE = 16;

    private final DataSource dataSource;
    private final Jdbi database;
    private final CaseTime caseTime;
    private final CustomTask<Void> task;
    private final OneTimeTask<Void> notice;
    private final RecurringTask<Void> endedMailboxes;
    private final SchedulerClient client;
    private final Map<String, Faults> faults = new ConcurrentHashMap<>();
    private volatile Supplier<Work> work = () -> {
        throw new IllegalStateException("the lanes are not started");
    };
    private volatile Runnable wake = () -> {};

    /** How often in a row the first of a lane failed on this node for a reason that does not pass. */
    private record Faults(DeliveryId head, int times) {

        Faults andOneMore(Faults last) {
            return head.equals(last.head()) ? new Faults(head, times + last.times()) : last;
        }
    }

    ScheduledLanes(DataSource dataSource, Jdbi database, CaseTime caseTime) {
        this.dataSource = dataSource;
        this.database = database;
        this.caseTime = caseTime;
        FailureHandler<Void> later = (complete, operations) -> {
            operations.reschedule(complete, Instant.now().plus(AFTER_A_FAULT_OF_OURS));
            giveUpIfHopeless(complete);
        };
        this.task = Tasks.custom(TASK, Void.class).onDeadExecutionRevive().onFailure(later).execute(this::drain);
        this.notice = Tasks.oneTime(NOTICE, Void.class)
                .onFailure((complete, operations) -> operations.reschedule(complete,
                        Instant.now().plus(AFTER_A_FAULT_OF_OURS)))
                .execute((instance, context) -> work.get().notices()
                        .send(new DeliveryId(UUID.fromString(instance.getId()))));
        this.endedMailboxes = Tasks.recurring(ENDED_MAILBOXES, FixedDelay.of(BETWEEN_LOOKS_AT_MAILBOXES))
                .execute((instance, context) -> work.get().endedMailboxes().takeBack());
        this.client = SchedulerClient.Builder.create(dataSource, task, notice).enablePriority().build();
    }

    AutoCloseable start(String node, Supplier<Work> toDo) {
        this.work = toDo;
        // Virtual threads made here see the class loader, CDI and JTA of the deployment.
        var workers = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("lane-", 0).factory());
        Scheduler scheduler = Scheduler.create(dataSource, task, notice).schedulerName(new SchedulerName.Fixed(node))
                .startTasks(endedMailboxes).executorService(workers).threads(LANES_AT_ONCE)
                .pollUsingLockAndFetch(0.5, 1.0)
                .pollingInterval(POLLING).heartbeatInterval(HEARTBEAT).missedHeartbeatsLimit(4).enablePriority()
                .failureLogging(LogLevel.WARN, false).build();
        takeBackWhatWasLeftBy(node);
        scheduler.start();
        wake = scheduler::triggerCheckForDueExecutions;
        return () -> {
            wake = () -> {};
            scheduler.stop();
            workers.close();
        };
    }

    /**
     * A node that starts under its name is the only one of that name, so what that one was at is left, and need not wait
     * until others notice that it died. With another version, so that the end of a task that did go on somewhere changes
     * nothing; what its attempts may do is fenced by the delivery. Without the database it is left to be noticed.
     */
    private void takeBackWhatWasLeftBy(String node) {
        try {
            database.useHandle(handle -> handle.createUpdate("""
                    UPDATE scheduled_tasks
                       SET picked = false, picked_by = NULL, last_heartbeat = NULL, version = version + 1
                     WHERE picked AND picked_by = :node""").bind("node", node).execute());
        } catch (JdbiException unavailable) {
            LOG.warn("What this node was at before is taken up later, for the database is not there: {}",
                    unavailable.getClass().getName());
        }
    }

    /** What still lies in the mailbox of before, and was not seen there, keeps its place before it. */
    @Override
    public void enqueue(NewDelivery delivery) {
        var lane = laneOf(delivery);
        if (insert(delivery, lane, "'WAITING'").sequence() > 1) {
            database.useHandle(handle -> takeBack(handle, List.of(lane.name()), false));
        }
        schedule(lane);
    }

    @Override
    public boolean putInMailbox(NewDelivery delivery) {
        var lane = laneOf(delivery);
        var state = insert(delivery, lane, """
                CASE WHEN EXISTS (SELECT FROM delivery WHERE lane = :lane AND state IN ('WAITING', 'SENDING'))
                     THEN 'WAITING' ELSE 'MAILBOX' END""");
        if (state.state().equals("MAILBOX")) {
            return true;
        }
        schedule(lane);
        return false;
    }

    private static Lane laneOf(NewDelivery delivery) {
        return new Lane(delivery.caseId(), delivery.receiver().oin(), delivery.receiver().function(),
                delivery.urgent());
    }

    /**
     * The number locks the lane, so that what the state is made of does not change before it is written: two statements,
     * because the second must see what whoever had the lock before has committed.
     */
    private Inserted insert(NewDelivery delivery, Lane lane, String state) {
        return database.withHandle(handle -> {
            long sequence = handle.createQuery("""
                    INSERT INTO delivery_lane AS known (lane, next_sequence) VALUES (:lane, 2)
                    ON CONFLICT (lane) DO UPDATE SET next_sequence = known.next_sequence + 1
                    RETURNING next_sequence - 1""").bind("lane", lane.name()).mapTo(Long.class).one();
            // With the cast, because a uuid that is absent would be sent as text.
            return handle.createQuery("""
                    INSERT INTO delivery (id, lane, sequence, sender, message_id, case_id, receiver, function, purpose,
                           urgent, phase, state, since, about)
                    VALUES (:id, :lane, :sequence, :sender, :message, :case, :receiver, :function, :purpose, :urgent,
                            :phase, %s, :now, CAST(:about AS uuid)) RETURNING state""".formatted(state))
                    .bind("id", delivery.id().value()).bind("lane", lane.name()).bind("sequence", sequence)
                    .bind("sender", delivery.sender().value()).bind("message", delivery.messageId().value())
                    .bind("case", delivery.caseId().value()).bind("receiver", delivery.receiver().oin().value())
                    .bind("function", delivery.receiver().function().code())
                    .bind("purpose", delivery.purpose().code()).bind("urgent", delivery.urgent())
                    .bind("phase", delivery.phase().name()).bind("now", caseTime.now())
                    .bind("about", delivery.about().map(DeliveryId::value).orElse(null))
                    .map((row, context) -> new Inserted(sequence, row.getString("state"))).one();
        });
    }

    private record Inserted(long sequence, String state) {}

    private void schedule(Lane lane) {
        client.scheduleIfNotExists(new TaskInstance.Builder<Void>(TASK, lane.name())
                .priority(lane.urgent() ? URGENT : ORDINARY).scheduledTo(Instant.now()));
    }

    /** The lanes first and then the deliveries as a fetch has them, like whoever withdraws a consent. */
    @Override
    public boolean takeBack(Mailboxes mailbox, boolean fetchedToo) {
        var lanes = database.withHandle(handle -> {
            var locked = handle.createQuery("""
                    SELECT lane FROM delivery_lane
                     WHERE lane IN (SELECT lane FROM delivery WHERE receiver = :receiver AND function = :function
                                       AND (state = 'MAILBOX' OR :fetched AND state = 'DISCLOSED'))
                     ORDER BY lane FOR UPDATE""").bind("receiver", mailbox.receiver().value())
                    .bind("function", mailbox.function().orElseThrow().code()).bind("fetched", fetchedToo)
                    .mapTo(String.class).list();
            takeBack(handle, locked, fetchedToo);
            return locked;
        });
        lanes.stream().map(Lane::parse).forEach(this::schedule);
        return !lanes.isEmpty();
    }

    private void takeBack(Handle handle, List<String> lanes, boolean fetchedToo) {
        var taken = handle.createQuery("""
                SELECT id FROM delivery WHERE lane = ANY (:lanes)
                   AND (state = 'MAILBOX' OR :fetched AND state = 'DISCLOSED')
                 ORDER BY urgent DESC, arrival FOR UPDATE""").bindArray("lanes", String.class, lanes)
                .bind("fetched", fetchedToo).mapTo(UUID.class).list();
        handle.createUpdate("UPDATE delivery SET state = 'WAITING', since = :now WHERE id = ANY (:taken)")
                .bind("now", caseTime.now()).bindArray("taken", UUID.class, taken).execute();
    }

    @Override
    public void sendLater(DeliveryId id) {
        client.scheduleIfNotExists(new TaskInstance.Builder<Void>(NOTICE, id.toString()).priority(ORDINARY)
                .scheduledTo(Instant.now()));
    }

    @Override
    public void somethingIsWaiting() {
        wake.run();
    }

    /**
     * What fails again and again would block its lane for ever, unless it is no fault of what is in the lane. Counted by
     * delivery: the scheduler counts for the lane, and what passes too.
     */
    private void giveUpIfHopeless(ExecutionComplete complete) {
        if (complete.getCause().filter(ScheduledLanes::passes).isEmpty()) {
            var lane = complete.getExecution().getId();
            work.get().lanes().giveUp(Lane.parse(lane), head -> faults.merge(lane, new Faults(head, 1),
                    Faults::andOneMore).times() >= FAULTS_BEFORE_PARKING);
        }
    }

    /** Whether it is the database or our keys, so that every lane fails alike until they are there again. */
    private static boolean passes(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException || cause instanceof StoreUnavailable || cause instanceof KeysUnusable
                    || cause instanceof VaultClosed) {
                return true;
            }
        }
        return false;
    }

    private CompletionHandler<Void> drain(TaskInstance<Void> instance, ExecutionContext context) {
        var ending = drain(Lane.parse(instance.getId()), context);
        faults.remove(instance.getId());
        return ending;
    }

    private CompletionHandler<Void> drain(Lane lane, ExecutionContext context) {
        while (true) {
            switch (work.get().lanes().advance(lane, () -> retire(context.getExecution()))) {
                case Next.Again again -> {
                    if (context.getSchedulerState().isShuttingDown()) {
                        return (complete, operations) -> operations.reschedule(complete, Instant.now());
                    }
                }
                case Next.Drained drained -> {
                    return (complete, operations) -> {};
                }
                case Next.TakenOver takenOver -> {
                    // The task is that node's.
                    return (complete, operations) -> {};
                }
                case Next.Later(Instant at) -> {
                    var wait = Duration.between(caseTime.now(), at);
                    return (complete, operations) -> operations.reschedule(complete, Instant.now().plus(wait));
                }
            }
        }
    }

    /**
     * Deletes the task in the transaction that saw the lane empty. Demanding this very execution keeps a node that was
     * thought dead from deleting the task another node has taken over.
     */
    private void retire(Execution execution) {
        int deleted = database.withHandle(handle -> handle.createUpdate("""
                DELETE FROM scheduled_tasks
                 WHERE task_name = :task AND task_instance = :lane AND picked AND version = :version""")
                .bind("task", TASK).bind("lane", execution.getId()).bind("version", execution.version).execute());
        if (deleted != 1) {
            throw new IllegalStateException("another node has taken over this lane");
        }
    }
}
