package nl.ketenpoort.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.localstack.certificates.TestCertificates;
import nl.ketenpoort.localstack.database.LocalPostgres;
import nl.ketenpoort.localstack.process.LocalProcess;

/** The floor with a database of its own, and the receiver it pushes to; both with the keys of the gateway's region. */
final class FloorProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("READY (\\d+)");
    private static final Duration START = Duration.ofMinutes(2);

    private final Path directory;
    private final TestCertificates certificates;
    private final LocalPostgres database;
    private final LocalProcess receiver;
    private final LocalProcess floor;
    private final int port;

    FloorProcess(Path directory, TestCertificates certificates) {
        this.directory = directory;
        this.certificates = certificates;
        this.database = LocalPostgres.in(directory.resolve("database")).start();
        execute("CREATE SCHEMA IF NOT EXISTS ketenpoort", "CREATE TABLE message (id uuid PRIMARY KEY, content text)",
                "CREATE TABLE record (sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, message uuid, at timestamptz)");
        var keys = certificates.partner(Partner.JEUGDBESCHERMING.oin(), Partner.JEUGDBESCHERMING.organisation());
        var receiverSettings = settings(keys.tls().path(), keys.sign().path(), keys.sign().path());
        this.receiver = launch("receiver", receiverSettings);
        int receiverPort = awaitPort("receiver", receiver);
        var settings = settings(certificates.gatewayTls().path(), certificates.gatewaySign().path(),
                certificates.gatewayDecrypt().path());
        settings.setProperty("database", database.jdbcUrl());
        settings.setProperty("user", database.owner().user());
        settings.setProperty("database-password", database.owner().password());
        settings.setProperty("push", "https://localhost:" + receiverPort + "/receiver");
        settings.setProperty("receiver", keys.sign().path().toString());
        this.floor = launch("floor", settings);
        this.port = awaitPort("floor", floor);
    }

    private Properties settings(Path tls, Path sign, Path decrypt) {
        var settings = new Properties();
        settings.setProperty("password", certificates.password());
        settings.setProperty("trust", certificates.trustStoreFile().toString());
        settings.setProperty("issuing", certificates.trustDirectory().resolve("issuing.crt").toString());
        settings.setProperty("tls", tls.toString());
        settings.setProperty("sign", sign.toString());
        settings.setProperty("decrypt", decrypt.toString());
        return settings;
    }

    private LocalProcess launch(String name, Properties settings) {
        try {
            var file = directory.resolve(name + ".properties");
            try (var out = Files.newOutputStream(file)) {
                settings.store(out, name);
            }
            Files.deleteIfExists(log(name));
            return LocalProcess.start(name,
                    List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xms128m", "-Xmx512m",
                            "-cp", System.getProperty("java.class.path"), Floor.class.getName(), file.toString()),
                    directory, Map.of(), log(name));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private int awaitPort(String name, LocalProcess process) {
        process.await("readiness", START, () -> READY.matcher(text(name)).find());
        var ready = READY.matcher(text(name));
        if (!ready.find()) {
            throw new IllegalStateException("what was ready is not any more");
        }
        return Integer.parseInt(ready.group(1));
    }

    private String text(String name) {
        try {
            return Files.readString(log(name));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Path log(String name) {
        return directory.resolve(name + ".log");
    }

    private void execute(String... statements) {
        try (var connection = database.dataSource(database.owner()).getConnection();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    URI address(boolean push) {
        return URI.create("https://localhost:" + port + (push ? "/push" : "/floor"));
    }

    long pid() {
        return floor.pid();
    }

    long postmaster() {
        return Processes.postmaster(directory.resolve("database"));
    }

    /** Messages it has committed, each with its record. */
    long messages() {
        try (var connection = database.dataSource(database.owner()).getConnection();
                var statement = connection.createStatement();
                var found = statement
                        .executeQuery("SELECT count(*) FROM message m JOIN record r ON r.message = m.id")) {
            found.next();
            return found.getLong(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void close() {
        floor.kill();
        receiver.kill();
        database.close();
    }
}
