package nl.ketenpoort.operations.tlslistener;

import nl.ketenpoort.operations.HandshakeCounts;
import nl.ketenpoort.tlslistener.RefusalCounts;

/** The door of this package, for the composition root alone. */
public final class OperationsTlsListenerWiring {

    private OperationsTlsListenerWiring() {}

    /** What the listeners of this server refused. */
    public static HandshakeCounts counts() {
        return new ListenerCounts(RefusalCounts.ofThisServer());
    }

    /** How many handshakes they refused since the server started, recorded or not. */
    public static long total() {
        return RefusalCounts.ofThisServer().total();
    }
}
