package nl.ketenpoort.operations;

import java.util.ArrayList;
import java.util.List;

/** What a listener refused, in memory. */
public final class InMemoryHandshakeCounts implements HandshakeCounts {

    private final List<RefusedHandshakes> counted = new ArrayList<>();

    public void refused(RefusedHandshakes handshakes) {
        counted.add(handshakes);
    }

    @Override
    public List<RefusedHandshakes> take() {
        var taken = List.copyOf(counted);
        counted.clear();
        return taken;
    }

    @Override
    public void putBack(List<RefusedHandshakes> taken) {
        counted.addAll(0, taken);
    }
}
