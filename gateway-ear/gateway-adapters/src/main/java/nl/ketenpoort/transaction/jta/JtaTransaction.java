package nl.ketenpoort.transaction.jta;

import java.util.function.Supplier;

import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;

import nl.ketenpoort.transaction.Transaction;

final class JtaTransaction implements Transaction {

    private final UserTransaction server;

    JtaTransaction(UserTransaction server) {
        this.server = server;
    }

    @Override
    public <T> T inOne(Supplier<T> work) {
        begin();
        T result;
        try {
            result = work.get();
        } catch (RuntimeException | Error failure) {
            rollBackBecauseOf(failure);
            throw failure;
        }
        commit();
        return result;
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

    private void commit() {
        try {
            server.commit();
        } catch (RollbackException | HeuristicMixedException | HeuristicRollbackException | SystemException failure) {
            throw new IllegalStateException("The transaction was not committed", failure);
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
}
