package nl.ketenpoort.transaction.jdbc;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.sql.DataSource;

import nl.ketenpoort.transaction.StoreUnavailable;
import nl.ketenpoort.transaction.Transaction;

/**
 * Transactions as JTA makes them on one data source: whoever asks for a connection while one is under way in his thread
 * gets the connection of that transaction, and closing it does not end it.
 */
final class JdbcTransaction implements Transaction {

    private final DataSource database;
    private final ThreadLocal<Connection> underWay = new ThreadLocal<>();

    JdbcTransaction(DataSource database) {
        this.database = database;
    }

    /** A data source whose connections take part. */
    DataSource joined() {
        return new JoinedDataSource();
    }

    @Override
    public <T> T inOne(Supplier<Ending<T>> work) {
        if (underWay.get() != null) {
            throw new IllegalStateException("A transaction inside a transaction would commit on its own");
        }
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            underWay.set(connection);
            boolean kept = false;
            try {
                var ending = work.get();
                if (ending instanceof Keep<T>) {
                    connection.commit();
                    kept = true;
                }
                return ending.value();
            } finally {
                underWay.remove();
                if (!kept) {
                    connection.rollback();
                }
            }
        } catch (SQLException failure) {
            throw StoreUnavailable.beforeTheCommit(failure);
        }
    }

    private static Connection withoutEnd(Connection connection) {
        return (Connection) Proxy.newProxyInstance(JdbcTransaction.class.getClassLoader(),
                new Class<?>[]{Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    if (method.getName().equals("commit") || method.getName().equals("rollback")) {
                        throw new SQLException("the transaction is ended by whoever began it");
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    private final class JoinedDataSource implements DataSource {

        @Override
        public Connection getConnection() throws SQLException {
            var connection = underWay.get();
            return connection == null ? database.getConnection() : withoutEnd(connection);
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            throw new SQLFeatureNotSupportedException();
        }

        @Override
        public PrintWriter getLogWriter() throws SQLException {
            return database.getLogWriter();
        }

        @Override
        public void setLogWriter(PrintWriter out) throws SQLException {
            database.setLogWriter(out);
        }

        @Override
        public void setLoginTimeout(int seconds) throws SQLException {
            database.setLoginTimeout(seconds);
        }

        @Override
        public int getLoginTimeout() throws SQLException {
            return database.getLoginTimeout();
        }

        @Override
        public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            return database.getParentLogger();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            return database.unwrap(type);
        }

        @Override
        public boolean isWrapperFor(Class<?> type) throws SQLException {
            return database.isWrapperFor(type);
        }
    }
}
