package nl.ketenpoort.demonstration;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.ketenpoort.demonstration.PartnersFile.Agreement;
import nl.ketenpoort.localstack.LocalStack;
import nl.ketenpoort.localstack.database.LocalPostgres;
import nl.ketenpoort.localstack.process.LocalProcess;
import nl.ketenpoort.localstack.process.Ports;
import nl.ketenpoort.localstack.server.Distribution;
import nl.ketenpoort.operator.ApplyPartners;
import nl.ketenpoort.operator.Migrate;

/**
 * The region Amsterdam, fictitious: PostgreSQL, one or more gateways with the EAR that ships, and a process for each
 * partner. Everything it starts it ends; what is in its directory stays.
 */
public final class Region implements AutoCloseable {

    private static final OffsetDateTime AGREED_FROM = OffsetDateTime.parse("2026-01-01T00:00:00+01:00");
    private static final OffsetDateTime AGREED_UNTIL = OffsetDateTime.parse("2031-01-01T00:00:00+01:00");
    /** Who is bound by the fictitious decision of art. 20 Wpg of this region. */
    private static final Agreement WPG_ART20 = new Agreement("wpg-art20-amsterdam-fictief", "WPG_ART20",
            "Fictief besluit op grond van artikel 20 Wpg, alleen voor demonstratie en test",
            AGREED_FROM, AGREED_UNTIL,
            List.of(Partner.POLITIE, Partner.BLIJF_ACHTERBLIJVER, Partner.JEUGDBESCHERMING, Partner.OM,
                    Partner.VEILIG_THUIS));
    private static final Agreement WJSG_GI = new Agreement("wjsg-gi-amsterdam-fictief", "WJSG_GI",
            "Fictieve afspraak over strafvorderlijke gegevens aan de GI, alleen voor demonstratie en test",
            AGREED_FROM, AGREED_UNTIL, List.of(Partner.OM, Partner.JEUGDBESCHERMING));
    private static final Agreement PROTOCOL_OM = new Agreement("protocol-om-amsterdam-fictief", "PROTOCOL_OM",
            "Fictief protocol tussen zorg en OM, alleen voor demonstratie en test",
            AGREED_FROM, AGREED_UNTIL, List.of(Partner.OM, Partner.BLIJF_ACHTERBLIJVER, Partner.JEUGDBESCHERMING));

    private static final List<Agreement> AGREEMENTS = List.of(WPG_ART20, WJSG_GI, PROTOCOL_OM);
    /** What the audit records say of who applied the partners. */
    private static final String OPERATOR = "demonstratie";

    private static final Pattern READY = Pattern.compile("READY control=(\\S+) delivery=(\\S+)");
    private static final Duration SIMULATOR_START = Duration.ofSeconds(120);

    private final Path directory;
    private final LocalStack stack;
    private final Map<Partner, Integer> ports = new EnumMap<>(Partner.class);
    private final Map<Partner, SimulatedPartner> partners = new EnumMap<>(Partner.class);
    private final Set<Partner> pushed = EnumSet.noneOf(Partner.class);
    private final List<Agreement> agreements = new ArrayList<>();
    private Consumer<String> listener = phase -> {};
    private final Thread endWithTheJvm = new Thread(this::endPartners, "region-end");

    private Region(Path directory, int nodes) {
        this.directory = directory.toAbsolutePath().normalize();
        Stream.of(Partner.values()).filter(Partner::push).forEach(pushed::add);
        var checkout = Distribution.checkout();
        this.stack = LocalStack.inDirectory(this.directory.resolve("stack")).withNodes(nodes)
                .deploying(checkout.resolve("gateway-ear/ear-assembly/target/gateway.ear"))
                .with("ketenpoort.policies.directory", checkout.resolve("policies").toString())
                .preparingDatabase(this::prepare);
    }

    /** A region in this directory with one gateway. */
    public static Region in(Path directory) {
        return new Region(directory, 1);
    }

    /** A region in this directory with so many gateways on one database. */
    public static Region in(Path directory, int nodes) {
        return new Region(directory, nodes);
    }

    /** Registers the fictitious decision of art. 20 Wpg, before the start or while everything runs. */
    public Region withPoliceAgreement() {
        return with(WPG_ART20);
    }

