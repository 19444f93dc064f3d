package nl.ketenpoort.localstack.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import javax.sql.DataSource;

import org.postgresql.ds.PGSimpleDataSource;

import nl.ketenpoort.localstack.process.LocalProcess;
import nl.ketenpoort.localstack.process.Ports;

/**
 * One PostgreSQL with its data in a directory that outlives it. A commit that was answered is on disk: fsync,
 * synchronous_commit and full_page_writes are on, and {@link #kill()} followed by {@link #start()} shows it. The port
 * and the passwords stay the same in the same directory.
 *
 * <pre>
 * data/               of PostgreSQL
 * postgres.log        names no statement, parameter or value
 * access.properties   port, and the passwords of the roles; readable by the owner only
 * </pre>
 *
 * The roles: {@code ketenpoort_owner} owns the database and may change its shape, {@code ketenpoort_server} may connect
 * and has what a migration grants it. Both look in schema {@code ketenpoort}. This class and not the library that
 * publishes the binaries starts the program, because that library switches durability off and ends it in its own way.
 */
public final class LocalPostgres implements AutoCloseable {

    /** The database of the gateway. */
    public static final String DATABASE = "ketenpoort";

    private static final String SUPERUSER = "postgres";
    private static final String OWNER = "ketenpoort_owner";
    private static final String SERVER = "ketenpoort_server";
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path directory;
    private final Path home;
    private final Properties access = new Properties();
    private final List<String> settings = new ArrayList<>();
    private Optional<LocalProcess> process = Optional.empty();

