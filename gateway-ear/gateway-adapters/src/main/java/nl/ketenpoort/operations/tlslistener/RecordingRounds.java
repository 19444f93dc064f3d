package nl.ketenpoort.operations.tlslistener;

import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import nl.ketenpoort.operations.HandshakeRecording;
import nl.ketenpoort.operations.RefusedHandshakes;

/**
 * Records in rounds. Every record earns a pause of its own, so that one refusal is recorded at once and a storm fills
 * neither journal nor log: in the long run there is one record for each pause, whatever is thrown at the listener.
 */
final class RecordingRounds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RecordingRounds.class);
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(20);

    private final HandshakeRecording recording;
    private final LongSupplier total;
    private final Duration pause;
    private final ScheduledThreadPoolExecutor rounds;
    private boolean failing;

    /**
     * Begins.
     *
     * @param total handshakes refused since the server started
     * @param pause between two rounds, times the number of records of the first
     */
    RecordingRounds(HandshakeRecording recording, LongSupplier total, Duration pause) {
        this.recording = recording;
        this.total = total;
        this.pause = pause;
        // A virtual thread made here sees the class loader and JTA of the deployment.
        this.rounds = new ScheduledThreadPoolExecutor(1, Thread.ofVirtual().name("refused-handshakes-", 0).factory());
        rounds.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        rounds.setRejectedExecutionHandler(new ScheduledThreadPoolExecutor.DiscardPolicy());
        next(1);
    }

    private void next(int records) {
        rounds.schedule(() -> {
            int recorded = 1;
            try {
                recorded = Math.max(1, round().size());
            } finally {
                next(recorded);
            }
        }, pause.multipliedBy(records).toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized List<RefusedHandshakes> round() {
        try {
            var recorded = recording.record();
            if (!recorded.isEmpty()) {
                LOG.warn("TLS handshakes refused and recorded: {}; {} since this server started", summary(recorded),
                        total.getAsLong());
                failing = false;
            }
            return recorded;
        } catch (RuntimeException failure) {
            if (!failing) {
                LOG.warn("Refused TLS handshakes cannot be recorded now; they are kept and counted: {}",
                        failure.getClass().getName());
            }
            failing = true;
            return List.of();
        }
    }

    private static String summary(List<RefusedHandshakes> recorded) {
        return recorded.stream()
                .collect(Collectors.groupingBy(RefusedHandshakes::why, TreeMap::new,
                        Collectors.summingLong(RefusedHandshakes::count)))
                .entrySet().stream().map(counted -> counted.getKey() + " " + counted.getValue())
                .collect(Collectors.joining(", "));
    }

    /** Ends with a last round; what that cannot record waits in the server for the next deployment. */
    @Override
    public void close() throws InterruptedException {
        rounds.shutdown();
        if (!rounds.awaitTermination(LONGEST_ROUND.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("A round of recording refused TLS handshakes did not end in {}", LONGEST_ROUND);
            return;
        }
        round();
    }
}
