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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.Region;
import nl.ketenpoort.localstack.server.Distribution;
import nl.ketenpoort.partnerclient.attack.RawSoap;

/**
 * Content is in the message and nowhere else. Every type is sent, rightly and wrongly, with words and numbers that are
 * nowhere else; then every place where the gateway writes is searched for them.
 */
@ExtendWith(RunningRegion.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoTraceOfContentIT {

    private static final int LARGE = 700_000;
    private static final Pattern PROGRAM = Pattern.compile(".*\\.([ejw]ar|class|so)");
    private static final String ACCEPTED = "";
    private static final Pattern BYTES = Pattern.compile("\\\\+x[0-9a-f]*");

    private final Region region;
    private final Chain chain;
    private final Line line;
    private final Ledger ledger;
    private final List<String> marks = new ArrayList<>();
    private final Map<String, String> cases = new HashMap<>();
    private final Map<String, String> answered = new HashMap<>();
    private final Map<String, Set<String>> outcomes = new HashMap<>();

    NoTraceOfContentIT(Region region) {
        this.region = region;
        this.chain = new Chain(region);
        this.line = new Line(region);
        this.ledger = new Ledger(region);
    }

    @Test
    void nothingOfAnyMessageIsInLogRowsTemporaryFilesMeasurementsOrFaults() throws IOException {
        var examples = MarkedExample.in(Distribution.checkout().resolve("message-schemas/types"));
        examples.forEach(example -> marks.addAll(example.marks()));
        assertThat(marks).as("marks").hasSizeGreaterThan(500).doesNotHaveDuplicates();
        examples.forEach(example -> assertThat(foundIn(example.request())).as("the search finds what is there")
                .containsAll(example.marks()));

        cases.put("zorginformatieverzoek", chain.openCase());
        chain.consentToAskTheGgz(Partner.BLIJF_UHG, cases.get("zorginformatieverzoek"), "uhg1");
        examples.forEach(this::sendRightly);
        var whole = examples.stream().collect(Collectors.toMap(MarkedExample::type, example -> example,
                (first, last) -> last));
        whole.values().forEach(this::sendWrongly);
        sendLarge(whole.get("overtredingsmelding"));
        assertThat(outcomes).as("some of it was accepted").satisfies(found -> assertThat(found.keySet())
                .filteredOn(type -> found.get(type).contains(ACCEPTED)).contains("afdoening-terugkoppeling",
                        "afsluitbericht", "overdracht", "overdracht-voortgang", "overtreding-opvolging",
                        "overtredingsmelding", "regie-overname", "strafzaak-status", "thv-besluit",
                        "zorginformatieantwoord", "zorginformatieverzoek"));
        var cases = this.cases.values().stream().map(id -> "'" + id + "'").collect(Collectors.joining(", "));
        Chain.await("everything is delivered", () -> ledger.number("SELECT count(*) FROM ketenpoort.delivery"
                + " WHERE state IN ('WAITING', 'SENDING') AND case_id::text IN (" + cases + ")") == 0);

        everyRow().forEach((table, rows) -> assertThat(foundIn(rows)).as("rows of " + table).isEmpty());
        forEachFile(region.stack().server().directory(), (file, text) -> assertThat(foundIn(text)).as(file.toString())
                .isEmpty());
        // Numbers alone are everywhere in a database's files; words are not.
        forEachFile(region.stack().directory().resolve("database"), (file, text) -> assertThat(Marks.in(text))
                .as(file.toString()).isEmpty());
        for (var page : List.of("/health", "/health/ready", "/health/live", "/metrics")) {
            assertThat(foundIn(measured(page))).as(page).isEmpty();
        }
    }

    private Partner senderOf(String request) {
        var function = request.replaceFirst("(?s).*<kp:zenderfunctie>([^<]*)<.*", "$1");
        return Arrays.stream(Partner.values()).filter(partner -> partner.functions().contains(function)).findFirst()
                .orElse(Partner.POLITIE);
    }

    /** In a case of its type, answering a message that its type may answer. */
    private String inACase(String type, String request) {
        if (!request.contains("<kp:casus>")) {
            return request;
        }
        var caseId = cases.computeIfAbsent(type, any -> chain.openCase());
        var inCase = request.replaceFirst("<kp:casus>[^<]*", "<kp:casus>" + caseId);
        return inCase.contains("<kp:verwijzing>")
                ? inCase.replaceFirst("<kp:verwijzing>[^<]*",
                        "<kp:verwijzing>" + answered.computeIfAbsent(type, any -> messageToAnswer(type, caseId)))
                : inCase;
    }

    private String messageToAnswer(String type, String caseId) {
        return switch (type) {
            case "overdracht-voortgang" -> chain.send(Partner.VEILIG_THUIS,
                    Examples.accepted("overdracht", "crisis-gezin-met-jong-kind", caseId)).messageId();
            case "zorginformatieantwoord" -> {
                chain.consentToAskTheGgz(Partner.BLIJF_UHG, caseId, "uhg1");
                yield chain.send(Partner.BLIJF_UHG,
                        Examples.accepted("zorginformatieverzoek", "met-toestemming-aan-ggz", caseId)).messageId();
            }
            default -> chain.send(Partner.POLITIE,
                    Examples.accepted("overtredingsmelding", "politie-bij-de-woning", caseId)).messageId();
        };
    }

    private void sendRightly(MarkedExample example) {
        var request = inACase(example.type(), example.request());
        send(example.type(), senderOf(request), line.message(senderOf(request), request));
    }

    private void sendWrongly(MarkedExample example) {
        var request = example.request();
        var sender = senderOf(request);
        send(example.type(), sender, line.message(sender, request));
        send(example.type(), sender, line.message(sender, request).unsigned());
        send(example.type(), sender, line.message(sender, request).unencrypted());
        send(example.type(), sender, line.message(sender, request).changedAfterSigning("berichttype", "roddel"));
        send(example.type(), sender,
                line.message(sender, request.replace("<kp:spoed>", "<kp:" + Marks.fresh() + "/><kp:spoed>")));
        send(example.type(), sender, line.message(sender, request.replace("</contactpersoon>",
                "<" + Marks.fresh() + "/></contactpersoon>")));
        send(example.type(), sender, line.message(sender, request).unencrypted().unsigned().withoutTimestamp()
                .asText(text -> text.substring(0, text.length() - 30)));
    }

    private void sendLarge(MarkedExample example) {
        var request = inACase(example.type(), example.request()).replace("<contactpersoon>",
                " ".repeat(LARGE) + "<contactpersoon>");
        send(example.type(), senderOf(request), line.message(senderOf(request), request));
    }

    private void send(String type, Partner sender, RawSoap soap) {
        var got = line.send(sender, soap);
        outcomes.computeIfAbsent(type, any -> new HashSet<>()).add(got.answer().foutCode().orElse(ACCEPTED));
        assertThat(got.answer().foutCode()).as(type).isNotEqualTo(Optional.of("KP-9099"));
        assertThat(foundIn(got.text())).as("the answer about " + type).isEmpty();
    }

    private List<String> foundIn(String text) {
        return Stream.concat(marks.stream().filter(text::contains), Stream.of(Marks.in(text)))
                .filter(mark -> !mark.isEmpty()).toList();
    }

    /** Of the management port, where an operator measures. */
    private String measured(String page) throws IOException {
        var connection = (HttpURLConnection) URI
                .create("http://127.0.0.1:" + region.stack().server().managementPort() + page).toURL()
                .openConnection();
        try (var body = connection.getResponseCode() < 400 ? connection.getInputStream()
                : connection.getErrorStream()) {
            return body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
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
