package nl.ketenpoort.acceptancetests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.Region;
import nl.ketenpoort.localstack.certificates.PartnerCertificates;
import nl.ketenpoort.localstack.server.Distribution;
import nl.ketenpoort.partnerclient.attack.RawAnswer;
import nl.ketenpoort.partnerclient.attack.RawSoap;

/**
 * Content is in the message and nowhere else. Every type is sent, rightly and wrongly, with words and numbers that are
 * nowhere else; then every place where the gateway writes is searched for them.
 */
@ExtendWith(RunningRegion.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoTraceOfContentIT {

    private static final Path TYPES = Distribution.checkout().resolve("message-schemas/types");
    private static final int LARGE = 700_000;
    private static final int LARGE_WHEN_FETCHED = 200_000;
    private static final int MANY = 30;
    private static final Pattern PROGRAM = Pattern.compile(".*\\.([ejw]ar|class|so)");
    private static final String ACCEPTED = "";
    private static final Pattern BYTES = Pattern.compile("\\\\+x[0-9a-f]*");

    private final Region region;
    private final Chain chain;
    private final Line line;
    private final Asking asking;
    private final Ledger ledger;
    private final List<String> marks = new ArrayList<>();
    private final Map<String, String> cases = new HashMap<>();
    private final Map<String, String> answered = new HashMap<>();
    private final Map<String, Set<String>> outcomes = new HashMap<>();
    private final Map<String, MarkedExample> accepted = new HashMap<>();
    private final Map<MarkedExample, String> sentBefore = new HashMap<>();

    NoTraceOfContentIT(Region region) {
        this.region = region;
        this.chain = new Chain(region);
        this.line = new Line(region);
        this.asking = new Asking(line);
        this.ledger = new Ledger(region);
    }

    @Test
    void nothingOfAnyMessageIsInLogRowsTemporaryFilesHealthOrFaults() throws IOException {
        var examples = MarkedExample.in(TYPES);
        examples.forEach(example -> marks.addAll(example.marks()));
        assertThat(marks).as("marks").hasSizeGreaterThan(1000).doesNotHaveDuplicates();
        examples.forEach(example -> assertThat(foundIn(example.request())).as("the search finds what is there")
                .containsAll(example.marks()));

        examples.forEach(this::sendRightly);
        // Right in everything but what is spoiled.
        var ofEachType = examples.stream().filter(accepted::containsValue)
                .filter(example -> example.request().contains("<kp:casus>"))
                .collect(Collectors.toMap(MarkedExample::type, example -> example, (first, last) -> last));
        sendWrongly(ofEachType.values());
        sendWhatOnlySomeTypesAreRefusedFor(ofEachType);
        everyRefusalWasPlayed();
        sendAndFetchLarge();
        tryTheLine();
        stopADeliveryAtItsTime();
        deliverToWhoQuotesWhatItRefuses();
        sendWithoutADatabase();
        everyLeafWasStoredAndGiven();

        everyRow().forEach((table, rows) -> assertThat(foundIn(rows)).as("rows of " + table).isEmpty());
        forEachFile(region.stack().server().directory(), (file, text) -> assertThat(foundIn(text)).as(file.toString())
                .isEmpty());
        // Numbers alone are everywhere in a database's files, but not in its log; words are in neither.
        forEachFile(region.stack().directory().resolve("database"), (file, text) -> assertThat(
                file.getFileName().toString().endsWith(".log") ? foundIn(text) : List.of(Marks.in(text)))
                .as(file.toString()).allMatch(String::isEmpty));
        for (var page : List.of("/health", "/health/ready", "/health/live")) {
            assertThat(foundIn(managed(page).text())).as(page).isEmpty();
        }
        assertThat(managed("/metrics").status()).as("there are no metrics to look in: the server is without them")
                .isEqualTo(HttpURLConnection.HTTP_NOT_FOUND);
    }

    /** A message that was accepted lies in the database; whoever was permitted to have it has it, or can fetch it. */
    private void everyLeafWasStoredAndGiven() {
        Chain.await("everything is delivered", () -> accepted.keySet().stream().allMatch(messageId -> ledger.number(
                "SELECT count(*) FROM ketenpoort.delivery WHERE state IN ('WAITING', 'SENDING') AND message_id = ?",
                messageId) == 0));
        var given = new HashMap<String, Set<String>>();
        accepted.forEach((messageId, example) -> {
            if (ledger.number("SELECT count(*) FROM ketenpoort.delivery JOIN ketenpoort.message"
                    + " USING (sender, message_id) WHERE state IN ('DELIVERED', 'MAILBOX', 'DISCLOSED')"
                    + " AND about IS NULL AND message_id = ?", messageId) > 0) {
                var leaves = given.computeIfAbsent(example.type(), any -> new HashSet<>());
                leaves.addAll(example.marked());
                leaves.addAll(example.unmarked());
            }
        });
        types().forEach(type -> assertThat(given.getOrDefault(type, Set.of())).as("leaves of " + type)
                .containsAll(TypeSchema.of(TYPES, type).leaves()));
        assertThat(given.values().stream().flatMap(Set::stream)).as("leaves of a person in the envelope")
                .contains("persoon/bsn", "persoon/naam", "persoon/geboortedatum");
    }

    private void everyRefusalWasPlayed() {
        types().forEach(type -> assertThat(outcomes.get(type)).as("refusals of " + type)
                .containsAll(EveryRefusal.OF_ANY_TYPE));
        assertThat(outcomes.values().stream().flatMap(Set::stream)).as("refusals of some type").contains("KP-3301",
                "KP-3308", "KP-3401", "KP-4101", "KP-5107", "KP-5108", "KP-6102", "KP-6103");
        assertThat(outcomes.values().stream().filter(codes -> codes.contains("KP-3301"))).as("types with a BSN")
                .hasSizeGreaterThan(2);
    }

    /** Those that a partner can send; a notice of a delivery is the gateway's own, and says nothing of a message. */
    private static List<String> types() {
        try (Stream<Path> files = Files.list(TYPES)) {
            return files.filter(Files::isDirectory).map(folder -> folder.getFileName().toString())
                    .filter(type -> !type.equals("bezorgmelding")).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Partner senderOf(String request) {
        var function = request.replaceFirst("(?s).*<kp:zenderfunctie>([^<]*)<.*", "$1");
        return Arrays.stream(Partner.values()).filter(partner -> partner.functions().contains(function)).findFirst()
                .orElse(Partner.POLITIE);
    }

    /** In a case of its type, answering a message that its type may answer. */
    private String inACase(MarkedExample example) {
        var type = example.type();
        var request = Examples.numbered(example.request());
        if (!request.contains("<kp:casus>")) {
            return request;
        }
        // What closes a case or changes its phase would be in the way of the next.
        var caseId = Set.of("afsluitbericht", "thv-besluit").contains(type)
                ? chain.openCase()
                : cases.computeIfAbsent(type, this::caseFor);
        var inCase = ofCase(request, caseId);
        return inCase.contains("<kp:verwijzing>")
                ? inCase.replaceFirst("<kp:verwijzing>[^<]*",
                        "<kp:verwijzing>" + answered.computeIfAbsent(type, any -> messageToAnswer(type, caseId)))
                : inCase;
    }

    private static String ofCase(String request, String caseId) {
        return request.replaceFirst("<kp:casus>[^<]*", "<kp:casus>" + caseId);
    }

    private String caseFor(String type) {
        var caseId = chain.openCase();
        if (type.startsWith("zorginformatie")) {
            chain.consentToAskTheGgz(Partner.BLIJF_UHG, caseId, "uhg1");
        }
        return caseId;
    }

    private String messageToAnswer(String type, String caseId) {
        return switch (type) {
            case "overdracht-voortgang" -> chain.send(Partner.VEILIG_THUIS,
                    Examples.accepted("overdracht", "crisis-gezin-met-jong-kind", caseId)).messageId();
            case "zorginformatieantwoord" -> chain.send(Partner.BLIJF_UHG,
                    Examples.accepted("zorginformatieverzoek", "met-toestemming-aan-ggz", caseId)).messageId();
            default -> chain.send(Partner.POLITIE,
                    Examples.accepted("overtredingsmelding", "politie-bij-de-woning", caseId)).messageId();
        };
    }

    private void sendRightly(MarkedExample example) {
        var request = inACase(example);
        var soap = line.message(senderOf(request), request);
        sentBefore.put(example, request);
        if (send(example.type(), senderOf(request), soap).equals(ACCEPTED)) {
            accepted.put(soap.messageId(), example);
        }
    }

    private void sendWrongly(Collection<MarkedExample> examples) {
        var expected = new TreeMap<String, List<String>>();
        var refused = new TreeMap<String, List<String>>();
        for (var example : examples) {
            var request = inACase(example);
            var all = new EveryRefusal(line, marks::add).of(example.type(), senderOf(request), request);
            expected.put(example.type(), all.stream().map(EveryRefusal.Spoiled::code).toList());
            refused.put(example.type(), all.stream().map(spoiled -> outcome(example.type(),
                    line.send(spoiled.connection(), spoiled.reader(), spoiled.soap()))).toList());
        }
        assertThat(refused).as("refusals of spoiled messages").isEqualTo(expected);
    }

    private void isRefused(String type, String code, Partner sender, String request) {
        isRefused(type, code, line.send(sender, line.message(sender, request)));
    }

    private void isRefused(String type, String code, Answered got) {
        assertThat(outcome(type, got)).as("the refusal of a spoiled " + type).isEqualTo(code);
    }

    /** Each needs something of its own before it. */
    private void sendWhatOnlySomeTypesAreRefusedFor(Map<String, MarkedExample> examples) {
        var opening = acceptedExample("thv-besluit", "oplegging-opent-de-casus");
        isRefused("thv-besluit", "KP-6102", Partner.GEMEENTE, sentBefore.get(opening));

        var closed = chain.openCase();
        var closing = chain.send(Partner.BLIJF_ACHTERBLIJVER,
                Examples.accepted("afsluitbericht", "casus-gesloten-regie-bij-gi", closed));
        assertThat(closing.outcome()).as(closing.toString()).isEqualTo("RECEIPT");
        isRefused("overdracht", "KP-6103", Partner.VEILIG_THUIS,
                ofCase(examples.get("overdracht").request(), closed));

        isRefused("zorginformatieverzoek", "KP-5107", Partner.BLIJF_UHG,
                ofCase(acceptedExample("zorginformatieverzoek", "met-toestemming-aan-ggz").request(),
                        chain.openCase()));

        var report = acceptedExample("overtredingsmelding", "politie-bij-de-woning");
        var institution = whoFetches();
        isRefused("overtredingsmelding", "KP-5108", Partner.POLITIE, Examples.addressed(
                ofCase(report.request(), caseWith(institution)), "GI", "TOEZICHT_NALEVING"));

        var soap = line.message(Partner.POLITIE, inACase(report));
        assertThat(send("overtredingsmelding", Partner.POLITIE, soap)).isEqualTo(ACCEPTED);
        isRefused("overtredingsmelding", "KP-4101", line.send(Partner.POLITIE, line.message(Partner.POLITIE,
                inACase(acceptedExample("overtredingsmelding", "politie-via-kind-zonder-vrije-tekst")))
                .messageId(soap.messageId())));
    }

    private MarkedExample acceptedExample(String type, String name) {
        return accepted.values().stream().filter(example -> example.type().equals(type))
                .filter(example -> example.name().startsWith(name)).findFirst()
                .orElseThrow(() -> new AssertionError("no " + type + " " + name + " was accepted"));
    }

    /** A certified institution that fetches, without an agreement with anybody. */
    private PartnerCertificates whoFetches() {
        var oin = "000000990000" + ThreadLocalRandom.current().nextInt(10_000_000, 100_000_000);
        new Register(region).organisation(oin, "Instelling die ophaalt", true, "GI");
        return line.keysOf(oin, "Instelling die ophaalt");
    }

    private String caseWith(PartnerCertificates institution) {
        var opened = chain.send(Partner.GEMEENTE,
                EveryRefusal.replaced(Examples.opening(), Partner.JEUGDBESCHERMING.oin(), institution.oin()));
        assertThat(opened.outcome()).as(opened.toString()).isEqualTo("RECEIPT");
        return opened.caseId();
    }

    /**
     * Nearly as large as a message may be, and fetched with many others, so that whoever would keep it in a file while it
     * is handled does so with this one. Space between elements is not given on.
     */
    private void sendAndFetchLarge() {
        var institution = whoFetches();
        var handover = acceptedExample("overdracht", "crisis-gezin-met-jong-kind");
        var request = EveryRefusal.replaced(ofCase(handover.request(), caseWith(institution)),
                Partner.JEUGDBESCHERMING.oin(), institution.oin());
        var large = request.replaceFirst("<overdracht [^>]*>", "$0" + " ".repeat(LARGE));
        var soap = line.message(Partner.VEILIG_THUIS, large);
        assertThat(soap.bytes().length).isGreaterThan(LARGE);
        try (var created = FilesCreated.in(region.stack().server().directory().resolve("tmp"))) {
            assertThat(send("overdracht", Partner.VEILIG_THUIS, soap)).isEqualTo(ACCEPTED);
            accepted.put(soap.messageId(), handover);

            for (int i = 0; i < MANY; i++) {
                assertThat(send("overdracht", Partner.VEILIG_THUIS, line.message(Partner.VEILIG_THUIS, request)))
                        .isEqualTo(ACCEPTED);
            }

            var fetched = fetched(institution);
            assertThat(fetched.text().length()).as("large").isGreaterThan(LARGE_WHEN_FETCHED);
            assertThat(Answered.text(fetched(institution).answer().payload())).as("the same again")
                    .isEqualTo(Answered.text(fetched.answer().payload()));
            assertThat(foundIn(fetched.text())).as("marks in what is fetched").isNotEmpty()
                    .allMatch(handover.marks()::contains);
            asking.asked(institution, "bevestigen", Asking.deliveries(fetched).stream()
                    .map(Asking.InMailbox::toConfirm).collect(Collectors.joining())).isAccepted();

            assertThat(created.untilNow()).as("files made for it").isEmpty();
        }
        var status = asking.asked(Partner.VEILIG_THUIS, "status", Asking.element("berichtId", soap.messageId()))
                .isAccepted();
        assertThat(foundIn(status.text())).as("the status of a message").isEmpty();
    }

    private Answered fetched(PartnerCertificates by) {
        return asking.asked(by, "ophalen", Asking.element("functie", "GI") + Asking.element("maximum", "50"))
                .isAccepted();
    }

    /** What a partner tries the line with comes back to him, and goes nowhere else. */
    private void tryTheLine() {
        var said = Marks.fresh();
        var answered = asking.asked(Partner.POLITIE, "testoproep", Asking.element("tekst", said)).isAccepted();
        assertThat(Asking.text(answered, "tekst")).isEqualTo(said);
    }

    /** The consent that a question waits under is withdrawn while it waits. */
    private void stopADeliveryAtItsTime() {
        var question = acceptedExample("zorginformatieverzoek", "met-toestemming-aan-ggz");
        var caseId = chain.openCase();
        var consent = chain.consentToAskTheGgz(Partner.BLIJF_UHG, caseId, "uhg1");
        var shown = asking.asked(Partner.BLIJF_UHG, "toestemmingTonen", Asking.element("casus", caseId)).isAccepted();
        assertThat(foundIn(shown.text())).as("what is shown of a consent").isEmpty();
        chain.down(Partner.GGZ);
        try {
            var soap = line.message(Partner.BLIJF_UHG, ofCase(question.request(), caseId));
            assertThat(send("zorginformatieverzoek", Partner.BLIJF_UHG, soap)).isEqualTo(ACCEPTED);
            region.partner(Partner.BLIJF_UHG).withdrawConsent(caseId, consent);
            Chain.await("the delivery is cancelled", () -> ledger.rows("SELECT state FROM ketenpoort.delivery"
                    + " WHERE message_id = ? AND about IS NULL", soap.messageId()).stream()
                    .allMatch(delivery -> delivery.get("state").equals("CANCELLED")));
        } finally {
            chain.up(Partner.GGZ);
        }
    }

    /** A receiver whose fault repeats what it was given; what the gateway keeps of it is a code. */
    private void deliverToWhoQuotesWhatItRefuses() {
        var report = acceptedExample("overtredingsmelding", "politie-bij-de-woning");
        region.partner(Partner.OM).behave("FAULT_QUOTING");
        try {
            var soap = line.message(Partner.POLITIE, inACase(report));
            assertThat(send("overtredingsmelding", Partner.POLITIE, soap)).isEqualTo(ACCEPTED);
            accepted.put(soap.messageId(), report);
            Chain.await("the receiver refused it", () -> ledger.rows("SELECT coalesce(code, '') AS code FROM"
                    + " ketenpoort.delivery WHERE message_id = ? AND receiver = ?", soap.messageId(),
                    Partner.OM.oin()).stream().anyMatch(delivery -> delivery.get("code").equals("KP-7104")));
        } finally {
            region.partner(Partner.OM).behave("RIGHT");
        }
    }

    private void sendWithoutADatabase() throws IOException {
        var report = acceptedExample("overtredingsmelding", "politie-bij-de-woning");
        var request = inACase(report);
        var soap = line.message(Partner.POLITIE, request);
        var before = ledger.standing();
        region.stack().database().kill();
        try {
            var refused = post(soap);
            assertThat(refused.foutCode()).contains("KP-9051");
            assertThat(foundIn(Answered.text(refused.envelope()))).as("the answer without a database").isEmpty();
        } finally {
            region.stack().database().start();
        }
        Chain.await("the same message is accepted",
                () -> !post(line.message(Partner.POLITIE, request).messageId(soap.messageId())).isFault());
        accepted.put(soap.messageId(), report);
        Chain.await("that it was refused is recorded", () -> ledger.lateRefusalsSince(before).stream()
                .anyMatch(record -> record.messageId().filter(soap.messageId()::equals).isPresent()));
    }

    /** The answer, without a look at the database. */
    private RawAnswer post(RawSoap soap) throws IOException {
        var police = line.keysOf(Partner.POLITIE);
        try (var http = line.http(Line.raw(police.tls()))) {
            return RawAnswer.open(http.post(soap).body(), Line.raw(police.sign()));
        }
    }

    private String send(String type, Partner sender, RawSoap soap) {
        return outcome(type, line.send(sender, soap));
    }

    private String outcome(String type, Answered got) {
        var outcome = got.answer().foutCode().orElse(ACCEPTED);
        outcomes.computeIfAbsent(type, any -> new HashSet<>()).add(outcome);
        assertThat(outcome).as(type).isNotEqualTo("KP-9099");
        assertThat(foundIn(got.text())).as("the answer about " + type).isEmpty();
        return outcome;
    }

    private List<String> foundIn(String text) {
        return Stream.concat(marks.stream().filter(text::contains), Stream.of(Marks.in(text)))
                .filter(mark -> !mark.isEmpty()).toList();
    }

    private record Page(int status, String text) {}

    /** Of the management port, where an operator looks. */
    private Page managed(String page) throws IOException {
        var connection = (HttpURLConnection) URI
                .create("http://127.0.0.1:" + region.stack().server().managementPort() + page).toURL()
                .openConnection();
        int status = connection.getResponseCode();
        try (var body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Page(status, body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8));
        } finally {
            connection.disconnect();
        }
    }

    /**
     * Every row of every table as text, and its bytes as they are; as hexadecimal they would hold any number at some
     * time.
     */
    private Map<String, String> everyRow() {
        var found = new HashMap<String, String>();
        for (var table : ledger.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'ketenpoort'")) {
            var name = "ketenpoort." + table.get("tablename");
            var text = new StringBuilder();
            ledger.rows("SELECT t::text AS row FROM " + name + " t")
                    .forEach(row -> text.append(BYTES.matcher(row.get("row")).replaceAll("")));
            for (var column : ledger.rows("SELECT column_name FROM information_schema.columns"
                    + " WHERE data_type = 'bytea' AND table_schema = 'ketenpoort' AND table_name = ?",
                    table.get("tablename"))) {
                ledger.rows("SELECT encode(" + column.get("column_name") + ", 'escape') AS bytes FROM " + name)
                        .forEach(row -> text.append(row.getOrDefault("bytes", "")));
            }
            found.put(name, text.toString());
        }
        assertThat(found).containsKeys("ketenpoort.message", "ketenpoort.audit_record");
        return found;
    }

    private static void forEachFile(Path directory, BiConsumer<Path, String> looking) {
        try (Stream<Path> files = Files.walk(directory)) {
            var found = files.filter(Files::isRegularFile).filter(file -> !PROGRAM.matcher(file.toString()).matches())
                    .toList();
            assertThat(found).isNotEmpty();
            for (var file : found) {
                textOf(file).ifPresent(text -> looking.accept(file, text));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Empty if it is gone: the database and the server clean up after themselves while they run. */
    private static Optional<String> textOf(Path file) throws IOException {
        try {
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException goneMeanwhile) {
            return Optional.empty();
        }
    }
}
