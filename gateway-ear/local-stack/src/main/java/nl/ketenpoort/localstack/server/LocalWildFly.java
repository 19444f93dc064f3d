package nl.ketenpoort.localstack.server;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.ketenpoort.localstack.process.LocalProcess;
import nl.ketenpoort.localstack.process.Ports;

/**
 * One node: a directory and a process. Ports and name stay the same between starts; configuration is copied anew at
 * each start, so that a node never runs with what an earlier test left behind.
 *
 * <pre>
 * configuration/        from deploy/wildfly
 * deployments/          archives and their markers
 * log/server.log        JSON, one object a line
 * log/console.log       what the JVM itself says
 * data/                 the transaction log; stays between starts
 * node.properties       every property given, readable by the owner only, so that no password is in a process list
 * </pre>
 */
public final class LocalWildFly implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(180);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final Duration COMMAND = Duration.ofSeconds(60);
    private static final int MAX_NODE_NAME = 23;

    /** What WildFly's own start script opens for itself (bin/common.sh). */
    private static final List<String> OPENED = List.of("--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldaps=ALL-UNNAMED",
            "--add-exports=jdk.naming.dns/com.sun.jndi.dns=ALL-UNNAMED", "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED", "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED", "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED", "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.management/javax.management=ALL-UNNAMED",
            "--add-opens=java.naming/javax.naming=ALL-UNNAMED");

    /** Together less than a gibibyte resident, with the EAR deployed. */
    private static final List<String> MEMORY = List.of("-Xms128m", "-Xmx512m", "-XX:MaxMetaspaceSize=256m",
            "-XX:ReservedCodeCacheSize=128m", "-XX:MaxDirectMemorySize=64m", "-Xss512k");

    private final Distribution distribution;
    private final Path directory;
    private final Map<String, String> properties = new TreeMap<>();
    private final List<String> jvmOptions = new ArrayList<>(MEMORY);
    private final List<Path> scripts = new ArrayList<>();
    private final int managementPort = Ports.free();
    private String name;
    private int partnersPort;
    private Optional<LocalProcess> process = Optional.empty();

    private LocalWildFly(Distribution distribution, Path directory) {
        this.distribution = distribution;
        this.directory = directory.toAbsolutePath().normalize();
        this.name = this.directory.getFileName().toString();
        makeDirectories();
    }

    /** A node in this directory, named after it, not started yet. */
    public static LocalWildFly in(Path directory) {
        return new LocalWildFly(Distribution.ofThisCheckout(), directory);
    }

    /** Names the node; at most 23 characters, different for each node of one database. */
    public LocalWildFly named(String nodeName) {
        if (nodeName.isBlank() || nodeName.length() > MAX_NODE_NAME) {
            throw new IllegalArgumentException("A node's name has 1 to 23 characters: " + nodeName);
        }
        this.name = nodeName;
        return this;
    }

    /** Where partners connect; without it a free port is found at the first start. */
    public LocalWildFly onPartnersPort(int port) {
        this.partnersPort = port;
        return this;
    }

    /** A property for the server's configuration and for the gateway's, from the next start on. */
    public LocalWildFly with(String property, String value) {
        properties.put(property, value);
        return this;
    }

    /** Properties as in {@link #with(String, String)}. */
    public LocalWildFly with(Map<String, String> more) {
        properties.putAll(more);
        return this;
    }

    /** Takes a property away, from the next start on. */
    public LocalWildFly without(String property) {
        properties.remove(property);
        return this;
    }

    /** A CLI script that is run offline after those of deploy/wildfly, in the same session. */
    public LocalWildFly configuredBy(Path script) {
        scripts.add(script.toAbsolutePath());
        return this;
    }

    /** An option for the JVM; a later one overrides an earlier one. */
    public LocalWildFly withJvmOption(String option) {
        jvmOptions.add(option);
        return this;
    }

    /**
     * Starts it and returns when it is ready, with every archive deployed. Refuses at once, with the errors of the log,
     * when an archive fails or the server ends.
     */
    public LocalWildFly start() {
        if (isRunning()) {
            throw new IllegalStateException("Node " + name + " runs already");
        }
        if (partnersPort == 0) {
            partnersPort = Ports.free();
        }
        try {
            Distribution.copyFiles(distribution.configuration(scripts), path("configuration"));
            // The log of this start only: what is reported as an error then happened in this start.
            Files.deleteIfExists(logFile());
            writeProperties();
            for (Path archive : archives()) {
                markForDeployment(archive);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot prepare node " + name, e);
        }
        LocalProcess started = LocalProcess.start("Node " + name, startCommand(), directory, distribution.environment(),
                path("log").resolve("console.log"));
        process = Optional.of(started);
        try {
            awaitReady(started);
        } catch (RuntimeException e) {
            started.kill();
            process = Optional.empty();
            throw explained(e);
        }
        return this;
    }

    /**
     * Puts an archive in the server, in place of one with the same file name. On a running server it returns when the
     * archive is deployed, and refuses with the errors of the log when it is not; otherwise {@link #start()} does so.
     */
    public LocalWildFly deploy(Path archive) {
        try {
            Path target = path("deployments").resolve(archive.getFileName());
            Path draft = path("tmp").resolve(archive.getFileName());
            Files.copy(archive, draft, StandardCopyOption.REPLACE_EXISTING);
            Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
            markForDeployment(target);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot deploy " + archive, e);
        }
        process.filter(LocalProcess::isRunning).ifPresent(running -> {
            try {
                awaitReady(running);
            } catch (RuntimeException e) {
                throw explained(e);
            }
        });
        return this;
    }

    /** Asks it to end, after the requests that run; kills it when that takes longer than half a minute. */
    public void stop() {
        process.ifPresent(running -> running.stop(STOP));
        process = Optional.empty();
    }

    /** Ends it as a power cut would (SIGKILL). */
    public void kill() {
        process.ifPresent(LocalProcess::kill);
        process = Optional.empty();
    }

    /** Whether the process that this object started is there. */
    public boolean isRunning() {
        return process.filter(LocalProcess::isRunning).isPresent();
    }

    /** Whether {@code /health/ready} answers with 200. */
    public boolean isReady() {
        try {
            var connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + managementPort + "/health/ready")
                    .toURL().openConnection();
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(5000);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }

    /** Has the server read its revocation lists again, for connections from now on. */
    public void readRevocationListsAgain() {
        manage("/subsystem=elytron/trust-manager=partners-trust:reload-certificate-revocation-list");
    }

    /** Runs commands of the management CLI on the running server; gives their output, refuses when one fails. */
    public String manage(String... commands) {
        try {
            Path script = Files.createTempFile(path("tmp"), "manage", ".cli");
            Path output = Files.createTempFile(path("tmp"), "manage", ".log");
            Files.write(script, List.of(commands));
            List<String> command = distribution.command(List.of("-Xmx128m", "--add-modules=java.se"),
                    "org.jboss.as.cli");
            command.addAll(List.of("--connect", "--controller=127.0.0.1:" + managementPort, "--file=" + script));
            LocalProcess.run("Managing " + name, command, path("tmp"), distribution.environment(), output,
                    COMMAND);
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The node's name in logs, transactions and the database. */
    public String name() {
        return name;
    }

    /** Of the server's process; refuses when it does not run. */
    public long pid() {
        return process.orElseThrow(() -> new IllegalStateException("Node " + name + " does not run")).pid();
    }

    /** The mutual TLS listener, on the loopback address. */
    public int partnersPort() {
        return partnersPort;
    }

    /** Management and health, on the loopback address. */
    public int managementPort() {
        return managementPort;
    }

    /** {@code https://localhost:port/ketenpoort}. */
    public URI partnersAddress() {
        return URI.create("https://localhost:" + partnersPort + "/ketenpoort");
    }

    /** Everything of this node. */
    public Path directory() {
        return directory;
    }

    /** The server's log of its last start. */
    public Path logFile() {
        return path("log").resolve("server.log");
    }

    /** Stops it when it runs. */
    @Override
    public void close() {
        stop();
    }

    private List<String> startCommand() {
        List<String> options = new ArrayList<>(List.of("-D[Standalone]", "-Djava.io.tmpdir=" + path("tmp"),
                "-Djava.awt.headless=true",
                "-Djava.net.preferIPv4Stack=true", "-Djboss.modules.system.pkgs=org.jboss.byteman",
                "-Djdk.serialFilter=maxbytes=10485760;maxdepth=128;maxarray=100000;maxrefs=300000",
                "-Dorg.wildfly.sigterm.suspend.timeout=10", "-Dorg.jboss.boot.log.file=" + logFile(),
                "-Dlogging.configuration=" + path("configuration").resolve("logging.properties").toUri(),
                "--enable-native-access=ALL-UNNAMED", "--add-modules=java.se", "-XX:+ExitOnOutOfMemoryError"));
        options.addAll(OPENED);
        options.addAll(jvmOptions);
        List<String> command = distribution.command(options, "org.jboss.as.standalone");
        command.addAll(List.of("-Djboss.server.base.dir=" + directory, "-Djboss.node.name=" + name,
                "-Djboss.management.http.port=" + managementPort, "-P", propertiesFile().toUri().toString()));
        return command;
    }

    private void awaitReady(LocalProcess running) {
        running.await("readiness", START, () -> {
            List<String> failed = archives().stream().map(archive -> marker(archive, "failed")).filter(Files::exists)
                    .map(LocalProcess::lastLines).toList();
            if (!failed.isEmpty()) {
                throw new IllegalStateException("Not deployed: " + String.join("\n", failed));
            }
            return archives().stream().allMatch(archive -> Files.exists(marker(archive, "deployed"))) && isReady();
        });
    }

    private IllegalStateException explained(RuntimeException reason) {
        String errors = Distribution.errorsIn(logFile()).orElse("");
        return new IllegalStateException(reason.getMessage() + "\n" + errors, reason);
    }

    private void markForDeployment(Path archive) throws IOException {
        for (String state : List.of("deployed", "failed", "undeployed", "pending", "isdeploying", "isundeploying")) {
            Files.deleteIfExists(marker(archive, state));
        }
        Files.writeString(marker(archive, "dodeploy"), "");
    }

    private static Path marker(Path archive, String state) {
        return archive.resolveSibling(archive.getFileName() + "." + state);
    }

    private List<Path> archives() {
        try (Stream<Path> files = Files.list(path("deployments"))) {
            return files.filter(file -> file.toString().endsWith(".ear") || file.toString().endsWith(".war"))
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeProperties() throws IOException {
        Path file = propertiesFile();
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Properties all = new Properties();
        all.putAll(properties);
        all.setProperty("ketenpoort.partners.port", Integer.toString(partnersPort));
        all.putIfAbsent("ketenpoort.deployments.scan-milliseconds", "250");
        try (OutputStream out = Files.newOutputStream(file)) {
            all.store(out, "Node " + name);
        }
    }

    private Path propertiesFile() {
        return path("node.properties");
    }

    private Path path(String part) {
        return directory.resolve(part);
    }

    private void makeDirectories() {
        try {
            for (String part : List.of("configuration", "deployments", "log", "data", "tmp")) {
                Files.createDirectories(path(part));
            }
            // What an earlier process deployed is not this one's to start.
            try (Stream<Path> left = Files.list(path("deployments"))) {
                for (Path file : left.filter(Files::isRegularFile).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
