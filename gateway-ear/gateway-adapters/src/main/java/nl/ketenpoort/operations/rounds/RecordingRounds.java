package nl.ketenpoort.operations.rounds;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records in rounds, with pauses between them, so that one refusal is recorded at once and a storm does not fill the log.
 */
final class RecordingRounds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RecordingRounds.class);
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(20);

    private final Recorded what;
    private final Duration pause;
    private final ScheduledThreadPoolExecutor rounds;
    private boolean failing;

    /** What is recorded. */
    interface Recorded {

        /** Its name in the log, plural. */
        String name();

        /** Records what waits, or throws and keeps it. */
        Round record();
    }

    /**
     * One round.
     *
     * @param records how many records it made
     * @param pauses how many pauses come after it
     * @param summary for the log: numbers and codes only
     */
    record Round(int records, int pauses, String summary) {}

    /**
     * Begins.
     *
     * @param pause between two rounds, as often as the first of them asks for
     */
    RecordingRounds(Recorded what, Duration pause) {
        this.what = what;
        this.pause = pause;
        // A virtual thread made here sees the class loader and JTA of the deployment.
        this.rounds = new ScheduledThreadPoolExecutor(1, Thread.ofVirtual().name("recording-rounds-", 0).factory());
        rounds.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        rounds.setRejectedExecutionHandler(new ScheduledThreadPoolExecutor.DiscardPolicy());
        next(1);
    }

    private void next(int pauses) {
        rounds.schedule(() -> {
            int after = 1;
            try {
                after = Math.max(1, round());
            } finally {
                next(after);
            }
        }, pause.multipliedBy(pauses).toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized int round() {
        try {
            var round = what.record();
            if (round.records() > 0) {
                LOG.warn("{} recorded: {}", what.name(), round.summary());
                failing = false;
            }
            return round.pauses();
        } catch (RuntimeException failure) {
            if (!failing) {
                LOG.warn("{} cannot be recorded now; they are kept and counted: {}", what.name(),
                        failure.getClass().getName());
            }
            failing = true;
            return 1;
        }
    }

    /** Ends with a last round. What that cannot record stays where it is kept, for as long as that lasts. */
    @Override
    public void close() throws InterruptedException {
        rounds.shutdown();
        if (!rounds.awaitTermination(LONGEST_ROUND.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("{}: a round of recording did not end in {}", what.name(), LONGEST_ROUND);
            return;
        }
        round();
    }
}
