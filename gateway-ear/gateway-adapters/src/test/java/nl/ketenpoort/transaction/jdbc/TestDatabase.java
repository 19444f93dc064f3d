package nl.ketenpoort.transaction.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.localstack.database.LocalPostgres;
import nl.ketenpoort.operator.Migrate;
import nl.ketenpoort.partner.Chain;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.safekeeping.ContentVault;
import nl.ketenpoort.safekeeping.postgres.SafekeepingPostgresWiring;
import nl.ketenpoort.transaction.Transaction;

/**
 * One migrated PostgreSQL for all tests of this module; it ends with the JVM. The stores work in it as the server's role,
 * which may do no more than in production.
 */
public final class TestDatabase {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final TestDatabase ONE = new TestDatabase();

    private final LocalPostgres postgres;
    private final JdbcTransaction transaction;
    private final Jdbi server;
    private final Jdbi owner;
    private final Jdbi superuser;

    private TestDatabase() {
        try {
            postgres = LocalPostgres.in(Files.createTempDirectory("postgres")).start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        // It is a process of its own, which nothing else ends: the tests share it and none of them knows it is the last.
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::close, "ends the database of the tests"));
        Migrate.apply(postgres.jdbcUrl(), postgres.owner().user(), postgres.owner().password());
        transaction = new JdbcTransaction(postgres.dataSource(postgres.server()));
        server = Jdbi.create(transaction.joined());
        owner = Jdbi.create(postgres.dataSource(postgres.owner()));
        superuser = Jdbi.create(postgres.dataSource(postgres.superuser()));
    }

    /** The database with the partners of {@link Chain} and nothing else. */
    public static TestDatabase withPartners() {
        ONE.empty();
        return ONE;
    }

    private void empty() {
        owner.useHandle(handle -> {
            handle.execute("""
                    TRUNCATE organisation, organisation_function, intermediary, endpoint, agreement, agreement_party,
                        case_file, message_claim, certificate, audit_record, delivery_lane, endpoint_backoff,
                        scheduled_tasks RESTART IDENTITY CASCADE""");
            for (var oin : List.of(Chain.POLICE, Chain.SAFE_AT_HOME, Chain.BLIJF, Chain.OM, Chain.GGZ,
                    Chain.PROBATION)) {
                connect(handle, oin);
            }
        });
    }

    private static void connect(Handle handle, Oin oin) {
        handle.execute("INSERT INTO organisation (oin, name, active, own_ground_for_bsn) VALUES (?, ?, true, false)",
                oin.value(), "Partner " + oin);
    }

    /** As the server sees it; takes part in the transaction of the thread. */
    public Jdbi server() {
        return server;
    }

    public DataSource serverDataSource() {
        return transaction.joined();
    }

    /** As the owner of the database. */
    public Jdbi owner() {
        return owner;
    }

    public Transaction transaction() {
        return transaction;
    }

    /** A vault with a master key of the tests. */
    public ContentVault vault() {
        return vault("master", 1);
    }

    /** A vault with another master key for each name. */
    public ContentVault vault(String master, int version) {
        return SafekeepingPostgresWiring.vault(server,
                new SecretKeySpec(Digest.of(master.getBytes(StandardCharsets.UTF_8)).bytes(), "AES"),
                version);
    }

    /** Returns once so many sessions of the server wait for a lock. */
    public void awaitWaitingForALock(int sessions) {
        var until = Instant.now().plus(PATIENCE);
        superuser.useHandle(handle -> {
            while (waiting(handle) < sessions) {
                if (Instant.now().isAfter(until)) {
                    throw new AssertionError("nobody waits for a lock");
                }
                Thread.onSpinWait();
            }
        });
    }

    private static int waiting(Handle handle) {
        return handle.createQuery("""
                SELECT count(*) FROM pg_stat_activity
                 WHERE usename = 'ketenpoort_server' AND wait_event_type = 'Lock'""").mapTo(Integer.class).one();
    }
}
