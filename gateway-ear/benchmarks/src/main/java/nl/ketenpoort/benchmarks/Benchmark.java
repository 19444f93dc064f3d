package nl.ketenpoort.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import nl.ketenpoort.benchmarks.Load.Answered;
import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.localstack.server.Distribution;

/**
 * The program behind {@code deploy/benchmark}: what a message costs, and what the same message costs a bare endpoint.
 *
 * <pre>
 * Benchmark [--warm SECONDS] [--window SECONDS] [--rounds N] [--cases N] [--without-push]
 * </pre>
 *
 * The last line printed is one JSON object. Exit status: 0 measured and nothing lost, 1 something lost, 2 not measured.
 */
public final class Benchmark {

    private static final int MOST_SENDERS = 8;

    private static final Duration REPORT_EVERY = Duration.ofSeconds(10);

    private final PrintStream out;
    private final Options options;
    private final Map<Line, Measurement> measured = new EnumMap<>(Line.class);
    private double rss;
    private long answeredByGateway;
    private long answeredByFloor;

    private Benchmark(PrintStream out, Options options) {
        this.out = out;
        this.options = options;
        Arrays.stream(Line.values()).filter(line -> options.withPush() || !line.push())
                .forEach(line -> measured.put(line, new Measurement()));
    }

    /** Runs it. */
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int status;
        try {
            var options = Options.of(arguments);
            var base = Files.createDirectories(Distribution.checkout().resolve(".local/benchmark"));
            status = new Benchmark(out, options).run(Files.createTempDirectory(base, "run-"));
        } catch (IllegalArgumentException notUnderstood) {
            out.println(notUnderstood.getMessage());
            status = 2;
        } catch (IOException | InterruptedException | RuntimeException failure) {
            failure.printStackTrace(out);
            status = 2;
        }
        System.exit(status);
    }

    private int run(Path directory) throws InterruptedException, IOException {
        out.println("Everything is kept in " + directory);
        try (var gateway = new GatewayUnderTest(directory.resolve("gateway"));
                var floor = new FloorProcess(Files.createDirectories(directory.resolve("floor")),
                        gateway.region().stack().certificates())) {
            var certificates = gateway.region().stack().certificates();
            var municipality = new Load(certificates,
                    certificates.partner(Partner.GEMEENTE.oin(), Partner.GEMEENTE.organisation()), MOST_SENDERS);
            var police = new Load(certificates,
                    certificates.partner(Partner.POLITIE.oin(), Partner.POLITIE.organisation()), MOST_SENDERS);
            out.printf("opening %d cases%n", options.cases());
            var opened = municipality.times(options.cases(), MOST_SENDERS, gateway.address(), gateway.openings());
            gateway.drain();
            out.printf("%d cases opened in %d s%n", opened.messages(), opened.elapsed().toSeconds());
            var mailbox = gateway.reports(false);
            var push = gateway.reports(true);
            out.printf("a message has %d bytes%n", mailbox.next(0).getBytes(StandardCharsets.UTF_8).length);
            sayWhoseRsa(gateway, floor);
            for (var line : measured.keySet()) {
                warm(police, gateway, floor, line, line.push() ? push : mailbox);
            }
            for (int round = 1; round <= options.rounds(); round++) {
                for (var line : measured.keySet()) {
                    measure(police, gateway, floor, line, line.push() ? push : mailbox, round);
                }
            }
            profile(police, gateway, floor, mailbox);
            boolean whole = nothingLost(gateway, floor);
            table();
            out.println(json(gateway, whole));
            return whole ? 0 : 1;
        }
    }

    /** Refuses to compare what is not as it is called: without its native library a provider quietly offers nothing. */
    private void sayWhoseRsa(GatewayUnderTest gateway, FloorProcess floor) {
        boolean server = Processes.hasMapped(gateway.pid(), FloorProcess.NATIVE_LIBRARY);
        boolean plain = Processes.hasMapped(floor.pid(Line.FLOOR_8), FloorProcess.NATIVE_LIBRARY);
        boolean same = Processes.hasMapped(floor.pid(Line.FLOOR_8_SAME_RSA), FloorProcess.NATIVE_LIBRARY);
        if (!server || plain || !same) {
            throw new IllegalStateException("AWS-LC is loaded by the server: " + server + ", by the floor: " + plain
                    + ", by the floor that should have it: " + same);
        }
        out.println(
                "the gateway has its RSA from AWS-LC; a floor from the JDK, and one from AWS-LC too (decision 0009)");
    }

    private void warm(Load police, GatewayUnderTest gateway, FloorProcess floor, Line line, Load.Payloads payloads)
            throws InterruptedException {
        for (var done = Duration.ZERO; done.compareTo(options.warm()) < 0;) {
            var left = options.warm().minus(done);
            var part = left.compareTo(REPORT_EVERY) < 0 ? left : REPORT_EVERY;
            var answered = send(police, gateway, floor, line, part, payloads);
            done = done.plus(part);
            out.printf("warming: %-30s %8.1f a second, %d of %d s%n", line.title(), answered.perSecond(),
                    done.toSeconds(), options.warm().toSeconds());
        }
        if (line.gateway()) {
            gateway.drain();
        }
    }

    private Answered send(Load police, GatewayUnderTest gateway, FloorProcess floor, Line line, Duration duration,
            Load.Payloads payloads) throws InterruptedException {
        var answered = police.during(duration, line.senders(),
                line.gateway() ? gateway.address() : floor.address(line), payloads);
        if (line.gateway()) {
            answeredByGateway += answered.messages();
        } else {
            answeredByFloor += answered.messages();
        }
        return answered;
    }

    private void measure(Load police, GatewayUnderTest gateway, FloorProcess floor, Line line, Load.Payloads payloads,
            int round) throws InterruptedException {
        long server = line.gateway() ? gateway.pid() : floor.pid(line);
        long database = line.gateway() ? gateway.postmaster() : floor.postmaster();
        long serverBefore = Processes.processorMillis(server);
        long databaseBefore = Processes.processorMillisOfTree(database);
        var answered = send(police, gateway, floor, line, options.window(), payloads);
        long sent = System.nanoTime();
        if (line.gateway()) {
            gateway.drain();
            rss = Math.max(rss, Processes.residentMegabytes(server));
        }
        double drained = (System.nanoTime() - sent) / 1e9;
        long serverMillis = Processes.processorMillis(server) - serverBefore;
        long databaseMillis = Processes.processorMillisOfTree(database) - databaseBefore;
        of(line).add(answered, serverMillis, databaseMillis, drained);
        out.printf("round %d: %-30s %8.1f a second, p50 %6.1f ms, p99 %7.1f ms, server %6.2f ms, database %5.2f ms,"
                + " drained in %4.1f s%n", round, line.title(), answered.perSecond(), answered.percentile(0.5),
                answered.percentile(0.99), (double) serverMillis / answered.messages(),
                (double) databaseMillis / answered.messages(), drained);
    }

    private Measurement of(Line line) {
        return Objects.requireNonNull(measured.get(line), line::title);
    }

    /** In a window of its own: a recording costs something too. */
    private void profile(Load police, GatewayUnderTest gateway, FloorProcess floor, Load.Payloads mailbox)
            throws InterruptedException {
        gateway.startRecording();
        var before = Processes.processorMillisByThread(gateway.pid());
        var answered = send(police, gateway, floor, Line.GATEWAY_8, options.window(), mailbox);
        gateway.drain();
        var after = Processes.processorMillisByThread(gateway.pid());
        Profile.printThreads(out, before, after, answered.messages());
        Profile.of(gateway.stopRecording()).print(out, of(Line.GATEWAY_8).serverCpu());
    }

    private boolean nothingLost(GatewayUnderTest gateway, FloorProcess floor) {
        long kept = gateway.messagesOfThePolice();
        var ends = gateway.ends();
        long delivered = ends.entrySet().stream()
                .filter(end -> end.getKey().endsWith(" MAILBOX") || end.getKey().endsWith(" DELIVERED"))
                .mapToLong(Map.Entry::getValue).sum();
        out.printf("%nanswered by the gateway: %d, kept with their record: %d, deliveries: %s%n", answeredByGateway,
                kept, ends);
        out.printf("answered by the floor: %d, kept: %d%n", answeredByFloor, floor.messages());
        return kept == answeredByGateway && delivered == answeredByGateway && floor.messages() == answeredByFloor;
    }

    private void table() {
        out.printf("%n%-30s %9s %9s %9s %9s %9s %9s%n", "line", "a second", "p50 ms", "p99 ms", "server ms",
                "database", "together");
        measured.forEach((line, figures) -> out.printf("%-30s %9.1f %9.1f %9.1f %9.2f %9.2f %9.2f%n", line.title(),
                figures.perSecond(), figures.percentile(0.5), figures.percentile(0.99), figures.serverCpu(),
                figures.databaseCpu(), figures.cpu()));
    }

    private String json(GatewayUnderTest gateway, boolean whole) {
        var json = new StringBuilder("{");
        figures(json, Line.GATEWAY_8);
        json.append(",\"rss_mb\":").append(decimal(rss));
        json.append(",\"most_rss_mb\":").append(decimal(Processes.mostResidentMegabytes(gateway.pid())));
        json.append(",\"cpu_ratio_to_floor\":").append(ratio(Line.GATEWAY_8, Line.FLOOR_8));
        json.append(",\"rate_ratio_to_floor\":").append(rateRatio(Line.GATEWAY_8, Line.FLOOR_8));
        json.append(",\"cpu_ratio_to_floor_same_rsa\":").append(ratio(Line.GATEWAY_8, Line.FLOOR_8_SAME_RSA));
        json.append(",\"rate_ratio_to_floor_same_rsa\":")
                .append(rateRatio(Line.GATEWAY_8, Line.FLOOR_8_SAME_RSA));
        json.append(",\"push_cpu_ratio\":")
                .append(options.withPush() ? ratio(Line.GATEWAY_PUSH_8, Line.FLOOR_PUSH_8) : "null");
        json.append(",\"nothing_lost\":").append(whole);
        for (var other : measured.keySet()) {
            if (other != Line.GATEWAY_8) {
                json.append(",\"").append(other.name().toLowerCase(Locale.ROOT)).append("\":{");
                figures(json, other);
                json.append('}');
            }
        }
        return json.append(",\"warm_seconds\":").append(options.warm().toSeconds()).append(",\"window_seconds\":")
                .append(options.window().toSeconds()).append(",\"rounds\":").append(options.rounds())
                .append(",\"cases\":").append(options.cases()).append('}').toString();
    }

    private void figures(StringBuilder json, Line line) {
        var figures = of(line);
        json.append("\"messages_per_second\":").append(decimal(figures.perSecond()))
                .append(",\"p50_ms\":").append(decimal(figures.percentile(0.5))).append(",\"p99_ms\":")
                .append(decimal(figures.percentile(0.99))).append(",\"cpu_ms_per_message\":")
                .append(decimal(figures.cpu()));
    }

    private String ratio(Line line, Line floor) {
        return decimal(of(line).cpu() / of(floor).cpu());
    }

    private String rateRatio(Line line, Line floor) {
        return decimal(of(line).perSecond() / of(floor).perSecond());
    }

    private static String decimal(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2f", value) : "null";
    }
}
