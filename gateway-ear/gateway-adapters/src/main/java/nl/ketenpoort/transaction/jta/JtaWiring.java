package nl.ketenpoort.transaction.jta;

import jakarta.transaction.UserTransaction;

import org.jdbi.v3.core.Jdbi;

import nl.ketenpoort.transaction.Transaction;

/** The door of this package, for the composition root alone. */
public final class JtaWiring {

    private JtaWiring() {}

    /** The transactions of the thread that calls, begun and ended on the server's own; the stores share a handle in them. */
    public static Transaction on(UserTransaction ofTheServer, Jdbi database) {
        return new JtaTransaction(ofTheServer, database);
    }
}
