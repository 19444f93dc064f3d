package nl.ketenpoort.operations;

import java.util.ArrayList;
import java.util.List;

/** What a listener refused, in memory; for many threads, as that of the server. */
public final class InMemoryHandshakeCounts implements HandshakeCounts {

    private final List<RefusedHandshakes> counted = new ArrayList<>();

    public synchronized void refused(RefusedHandshakes handshakes) {
        counted.add(handshakes);
    }

    @Override
    public synchronized List<RefusedHandshakes> take() {
        var taken = List.copyOf(counted);
        counted.clear();
        return taken;
    }

    @Override
    public synchronized void putBack(List<RefusedHandshakes> taken) {
        counted.addAll(0, taken);
    }
}