    /** These partners fetch from a mailbox in this region, before the start. */
    public Region withMailboxesOf(Collection<Partner> partners) {
        pushed.removeAll(partners);
        return this;
    }

    /** Registers every agreement that a policy asks for. */
    public Region withAllAgreements() {
        return with(WPG_ART20).with(WJSG_GI).with(PROTOCOL_OM);
    }

    /** Registers the fictitious agreement of a kind that policies ask for: WPG_ART20, WJSG_GI or PROTOCOL_OM. */
    public Region withAgreement(String kind) {
        return with(agreement(kind));
    }

    /** Its id in the register. */
    public static String idOf(String kind) {
        return agreement(kind).id();
    }

    private static Agreement agreement(String kind) {
        return AGREEMENTS.stream().filter(agreement -> agreement.kind().equals(kind)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no agreement " + kind));
    }

    /** What registering an agreement says of it: which, from when, until when and between whom. */
    public static String describe(String kind) {
        return agreement(kind).told();
    }

    /** Hears, in Dutch, what the start is about to do. */
    public Region telling(Consumer<String> listener) {
        this.listener = listener;
        return this;
    }

    private Region with(Agreement agreement) {
        if (!agreements.contains(agreement)) {
            agreements.add(agreement);
        }
        if (stack.database().isRunning()) {
            applyPartners(stack.database());
        }
        return this;
    }

    /** A property for every gateway. */
    public Region with(String property, String value) {
        stack.with(property, value);
        return this;
    }

    /** Starts the database and the gateways, then the partners. */
    public Region start() {
        pushed.forEach(partner -> ports.put(partner, Ports.free()));
        var endpoints = stack.servers().stream().map(server -> {
            server.onPartnersPort(Ports.free());
            return "https://localhost:" + server.partnersPort() + "/ketenpoort/v1/berichten";
        }).collect(Collectors.joining(","));
        stack.with("ketenpoort.endpoints", endpoints);
        Runtime.getRuntime().addShutdownHook(endWithTheJvm);
        try {
            listener.accept("PostgreSQL");
            stack.start();
            listener.accept("De gesimuleerde partners, elk een eigen proces");
            var starting = new EnumMap<Partner, LocalProcess>(Partner.class);
            try {
                for (var partner : Partner.values()) {
                    starting.put(partner, startSimulator(partner));
                }
                starting.forEach((partner, process) -> partners.put(partner, awaitReady(partner, process)));
            } catch (RuntimeException failure) {
                starting.values().forEach(LocalProcess::kill);
                throw failure;
            }
            return this;
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /** The policies that the gateways load. */
    public Path policies() {
        return Distribution.checkout().resolve("policies");
    }

    /** The gateway's parts. */
    public LocalStack stack() {
        return stack;
    }

    /** The address of the partner interface of the first gateway. */
    public URI gateway() {
        return URI.create("https://localhost:" + stack.server().partnersPort() + "/ketenpoort/v1/berichten");
    }

    /** A partner's process. */
    public SimulatedPartner partner(Partner partner) {
        return partners.get(partner);
    }

    private void prepare(LocalPostgres database) {
        listener.accept("De database en het register van partners");
        Migrate.apply(database.jdbcUrl(), database.owner().user(), database.owner().password());
        applyPartners(database);
        listener.accept("WildFly met gateway.ear");
    }

    private void applyPartners(LocalPostgres database) {
        var file = PartnersFile.write(partnersFile(), stack.certificates(), ports, agreements,
                AGREEMENTS.stream().filter(agreement -> !agreements.contains(agreement))
                        .filter(agreement -> registered(database).contains(agreement.id())).toList());
        var outcome = new ApplyPartners(database.jdbcUrl(), database.owner().user(), database.owner().password(), true)
                .apply(file, OPERATOR);
        if (outcome instanceof ApplyPartners.Refused(var problems)) {
            throw new IllegalStateException("the partners of the region were refused: " + problems);
        }
    }

    /** What a person types to apply the partners as they are now, from the checkout while this runs. */
    public String partnersCommand() {
        var settings = directory.resolve("partners.properties");
        var database = stack.database();
        var properties = new Properties();
        properties.setProperty("ketenpoort.database.url", database.jdbcUrl());
        properties.setProperty("ketenpoort.owner.user", database.owner().user());
        properties.setProperty("ketenpoort.owner.password", database.owner().password());
        properties.setProperty("ketenpoort.partners.allow-loopback", "true");
        try {
            if (!Files.exists(settings)) {
                Files.createFile(settings,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            try (var out = Files.newOutputStream(settings)) {
                properties.store(out, "The database of this region, for deploy/partners");
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        return "deploy/partners apply " + partnersFile() + " --by " + OPERATOR + " --config " + settings;
    }

    private Path partnersFile() {
        return directory.resolve("partners.xml");
    }

    /** Agreements of an earlier time in this directory; ended or not. */
    private static Set<String> registered(LocalPostgres database) {
        try (var connection = database.dataSource(database.owner()).getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT id FROM ketenpoort.agreement")) {
            var ids = new HashSet<String>();
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
            return ids;
        } catch (SQLException e) {
            throw new IllegalStateException("The register cannot be read", e);
        }
    }

    private Path home(Partner partner) {
        return directory.resolve("partners").resolve(partner.directory());
    }

    private LocalProcess startSimulator(Partner partner) {
        var home = home(partner);
        try {
            Files.createDirectories(home);
            var configuration = home.resolve("simulator.properties");
            try (var out = Files.newOutputStream(configuration)) {
                simulatorProperties(partner, home).store(out, partner.organisation());
            }
            var output = home.resolve("output.log");
            Files.deleteIfExists(output);
            return LocalProcess.start(partner.organisation(),
                    List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx128m",
                            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + home, "-cp",
                            classPath(), "nl.ketenpoort.simulators.SimulatorMain", configuration.toString()),
                    home, Map.of(), output);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private SimulatedPartner awaitReady(Partner partner, LocalProcess process) {
        var output = home(partner).resolve("output.log");
        process.await("readiness", SIMULATOR_START, () -> READY.matcher(textOf(output)).find());
        var ready = READY.matcher(textOf(output));
        if (!ready.find()) {
            throw new IllegalStateException("a simulator that was ready is not any more");
        }
        return new SimulatedPartner(partner, process, URI.create(ready.group(1)));
    }

    private Properties simulatorProperties(Partner partner, Path home) {
        var certificates = stack.certificates();
        var keys = partner.keys(certificates);
        var trust = certificates.trustDirectory();
        var properties = new Properties();
        properties.setProperty("name", partner.organisation() + " " + partner.functions());
        properties.setProperty("oin", partner.oin());
        properties.setProperty("functions", String.join(",", partner.functions()));
        properties.setProperty("mode", pushed.contains(partner) ? "push" : "mailbox");
        properties.setProperty("gateway.endpoint", gateway().toString());
        properties.setProperty("gateway.sign", certificates.gatewaySign().certificateFile().toString());
        properties.setProperty("gateway.decrypt", certificates.gatewayDecrypt().certificateFile().toString());
        properties.setProperty("gateway.receipt", certificates.gatewayReceipt().certificateFile().toString());
        properties.setProperty("tls", keys.tls().path().toString());
        properties.setProperty("sign", keys.sign().path().toString());
        properties.setProperty("password", certificates.password());
        properties.setProperty("trust", trust.resolve("truststore.p12").toString());
        properties.setProperty("intermediates", trust.resolve("issuing.crt").toString());
        properties.setProperty("crls", trust.resolve("root.crl") + "," + trust.resolve("issuing.crl"));
        properties.setProperty("delivery.port", Integer.toString(ports.getOrDefault(partner, 0)));
        properties.setProperty("control.port", "0");
        properties.setProperty("journal", home.resolve("journal.jsonl").toString());
        return properties;
    }

    /** The simulators are on the class path of whoever shows the region. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path",
                System.getProperty("java.class.path"))
                .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator);
    }

    private static String textOf(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Ends every process this region started. */
    @Override
    public void close() {
        endPartners();
        stack.close();
        try {
            Runtime.getRuntime().removeShutdownHook(endWithTheJvm);
        } catch (IllegalStateException endingAlready) {
            // The hook does what was done here, and doing it again harms nothing.
        }
    }

    private void endPartners() {
        partners.values().forEach(SimulatedPartner::stop);
    }
}
