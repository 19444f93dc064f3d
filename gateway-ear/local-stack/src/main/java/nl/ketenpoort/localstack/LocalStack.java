package nl.ketenpoort.localstack;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import nl.ketenpoort.localstack.certificates.TestCertificates;
import nl.ketenpoort.localstack.database.LocalPostgres;
import nl.ketenpoort.localstack.server.LocalWildFly;

/**
 * The whole gateway on one machine: certificates, PostgreSQL, the gateway's properties, and one or more servers that
 * share them. What is in the directory outlives the stack; starting in it again finds the same data, keys and ports.
 * It ends only the processes it started, when it is closed and when the JVM ends.
 *
 * <pre>
 * certificates/          see {@link TestCertificates}
 * database/              see {@link LocalPostgres}
 * gateway.properties     what every node gets, readable by the owner only
 * node-1/, node-2/ …     see {@link LocalWildFly}
 * </pre>
 *
 * <pre>{@code
 * try (LocalStack stack = LocalStack.inDirectory(directory)
 *         .deploying(ear)
 *         .preparingDatabase(database -> migrate(database))
 *         .start()) {
 *     stack.server().partnersAddress();
 *     stack.certificates().partner("00000099000000010000", "Politie").tls();
 * }
 * }</pre>
 */
public final class LocalStack implements AutoCloseable {

    private final Path directory;
    private final TestCertificates certificates;
    private final LocalPostgres database;
    private final List<LocalWildFly> servers = new ArrayList<>();
    private final List<Path> archives = new ArrayList<>();
    private final List<Consumer<LocalPostgres>> preparations = new ArrayList<>();
    private final Map<String, String> additional = new TreeMap<>();
    private final Thread endWithTheJvm = new Thread(this::endProcesses, "local-stack-end");
    private int nodes = 1;
    private boolean hooked;

    private LocalStack(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(this.directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.certificates = TestCertificates.in(this.directory.resolve("certificates"));
        this.database = LocalPostgres.in(this.directory.resolve("database"));
    }

    /** A stack in this directory. Certificates are there at once; nothing is started yet. */
    public static LocalStack inDirectory(Path directory) {
        return new LocalStack(directory);
    }

    /** How many servers share the database; one, unless said otherwise. */
    public LocalStack withNodes(int count) {
        if (count < 0 || !servers.isEmpty()) {
            throw new IllegalStateException("The number of nodes is 0 or more and is given before the start");
        }
        this.nodes = count;
        return this;
    }

    /** Deploys this archive on every node. */
    public LocalStack deploying(Path archive) {
        archives.add(archive);
        return this;
    }

    /** Runs once the database answers and before any server starts: migrations, partners. */
    public LocalStack preparingDatabase(Consumer<LocalPostgres> preparation) {
        preparations.add(preparation);
        return this;
    }

    /** A property for every node, over what the stack itself gives. */
    public LocalStack with(String property, String value) {
        additional.put(property, value);
        return this;
    }

    /**
     * Starts the database, then the preparations, then the nodes one after another. When a part does not start,
     * everything that did is stopped and the reason given.
     */
    public LocalStack start() {
        if (!hooked) {
            Runtime.getRuntime().addShutdownHook(endWithTheJvm);
            hooked = true;
        }
        try {
            if (!database.isRunning()) {
                database.start();
            }
            preparations.forEach(preparation -> preparation.accept(database));
            writeGatewayProperties();
            for (LocalWildFly server : servers()) {
                server.with(gatewayProperties());
                archives.forEach(server::deploy);
                server.start();
            }
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Keys, trust and revocation lists, and the partners' side of them. */
    public TestCertificates certificates() {
        return certificates;
    }

    /** PostgreSQL: addresses, accounts, {@code kill()} and {@code start()}. */
    public LocalPostgres database() {
        return database;
    }

    /** The first, or only, node. */
    public LocalWildFly server() {
        return servers().getFirst();
    }

    /** Every node; to be set up further before the start (JVM options, scripts, ports). */
    public List<LocalWildFly> servers() {
        if (servers.isEmpty()) {
            IntStream.rangeClosed(1, nodes)
                    .forEach(number -> servers.add(LocalWildFly.in(directory.resolve("node-" + number))));
        }
        return List.copyOf(servers);
    }

    /** Everything of this stack. */
    public Path directory() {
        return directory;
    }

    /** The file with what every node gets; for operator commands too. */
    public Path gatewayPropertiesFile() {
        return directory.resolve("gateway.properties");
    }

    /** What is in that file; the database must have been started once. */
    public Map<String, String> gatewayProperties() {
        Map<String, String> properties = new TreeMap<>();
        properties.put("ketenpoort.keys.directory", certificates.keysDirectory().toString());
        properties.put("ketenpoort.keys.password", certificates.password());
        properties.put("ketenpoort.trust.directory", certificates.trustDirectory().toString());
        properties.put("ketenpoort.gateway.oin", TestCertificates.GATEWAY_OIN);
        properties.put("ketenpoort.database.url", database.jdbcUrl());
        properties.put("ketenpoort.database.user", database.server().user());
        properties.put("ketenpoort.database.password", database.server().password());
        properties.putAll(additional);
        return properties;
    }

    /** Stops servers and database; what they wrote stays. */
    @Override
    public void close() {
        endProcesses();
        if (hooked) {
            hooked = false;
            try {
                Runtime.getRuntime().removeShutdownHook(endWithTheJvm);
            } catch (IllegalStateException e) {
                // The JVM is ending already, and the hook does what is done here.
                hooked = true;
            }
        }
    }

    private void endProcesses() {
        servers.forEach(LocalWildFly::stop);
        database.stop();
    }

    private void writeGatewayProperties() {
        Path file = gatewayPropertiesFile();
        Properties properties = new Properties();
        properties.putAll(gatewayProperties());
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (OutputStream out = Files.newOutputStream(file)) {
                properties.store(out, "Local stack");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
