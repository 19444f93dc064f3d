package nl.ketenpoort.acceptancetests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.json.JsonObject;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.Region;
import nl.ketenpoort.localstack.certificates.KeyFile;
import nl.ketenpoort.localstack.server.LocalWildFly;
import nl.ketenpoort.partnerclient.Identity;
import nl.ketenpoort.partnerclient.KetenpoortClient;
import nl.ketenpoort.partnerclient.NoVerifiedAnswerException;
import nl.ketenpoort.partnerclient.Refused;
import nl.ketenpoort.partnerclient.SendResult;
import nl.ketenpoort.partnerclient.Trust;
import nl.ketenpoort.simulators.Journal;

/**
 * Senders of the police that go on whatever happens, and somebody who pulls plugs. A sender stores his message and its
 * id before the first attempt and repeats it, at the next server if there is one, until there is a receipt. Everybody is
 * pushed to but the OM, who fetches from his mailbox all the while.
 */
final class CrashRun implements AutoCloseable {

    private static final Partner FETCHING = Partner.OM;
    private static final String UNDER_WAY = "'WAITING', 'SENDING', 'MAILBOX', 'DISCLOSED'";
    private static final int SENDERS = 4;
    private static final int CASES = 8;
    private static final int RECEIPTS_BEFORE_A_KILL = 8;
    private static final int RECEIPTS_WHILE_ONE_IS_DEAD = 8;
    private static final int LONGEST_WAIT_FOR_A_KILL = 3_000;
    private static final int LONGEST_DARK = 2_000;
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration WITHIN = Duration.ofMinutes(3);
    /** Tells of every attempt that got no answer, which is what this test is about; kept, or the level is forgotten. */
    private static final Logger FAILED_ATTEMPTS = Logger.getLogger("org.apache.cxf.phase.PhaseInterceptorChain");

    private final Region region;
    private final Random random;
    private final Ledger ledger;
    private final Journal outbox;
    private final List<KetenpoortClient> lines;
    private final List<String> cases;
    private final AtomicInteger receipts = new AtomicInteger();
    private final AtomicInteger withoutAnswer = new AtomicInteger();
    private final AtomicInteger withoutFetching = new AtomicInteger();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final CountDownLatch enough = new CountDownLatch(1);
    private final CountDownLatch drained = new CountDownLatch(1);
    private final long began = System.nanoTime();

    /** Starts a region as a run wants it. */
    static Region region(Region region) {
        return region.withAllAgreements().withMailboxesOf(Set.of(FETCHING)).start();
    }

    CrashRun(Region region, Random random) {
        FAILED_ATTEMPTS.setLevel(Level.OFF);
        this.region = region;
        this.random = random;
        this.ledger = new Ledger(region);
        this.outbox = Journal.open(region.stack().directory().resolve("senders.jsonl"), Clock.systemUTC());
        this.lines = region.stack().servers().stream().map(this::line).toList();
        var chain = new Chain(region);
        this.cases = IntStream.range(0, CASES).mapToObj(number -> chain.openCase()).toList();
    }

    private KetenpoortClient line(LocalWildFly server) {
        var certificates = region.stack().certificates();
        var keys = certificates.partner(Partner.POLITIE.oin(), Partner.POLITIE.organisation());
        return KetenpoortClient.builder().endpoint(URI.create(server.partnersAddress() + "/v1/berichten"))
                .tls(identity(keys.tls())).signing(identity(keys.sign()))
                .gatewaySigningCertificates(certificates.gatewaySign().certificate())
                .gatewayEncryptionCertificate(certificates.gatewayDecrypt().certificate())
                .gatewayReceiptCertificates(certificates.gatewayReceipt().certificate())
                .trust(Trust.from(certificates.trustStore(), List.of(certificates.issuingCertificate()),
                        () -> List.of(certificates.rootRevocationList(), certificates.issuingRevocationList())))
                .timeouts(Duration.ofSeconds(5), Duration.ofSeconds(20)).build();
    }

    private static Identity identity(KeyFile file) {
        return new Identity(file.privateKey(), file.chain());
    }