    private LocalPostgres(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
        this.home = PostgresBinaries.unpacked();
        try {
            Files.createDirectories(this.directory);
            if (Files.exists(accessFile())) {
                try (InputStream in = Files.newInputStream(accessFile())) {
                    access.load(in);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A database in this directory, not started yet. */
    public static LocalPostgres in(Path directory) {
        return new LocalPostgres(directory);
    }

    /** Listens on this port from the next start on; without it a free one is found and kept. */
    public LocalPostgres onPort(int port) {
        access.setProperty("port", Integer.toString(port));
        return this;
    }

    /** Adds a setting of {@code postgresql.conf} from the next start on; what makes commits durable stays on. */
    public LocalPostgres with(String setting, String value) {
        settings.add(setting + "=" + value);
        return this;
    }

    /** Starts it and returns when it answers; makes data directory, roles and database when they are not there. */
    public LocalPostgres start() {
        if (isRunning()) {
            throw new IllegalStateException("PostgreSQL in " + directory + " runs already");
        }
        if (!access.containsKey("initialised")) {
            initialise();
        }
        startProcess();
        if (!access.containsKey("initialised")) {
            createRolesAndDatabase();
            access.setProperty("initialised", "true");
        }
        saveAccess();
        return this;
    }

    /** Ends every session, writes a checkpoint and stops. */
    public void stop() {
        process.ifPresent(running -> {
            if (running.isRunning()) {
                LocalProcess.run("pg_ctl stop",
                        command("pg_ctl", "stop", "-D", data().toString(), "-m", "fast", "-w", "-t", "25"), directory,
                        environment(), log(), STOP);
                running.awaitEnd(STOP);
            }
        });
        process = Optional.empty();
    }

    /** Ends it as a power cut would: SIGKILL to the postmaster and to every session, with no checkpoint. */
    public void kill() {
        process.ifPresent(LocalProcess::kill);
        process = Optional.empty();
    }

    /** Whether the process that this object started is there. */
    public boolean isRunning() {
        return process.filter(LocalProcess::isRunning).isPresent();
    }

    /** Where it listens, on the loopback address only. */
    public int port() {
        return Integer.parseInt(access.getProperty("port"));
    }

    /** For the driver of PostgreSQL; without user and password. */
    public String jdbcUrl() {
        return jdbcUrl(DATABASE);
    }

    /** Of {@code ketenpoort_owner}: migrations and operator commands. */
    public DatabaseAccount owner() {
        return account(OWNER);
    }

    /** Of {@code ketenpoort_server}: the gateway. */
    public DatabaseAccount server() {
        return account(SERVER);
    }

    /** Of the superuser: tests that look behind the scenes, never the gateway. */
    public DatabaseAccount superuser() {
        return account(SUPERUSER);
    }

    /** A new connection for each request, without a pool. */
    public DataSource dataSource(DatabaseAccount account) {
        return dataSource(DATABASE, account);
    }

    /** Stops it when it runs. */
    @Override
    public void close() {
        stop();
    }

    private void initialise() {
        try {
            deleteData();
            for (String user : List.of(SUPERUSER, OWNER, SERVER)) {
                access.setProperty(user, newPassword());
            }
            saveAccess();
            Path passwordFile = Files.createTempFile(directory, "initdb", null);
            try {
                Files.writeString(passwordFile, superuser().password());
                LocalProcess.run("initdb",
                        command("initdb", "-D", data().toString(), "--username=" + SUPERUSER,
                                "--pwfile=" + passwordFile, "--auth=scram-sha-256", "--encoding=UTF8",
                                "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
                        directory, environment(), log(), START);
            } finally {
                Files.delete(passwordFile);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a database in " + data(), e);
        }
    }

    private void startProcess() {
        if (!access.containsKey("port")) {
            access.setProperty("port", Integer.toString(Ports.free()));
        }
        if (!Ports.isFree(port())) {
            throw new IllegalStateException(
                    "Port " + port() + " is taken: stop what listens there, or give the database"
                            + " in " + directory + " another port");
        }
        List<String> arguments = new ArrayList<>(List.of("-D", data().toString()));
        List<String> all = new ArrayList<>(settings);
        all.addAll(List.of("listen_addresses=127.0.0.1", "port=" + port(), "unix_socket_directories=", "fsync=on",
                "synchronous_commit=on", "full_page_writes=on", "timezone=UTC", "log_timezone=UTC",
                // An error goes to the client only: its text quotes the value that was wrong.
                "log_min_messages=log", "log_error_verbosity=terse", "log_min_error_statement=panic",
                "log_statement=none",
                "log_parameter_max_length=0", "log_parameter_max_length_on_error=0"));
        if (settings.stream().noneMatch(setting -> setting.startsWith("max_connections="))) {
            all.add("max_connections=200");
        }
        all.forEach(setting -> arguments.addAll(List.of("-c", setting)));
        LocalProcess started = LocalProcess.start("PostgreSQL", command("postgres", arguments.toArray(String[]::new)),
                directory, environment(), log());
        process = Optional.of(started);
        try {
            started.await("answer of the database on port " + port(), START, this::answers);
        } catch (RuntimeException e) {
            kill();
            throw e;
        }
    }

    private boolean answers() {
        try (Connection ignored = dataSource(SUPERUSER, superuser()).getConnection()) {
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private void createRolesAndDatabase() {
        execute(SUPERUSER, "drop database if exists " + DATABASE, "drop role if exists " + OWNER,
                "drop role if exists " + SERVER,
                "create role " + OWNER + " login password '" + owner().password() + "'",
                "create role " + SERVER + " login password '" + server().password() + "'",
                "create database " + DATABASE + " owner " + OWNER,
                "revoke all on database " + DATABASE + " from public",
                "grant connect on database " + DATABASE + " to " + SERVER,
                "alter role " + OWNER + " in database " + DATABASE + " set search_path = ketenpoort",
                "alter role " + SERVER + " in database " + DATABASE + " set search_path = ketenpoort");
        execute(DATABASE, "drop schema public");
    }

    private void execute(String database, String... statements) {
        try (Connection connection = dataSource(database, superuser()).getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot create the roles and the database", e);
        }
    }

    private DataSource dataSource(String database, DatabaseAccount account) {
        var source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl(database));
        source.setUser(account.user());
        source.setPassword(account.password());
        source.setConnectTimeout(5);
        return source;
    }

    private String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    private DatabaseAccount account(String user) {
        String password = access.getProperty(user);
        if (password == null) {
            throw new IllegalStateException("The database in " + directory + " was never started");
        }
        return new DatabaseAccount(user, password);
    }

    private List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            // PostgreSQL refuses to run as root; in a user namespace of its own it does not see that it does.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private Map<String, String> environment() {
        return Map.of("LC_ALL", "C", "TZ", "UTC");
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Path log() {
        return directory.resolve("postgres.log");
    }

    private Path accessFile() {
        return directory.resolve("access.properties");
    }

    private void saveAccess() {
        try {
            if (!Files.exists(accessFile())) {
                Files.createFile(accessFile(),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            try (OutputStream out = Files.newOutputStream(accessFile())) {
                access.store(out, "Local PostgreSQL: port and passwords");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void deleteData() throws IOException {
        if (!Files.exists(data())) {
            return;
        }
        try (Stream<Path> files = Files.walk(data())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String newPassword() {
        byte[] random = new byte[24];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
