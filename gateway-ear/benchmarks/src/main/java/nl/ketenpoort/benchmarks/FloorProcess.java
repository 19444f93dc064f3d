package nl.ketenpoort.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.localstack.certificates.KeyFile;
import nl.ketenpoort.localstack.certificates.TestCertificates;
import nl.ketenpoort.localstack.database.LocalPostgres;
import nl.ketenpoort.localstack.process.LocalProcess;

/**
 * The floor with a database of its own, once with the RSA of the JDK and once with the provider that the gateway's server
 * has first, and the receiver it pushes to; all with the keys of the gateway's region.
 */
final class FloorProcess implements AutoCloseable {

    /** What a process has mapped that has its RSA from the provider of the server. */
    static final String NATIVE_LIBRARY = "amazonCorrettoCryptoProvider";

    private static final Pattern READY = Pattern.compile("READY (\\d+)");
    private static final Duration START = Duration.ofMinutes(2);
    private static final String MERLIN = "org.apache.wss4j.crypto.merlin.keystore.";

    private final Path directory;
    private final TestCertificates certificates;
    private final LocalPostgres database;
    private final LocalProcess receiver;
    private final LocalProcess floor;
    private final LocalProcess sameRsa;
    private final int port;
    private final int portOfSameRsa;

    FloorProcess(Path directory, TestCertificates certificates) {
        this.directory = directory;
        this.certificates = certificates;
        this.database = LocalPostgres.in(directory.resolve("database")).start();
        execute("CREATE SCHEMA IF NOT EXISTS ketenpoort", "CREATE TABLE message (id uuid PRIMARY KEY, content text)",
                "CREATE TABLE record (sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, message uuid, at timestamptz)");
        var keys = certificates.partner(Partner.JEUGDBESCHERMING.oin(), Partner.JEUGDBESCHERMING.organisation());
        this.receiver = launch("receiver", settings("receiver", keys.tls(), keys.sign(), keys.sign(), keys.sign()));
        var settings = settings("floor", certificates.gatewayTls(), certificates.gatewaySign(),
                certificates.gatewayDecrypt(), keys.sign());
        settings.setProperty("database", database.jdbcUrl());
        settings.setProperty("user", database.owner().user());
        settings.setProperty("database-password", database.owner().password());
        settings.setProperty("push", "https://localhost:" + awaitPort("receiver", receiver) + "/receiver");
        this.floor = launch("floor", settings);
        this.port = awaitPort("floor", floor);
        this.sameRsa = launch("floor-same-rsa", settings,
                "-Djava.security.properties=" + providersOfTheServer());
        this.portOfSameRsa = awaitPort("floor-same-rsa", sameRsa);
    }

    private Properties settings(String name, KeyFile tls, KeyFile sign, KeyFile decrypt, KeyFile receiver) {
        var settings = new Properties();
        settings.setProperty("password", certificates.password());
        settings.setProperty("trust", certificates.trustStoreFile().toString());
        settings.setProperty("tls", tls.path().toString());
        settings.setProperty(MERLIN + "file", keys(name, sign, decrypt, receiver).toString());
        settings.setProperty(MERLIN + "type", "PKCS12");
        settings.setProperty(MERLIN + "password", certificates.password());
        settings.setProperty(MERLIN + "private.password", certificates.password());
        return settings;
    }

    /** One store, as whoever runs a CXF endpoint makes it: his keys, the authorities, and to whom he encrypts. */
    private Path keys(String name, KeyFile sign, KeyFile decrypt, KeyFile receiver) {
        var file = directory.resolve(name + "-keys.p12");
        var password = certificates.password().toCharArray();
        try (var out = Files.newOutputStream(file)) {
            var store = certificates.trustStore();
            store.setCertificateEntry("issuing", certificates.issuingCertificate());
            store.setCertificateEntry("receiver", receiver.certificate());
            store.setKeyEntry("sign", sign.privateKey(), password, sign.chain().toArray(X509Certificate[]::new));
            store.setKeyEntry("decrypt", decrypt.privateKey(), password,
                    decrypt.chain().toArray(X509Certificate[]::new));
            store.store(out, password);
            return file;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException(unusable);
        }
    }

    /** The providers of the JDK, after the one that deploy/wildfly/15-cryptography.cli puts before them. */
    private Path providersOfTheServer() {
        var providers = new ArrayList<String>();
        providers.add("AmazonCorrettoCryptoProvider");
        Arrays.stream(Security.getProviders()).map(Provider::getName).forEach(providers::add);
        var lines = new ArrayList<String>();
        for (int at = 0; at < providers.size(); at++) {
            lines.add("security.provider." + (at + 1) + "=" + providers.get(at));
        }
        try {
            return Files.write(directory.resolve("providers.security"), lines);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private LocalProcess launch(String name, Properties settings, String... options) {
        try {
            var file = directory.resolve(name + ".properties");
            try (var out = Files.newOutputStream(file)) {
                settings.store(out, name);
            }
            Files.deleteIfExists(log(name));
            var command = new ArrayList<>(
                    List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xms128m", "-Xmx512m",
                            "--enable-native-access=ALL-UNNAMED"));
            command.addAll(List.of(options));
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), Floor.class.getName(),
                    file.toString()));
            return LocalProcess.start(name, command, directory, Map.of(), log(name));
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

    URI address(Line line) {
        return URI.create("https://localhost:" + (line.sameRsa() ? portOfSameRsa : port)
                + (line.push() ? "/push" : "/floor"));
    }

    long pid(Line line) {
        return (line.sameRsa() ? sameRsa : floor).pid();
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
        sameRsa.kill();
        floor.kill();
        receiver.kill();
        database.close();
    }
}