    /** Sends all the while, kills so often at random moments, and returns when every message has its receipt. */
    CrashRun killing(int servers, int databases) throws InterruptedException, IOException {
        var senders = IntStream.range(0, SENDERS).mapToObj(number -> Thread.ofVirtual().start(() -> send(number)))
                .toList();
        var fetching = Thread.ofVirtual().start(this::fetch);
        try {
            for (boolean database : mixed(servers, databases)) {
                awaitReceipts(RECEIPTS_BEFORE_A_KILL);
                pause(random.nextInt(LONGEST_WAIT_FOR_A_KILL));
                if (database) {
                    killDatabase();
                } else {
                    killServer();
                }
            }
            awaitReceipts(RECEIPTS_BEFORE_A_KILL);
        } finally {
            enough.countDown();
        }
        for (var sender : senders) {
            assertThat(sender.join(WITHIN)).as("every sender has his receipts " + failures).isTrue();
        }
        awaitDrained();
        drained.countDown();
        assertThat(fetching.join(WITHIN)).as("the mailbox is left").isTrue();
        return this;
    }

    private List<Boolean> mixed(int servers, int databases) {
        var kills = new ArrayList<Boolean>();
        IntStream.range(0, servers).forEach(number -> kills.add(false));
        IntStream.range(0, databases).forEach(number -> kills.add(true));
        Collections.shuffle(kills, random);
        return kills;
    }

    private void killServer() throws IOException, InterruptedException {
        var servers = region.stack().servers();
        var server = servers.get(random.nextInt(servers.size()));
        tell("kills " + server.name());
        server.kill();
        if (servers.size() > 1) {
            awaitReceipts(RECEIPTS_WHILE_ONE_IS_DEAD);
            tell("goes on without " + server.name());
        } else {
            pause(random.nextInt(LONGEST_DARK));
        }
        // A start empties the log, and what it said before the kill may be wanted.
        Files.copy(server.logFile(), server.logFile().resolveSibling("server-" + System.nanoTime() + ".log"),
                StandardCopyOption.REPLACE_EXISTING);
        server.start();
        tell("has " + server.name() + " back");
    }

    private void killDatabase() throws InterruptedException {
        tell("kills the database");
        region.stack().database().kill();
        pause(random.nextInt(LONGEST_DARK));
        region.stack().database().start();
        tell("has the database back");
    }

    private void send(int number) {
        try {
            for (int turn = number; enough.getCount() > 0; turn++) {
                var id = KetenpoortClient.newMessageId();
                var request = message(turn, cases.get(turn % CASES));
                outbox.store(id, request);
                outbox.settle(id, untilAnswered(turn, id, request));
                receipts.incrementAndGet();
            }
        } catch (InterruptedException | RuntimeException | AssertionError failure) {
            failures.add(failure);
        }
    }

    private static String message(int turn, String caseId) {
        return turn / CASES % 2 == 0
                ? Examples.accepted("overtredingsmelding", "politie-bij-de-woning", caseId)
                : Examples.accepted("strafzaak-status", "politie-meldt-vrijlating", caseId);
    }

