package nl.ketenpoort.operations.tlslistener;

import java.time.Duration;

import nl.ketenpoort.operations.HandshakeCounts;
import nl.ketenpoort.operations.HandshakeRecording;
import nl.ketenpoort.tlslistener.RefusalCounts;

/** The door of this package, for the composition root alone. */
public final class OperationsTlsListenerWiring {

    private static final Duration PAUSE = Duration.ofSeconds(3);

    private OperationsTlsListenerWiring() {}

    /** What the listeners of this server refused. */
    public static HandshakeCounts counts() {
        return new ListenerCounts(RefusalCounts.ofThisServer());
    }

    /**
     * Starts to record.
     *
     * @return stops it, after a last round
     */
    public static AutoCloseable start(HandshakeRecording recording) {
        return new RecordingRounds(recording, RefusalCounts.ofThisServer()::total, PAUSE);
    }
}
