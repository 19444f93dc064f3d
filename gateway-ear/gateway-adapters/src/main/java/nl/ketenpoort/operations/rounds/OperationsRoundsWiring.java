package nl.ketenpoort.operations.rounds;

import java.time.Duration;
import java.util.function.LongSupplier;

import nl.ketenpoort.operations.HandshakeRecording;
import nl.ketenpoort.operations.LateRecording;

/** The door of this package, for the composition root alone. */
public final class OperationsRoundsWiring {

    private static final Duration PAUSE = Duration.ofSeconds(3);

    private OperationsRoundsWiring() {}

    /**
     * Starts to record refused handshakes.
     *
     * @param total handshakes refused since the server started
     * @return stops it, after a last round
     */
    public static AutoCloseable start(HandshakeRecording recording, LongSupplier total) {
        return new RecordingRounds(new RefusedHandshakeCounts(recording, total), PAUSE);
    }

    /**
     * Starts to record what was refused while nothing could be recorded.
     *
     * @return stops it, after a last round
     */
    public static AutoCloseable start(LateRecording recording) {
        return new RecordingRounds(new LateRefusals(recording), PAUSE);
    }
}
