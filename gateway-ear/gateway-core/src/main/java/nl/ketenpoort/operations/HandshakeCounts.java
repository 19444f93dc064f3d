package nl.ketenpoort.operations;

import java.util.List;

/** What the listener of this node refused and nobody has recorded yet. However much it refuses, it is a short list. */
public interface HandshakeCounts {

    /** Hands over everything counted so far; it is counted anew from here. */
    List<RefusedHandshakes> take();

    /** Gives back what was taken and could not be recorded; nothing of its number is lost. */
    void putBack(List<RefusedHandshakes> taken);
}
