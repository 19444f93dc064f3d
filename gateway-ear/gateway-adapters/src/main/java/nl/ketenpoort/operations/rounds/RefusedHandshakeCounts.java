package nl.ketenpoort.operations.rounds;

import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import nl.ketenpoort.operations.HandshakeRecording;
import nl.ketenpoort.operations.RefusedHandshakes;
import nl.ketenpoort.operations.rounds.RecordingRounds.Round;

/**
 * Who did not get past the handshake. Every record earns a pause of its own: in the long run there is one record for each
 * pause, whatever is thrown at the listener.
 *
 * @param total handshakes refused since the server started
 */
record RefusedHandshakeCounts(HandshakeRecording recording, LongSupplier total) implements RecordingRounds.Recorded {

    @Override
    public String name() {
        return "Refused TLS handshakes";
    }

    @Override
    public Round record() {
        var recorded = recording.record();
        var summary = recorded.stream()
                .collect(Collectors.groupingBy(RefusedHandshakes::why, TreeMap::new,
                        Collectors.summingLong(RefusedHandshakes::count)))
                .entrySet().stream().map(counted -> counted.getKey() + " " + counted.getValue())
                .collect(Collectors.joining(", "));
        return new Round(recorded.size(), recorded.size(),
                summary + "; " + total.getAsLong() + " since this server started");
    }
}
