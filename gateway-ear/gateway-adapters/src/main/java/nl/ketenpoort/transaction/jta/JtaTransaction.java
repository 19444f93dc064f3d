package nl.ketenpoort.transaction.jta;

import java.sql.SQLException;
import java.util.function.Supplier;

import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;

import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

import nl.ketenpoort.transaction.StoreUnavailable;
import nl.ketenpoort.transaction.Transaction;

final class JtaTransaction implements Transaction {

    private final UserTransaction server;
    private final Jdbi database;

    JtaTransaction(UserTransaction server, Jdbi database) {
        this.server = server;
        this.database = database;
    }

    @Override
    public <T> T inOne(Supplier<Ending<T>> work) {
        begin();
        Ending<T> ending;
        try {
            ending = onOneHandle(work);
        } catch (RuntimeException failure) {
            rollBackBecauseOf(failure);
            throw connectionWasLost(failure) ? StoreUnavailable.beforeTheCommit(failure) : failure;
        } catch (Error failure) {
            rollBackBecauseOf(failure);
            throw failure;
        }
        switch (ending) {
            case Keep<T> keep -> commit();
            case Undo<T> undo -> rollBack();
        }
        return ending.value();
    }

    /** Jdbi gives every store that asks for a handle inside this call the same one: one connection, fetched once. */
    private <T> Ending<T> onOneHandle(Supplier<Ending<T>> work) {
        return database.withHandle(handle -> work.get());
    }

    private void begin() {
        try {
            server.begin();
        } catch (NotSupportedException nested) {
            throw new IllegalStateException("A transaction inside a transaction would commit on its own", nested);
        } catch (SystemException failure) {
            throw new IllegalStateException("The server began no transaction", failure);
        }
    }

    /**
     * Whether a commit that failed was durable is not known, whatever the server calls the failure: to it a connection that
     * broke during the commit of a single resource is a rollback. The sender repeats and the claim tells.
     */
    private void commit() {
        try {
            server.commit();
        } catch (RollbackException | HeuristicMixedException | HeuristicRollbackException | SystemException failure) {
            throw StoreUnavailable.duringTheCommit(failure);
        }
    }

    private void rollBack() {
        try {
            server.rollback();
        } catch (SystemException failure) {
            throw StoreUnavailable.beforeTheCommit(failure);
        }
    }

    private void rollBackBecauseOf(Throwable failure) {
        try {
            server.rollback();
        } catch (RuntimeException | SystemException second) {
            // The first failure says what went wrong; the second only that the server noticed too.
            failure.addSuppressed(second);
        }
    }

    /**
     * SQLSTATE class 08 (connection), 57 (the database is stopped), 53 (it is full) and 40 (it chose a victim) pass by
     * themselves; a failure without SQLSTATE is the pool's, which had no connection to give.
     */
    private static boolean connectionWasLost(Throwable failure) {
        if (!(failure instanceof JdbiException)) {
            return false;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                var state = sql.getSQLState();
                return state == null || state.startsWith("08") || state.startsWith("57") || state.startsWith("53")
                        || state.startsWith("40");
            }
        }
        return false;
    }
}
