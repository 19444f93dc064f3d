package nl.ketenpoort.transaction.jta;

import jakarta.transaction.UserTransaction;

import nl.ketenpoort.transaction.Transaction;

/** The door of this package, for the composition root alone. */
public final class JtaWiring {

    private JtaWiring() {}

    /** The transactions of the thread that calls, begun and ended on the server's own. */
    public static Transaction on(UserTransaction ofTheServer) {
        return new JtaTransaction(ofTheServer);
    }
}