    /** The OM's system: it fetches, keeps what it has not yet, and confirms; a kill may come between any two of these. */
    private void fetch() {
        try {
            do {
                if (!region.partner(FETCHING).fetch().containsKey("received")) {
                    withoutFetching.incrementAndGet();
                }
            } while (!drained.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException | RuntimeException failure) {
            failures.add(failure);
        }
    }

    private SendResult untilAnswered(int turn, String id, String request) throws InterruptedException {
        long end = System.nanoTime() + WITHIN.toNanos();
        for (int attempt = turn; System.nanoTime() < end; attempt++) {
            try {
                var result = lines.get(attempt % lines.size()).send(id, request);
                if (!(result instanceof Refused refused && refused.temporary())) {
                    return result;
                }
            } catch (NoVerifiedAnswerException none) {
                withoutAnswer.incrementAndGet();
            }
            pause(PAUSE.toMillis());
        }
        throw new AssertionError("no receipt within " + WITHIN + " for " + id);
    }

    private void awaitReceipts(int more) throws InterruptedException {
        int wanted = receipts.get() + more;
        long end = System.nanoTime() + WITHIN.toNanos();
        while (receipts.get() < wanted) {
            assertThat(failures).isEmpty();
            assertThat(System.nanoTime()).as("receipts go on").isLessThan(end);
            pause(20);
        }
    }

    /** Time that is part of the test: how long something is dark, how long a sender waits. */
    private static void pause(long milliseconds) throws InterruptedException {
        assertThat(new CountDownLatch(1).await(milliseconds, TimeUnit.MILLISECONDS)).isFalse();
    }

    /** Waits for as long as something still ends: what piled up in hours of kills is not delivered in minutes. */
    private void awaitDrained() throws InterruptedException {
        long least = Long.MAX_VALUE;
        long end = System.nanoTime() + WITHIN.toNanos();
        for (long left = underWay(); left > 0; left = underWay()) {
            if (left < least) {
                least = left;
                end = System.nanoTime() + WITHIN.toNanos();
            }
            assertThat(System.nanoTime()).as(() -> "every delivery ends; not so: " + ledger.rows("""
                    SELECT d.id, d.lane, d.sequence, d.state, d.attempts, d.code, t.execution_time, t.picked, t.picked_by
                      FROM ketenpoort.delivery d LEFT JOIN ketenpoort.scheduled_tasks t ON t.task_instance = d.lane
                     WHERE d.state IN (%s) LIMIT 20""".formatted(UNDER_WAY))).isLessThan(end);
            pause(100);
        }
        tell("has nothing left to deliver");
    }

    private long underWay() {
        return ledger.number("""
                SELECT (SELECT count(*) FROM ketenpoort.delivery WHERE state IN (%s))
                     + (SELECT count(*) FROM ketenpoort.notice n
                         WHERE NOT EXISTS (SELECT FROM ketenpoort.delivery d WHERE d.id = n.id))"""
                .formatted(UNDER_WAY));
    }

    void assertNothingIsLostOrDoubled() {
        assertThat(failures).isEmpty();
        everyMessageHasOneReceipt();
        noRecordIsMissing();
        var ends = ledger.rows("SELECT state, count(*) AS number FROM ketenpoort.delivery GROUP BY state");
        assertThat(ends).allSatisfy(row -> assertThat(row.get("state")).isIn("DELIVERED", "PARKED", "CANCELLED"));
        Stream.of(Partner.values()).forEach(this::everyDeliveryIsThereOnceAndInOrder);
        System.out.println(receipts + " messages, " + withoutAnswer + " attempts without an answer, " + withoutFetching
                + " fetches without one, "
                + ledger.number("SELECT count(*) FROM ketenpoort.audit_record WHERE kind = 'REPEATED'")
                + " repeated to the gateway, "
                + Stream.of(Partner.values()).mapToInt(partner -> region.partner(partner).journal("repeated").size())
                        .sum()
                + " repeated to partners; deliveries: " + ends);
    }

    private void everyMessageHasOneReceipt() {
        var stored = outbox.entries("sending").stream().map(entry -> entry.getString("message")).toList();
        var settled = outbox.entries("sent");
        assertThat(settled).allSatisfy(
                entry -> assertThat(entry.getString("outcome")).as(entry.toString()).isEqualTo("RECEIPT"));
        assertSame("every message that was stored was settled once", each(settled, entry -> entry.getString("message")),
                stored);
        assertSame("the gateway keeps what was settled, and nothing else",
                each(ledger.rows("SELECT message_id FROM ketenpoort.message WHERE sender = ?", Partner.POLITIE.oin()),
                        row -> row.get("message_id")),
                stored);
        var kept = new HashMap<String, String>();
        ledger.rows("SELECT message_id, convert_from(receipt, 'UTF8') AS receipt FROM ketenpoort.message")
                .forEach(row -> kept.put(row.get("message_id"), row.get("receipt")));
        assertThat(settled).allSatisfy(entry -> assertThat(entry.getString("receipt"))
                .as("the receipt that the sender has is the one that is kept")
                .isEqualTo(kept.get(entry.getString("message"))));
    }

    /** Each question reads a table once: thousands of messages are asked about when there were hours of kills. */
    private void noRecordIsMissing() {
        assertNone("every message has one record of its acceptance, the one its receipt names", """
                WITH accepted AS (
                  SELECT sender, message_id, count(*) AS records, min(leaf) AS leaf FROM ketenpoort.audit_record
                   WHERE kind = 'ACCEPTED' GROUP BY sender, message_id)
                SELECT message_id, a.records FROM ketenpoort.message m LEFT JOIN accepted a USING (sender, message_id)
                 WHERE a.records IS DISTINCT FROM 1 OR a.leaf IS DISTINCT FROM m.audit_leaf""");
        assertNone("every record of an acceptance has its message", """
                SELECT a.message_id FROM ketenpoort.audit_record a
                  LEFT JOIN ketenpoort.message m ON m.sender = a.sender AND m.message_id = a.message_id
                 WHERE a.kind = 'ACCEPTED' AND m.message_id IS NULL""");
        assertNone("every receiver who was permitted has one delivery", """
                WITH delivered AS (
                  SELECT sender, message_id, receiver, function, count(*) AS deliveries FROM ketenpoort.delivery
                   WHERE about IS NULL GROUP BY sender, message_id, receiver, function)
                SELECT c.message_id, c.oin, c.function, d.deliveries FROM ketenpoort.decision c
                  LEFT JOIN delivered d ON d.sender = c.sender AND d.message_id = c.message_id
                                       AND d.receiver = c.oin AND d.function = c.function
                 WHERE c.outcome = 'PERMIT' AND d.deliveries IS DISTINCT FROM 1""");
        assertNone("every delivery that ended has one record of how", """
                WITH ended AS (
                  SELECT facts ->> 'delivery' AS id, count(*) AS records, min(kind) AS kind FROM ketenpoort.audit_record
                   WHERE kind IN ('DELIVERED', 'PARKED', 'CANCELLED') GROUP BY facts ->> 'delivery')
                SELECT d.id, d.state, e.kind, e.records FROM ketenpoort.delivery d LEFT JOIN ended e ON e.id = d.id::text
                 WHERE e.records IS DISTINCT FROM 1 OR e.kind IS DISTINCT FROM d.state""");
        assertNone("no lane has a gap", """
                SELECT lane, l.next_sequence, count(d.id) AS deliveries FROM ketenpoort.delivery_lane l
                  LEFT JOIN ketenpoort.delivery d USING (lane)
                 GROUP BY lane, l.next_sequence HAVING l.next_sequence - 1 <> count(d.id)""");
        assertThat(ledger.number("SELECT count(*) FROM ketenpoort.decision WHERE outcome = 'PERMIT'"))
                .as("permitted receivers").isPositive();
    }

    private void assertNone(String what, String sql) {
        assertThat(ledger.rows(sql)).as(what).isEmpty();
    }

    /** Sorted first: what AssertJ does for lists in any order compares each with each. */
    private static void assertSame(String what, List<String> found, List<String> expected) {
        assertThat(found.stream().sorted().toList()).as(what).isEqualTo(expected.stream().sorted().toList());
    }

    private static <T> List<String> each(List<T> all, Function<T, String> what) {
        return all.stream().map(what).toList();
    }

    private void everyDeliveryIsThereOnceAndInOrder(Partner partner) {
        var delivered = ledger.rows(
                "SELECT 'urn:uuid:' || id AS id FROM ketenpoort.delivery WHERE receiver = ? AND function = ANY (string_to_array(?, ','))"
                        + " AND state = 'DELIVERED'",
                partner.oin(), String.join(",", partner.functions())).stream().map(row -> row.get("id")).toList();
        var received = region.partner(partner).received();
        assertSame(partner + " has what was delivered, once", each(received, entry -> entry.getString("delivery")),
                delivered);
        // A notice is about one delivery, and a message may have several; everything else is one fact.
        assertThat(received.stream().filter(entry -> !entry.getString("type").equals("bezorgmelding"))
                .map(CrashRun::fact)).as(partner + " sees each fact once").doesNotHaveDuplicates();
        Map<String, Integer> last = new HashMap<>();
        for (var entry : received) {
            var lane = entry.getString("case") + " " + entry.getString("function") + " " + entry.getBoolean("urgent");
            int sequence = entry.getInt("sequence");
            assertThat(sequence).as(partner + " has " + lane + " in order").isGreaterThan(last.getOrDefault(lane, 0));
            last.put(lane, sequence);
        }
    }

    private static String fact(JsonObject received) {
        return received.getString("message") + " " + received.getString("function") + " " + received.getString("type");
    }

    private void tell(String what) {
        System.out.printf("%6.1f s, %5d receipts: the test %s%n", (System.nanoTime() - began) / 1e9, receipts.get(),
                what);
    }

    @Override
    public void close() {
        drained.countDown();
        lines.forEach(KetenpoortClient::close);
        outbox.close();
    }
}
