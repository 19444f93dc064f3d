package nl.ketenpoort.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import nl.ketenpoort.benchmarks.Load.Payloads;
import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.Region;
import nl.ketenpoort.localstack.process.LocalProcess;

/**
 * The gateway as it ships, in a region where the OM has a mailbox, Jeugdbescherming is pushed to, and nobody else is
 * pushed to either; and what is sent to it.
 */
final class GatewayUnderTest implements AutoCloseable {

    private static final int BYTES = 4096;
    /** What piles up while a line with pushes is warmed for minutes is delivered slower than it was accepted. */
    private static final Duration DRAIN = Duration.ofMinutes(15);

    private static final Pattern PROLOG = Pattern.compile("\\A<\\?xml[^>]*>\\s*(<!--.*?-->\\s*)*", Pattern.DOTALL);
    private static final Pattern RECEIVERS = Pattern.compile("<kp:ontvangers>.*</kp:ontvangers>", Pattern.DOTALL);
    private static final Pattern REMARK = Pattern.compile("(<toelichting betreft=\"ab1\">)([^<]*)");
    private static final String CASE = "3f8a1c2e-6b1d-4c55-9a67-0d8a5e1b2c33";

    private final Path directory;
    private final Region region;

    GatewayUnderTest(Path directory) {
        this.directory = directory;
        this.region = Region.in(directory).withAllAgreements()
                .withMailboxesOf(EnumSet.complementOf(EnumSet.of(Partner.JEUGDBESCHERMING))).start();
    }

    Region region() {
        return region;
    }

    URI address() {
        return region.gateway();
    }

    long pid() {
        return region.stack().server().pid();
    }

    long postmaster() {
        return Processes.postmaster(region.stack().directory().resolve("database"));
    }

    /** Openings of cases, each under a number of its own. */
    Payloads openings() {
        var opening = example("thv-besluit", "oplegging-opent-de-casus");
        return number -> opening.replace("THV-0363-2026-0231", "THV-0363-2026-" + (10_000 + number));
    }

    /** Reports of the police of four kilobytes over all cases, for one receiver. */
    Payloads reports(boolean push) {
        var receiver = push
                ? "<kp:oin>" + Partner.JEUGDBESCHERMING.oin() + "</kp:oin><kp:functie>GI</kp:functie>"
                : "<kp:oin>" + Partner.OM.oin() + "</kp:oin>";
        var report = RECEIVERS.matcher(example("overtredingsmelding", "politie-bij-de-woning")).replaceFirst(
                "<kp:ontvangers><kp:ontvanger>" + receiver + "<kp:doel>TOEZICHT_NALEVING</kp:doel></kp:ontvanger>"
                        + "</kp:ontvangers>");
        int missing = BYTES - report.getBytes(StandardCharsets.UTF_8).length;
        var padded = REMARK.matcher(report).replaceFirst("$1$2" + " Nader bericht volgt.".repeat(400).substring(0,
                Math.max(0, missing)));
        var cases = cases();
        return number -> padded.replace(CASE, cases.get((int) (number % cases.size())));
    }

    private static String example(String type, String name) {
        var path = "/message-schemas/types/" + type + "/v1/examples/accepted/" + name + ".xml";
        try (InputStream in = GatewayUnderTest.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("there is no example " + path);
            }
            return PROLOG.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8)).replaceFirst("").strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private List<String> cases() {
        return column("SELECT id FROM ketenpoort.case_file ORDER BY id");
    }

    /** Waits until nothing is under way any more. */
    void drain() throws InterruptedException {
        long end = System.nanoTime() + DRAIN.toNanos();
        while (number("SELECT (SELECT count(*) FROM ketenpoort.delivery WHERE state IN ('WAITING', 'SENDING'))"
                + " + (SELECT count(*) FROM ketenpoort.scheduled_tasks WHERE task_name LIKE 'delivery-%')") > 0) {
            if (System.nanoTime() > end || new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("not drained within " + DRAIN + ": " + column(
                        "SELECT state || ' ' || count(*) FROM ketenpoort.delivery GROUP BY state"));
            }
        }
    }

    /** What became of the police's deliveries, by receiver and state. */
    Map<String, Long> ends() {
        var ends = new TreeMap<String, Long>();
        column("SELECT receiver || ' ' || state || '=' || count(*) FROM ketenpoort.delivery WHERE sender = '"
                + Partner.POLITIE.oin() + "' GROUP BY receiver, state").forEach(
                        row -> ends.put(row.substring(0, row.indexOf('=')),
                                Long.parseLong(row.substring(row.indexOf('=') + 1))));
        return ends;
    }

    long messagesOfThePolice() {
        return number(
                "SELECT count(*) FROM ketenpoort.message m JOIN ketenpoort.audit_record a ON a.leaf = m.audit_leaf"
                        + " AND a.kind = 'ACCEPTED' WHERE m.sender = '" + Partner.POLITIE.oin() + "'");
    }

    long number(String sql) {
        return Long.parseLong(column(sql).getFirst());
    }

    private List<String> column(String sql) {
        var database = region.stack().database();
        try (var connection = database.dataSource(database.superuser()).getConnection();
                var statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            var values = new ArrayList<String>();
            while (found.next()) {
                values.add(found.getString(1));
            }
            return values;
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    void startRecording() {
        jcmd("JFR.start", "name=benchmark", "settings=profile");
    }

    Path stopRecording() {
        var file = directory.resolve("profile.jfr");
        jcmd("JFR.stop", "name=benchmark", "filename=" + file);
        return file;
    }

    private void jcmd(String... arguments) {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/jcmd").toString(),
                "-J-Xmx64m", Long.toString(pid())));
        command.addAll(List.of(arguments));
        LocalProcess.run("jcmd", command, directory, Map.of(), directory.resolve("jcmd.log"), Duration.ofMinutes(1));
    }

    @Override
    public void close() {
        region.close();
    }
}
