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
import java.util.UUID;
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

    private static final Path TYPES = Distribution.checkout().resolve("message-schemas/types");
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
    private final Map<String, MarkedExample> accepted = new HashMap<>();

    NoTraceOfContentIT(Region region) {
        this.region = region;
        this.chain = new Chain(region);
        this.line = new Line(region);
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
        ofEachType.values().forEach(this::sendWrongly);
        sendLarge(ofEachType.get("overtredingsmelding"));
        everyLeafWasStoredAndGiven();
        everyTypeWasRefusedForAReasonOfEveryClass();

        everyRow().forEach((table, rows) -> assertThat(foundIn(rows)).as("rows of " + table).isEmpty());
        forEachFile(region.stack().server().directory(), (file, text) -> assertThat(foundIn(text)).as(file.toString())
                .isEmpty());
        // Numbers alone are everywhere in a database's files; words are not.
        forEachFile(region.stack().directory().resolve("database"), (file, text) -> assertThat(Marks.in(text))
                .as(file.toString()).isEmpty());
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
                given.computeIfAbsent(example.type(), any -> new HashSet<>()).addAll(example.leaves());
            }
        });
        types().forEach(type -> assertThat(given.getOrDefault(type, Set.of())).as("leaves of " + type)
                .containsAll(TypeSchema.of(TYPES, type).leaves()));
        assertThat(given.values().stream().flatMap(Set::stream)).as("leaves of a person in the envelope")
                .contains("persoon/bsn", "persoon/naam", "persoon/geboortedatum");
    }

    /** By the first digit of the code: form, signature, content, purpose, case. */
    private void everyTypeWasRefusedForAReasonOfEveryClass() {
        types().forEach(type -> assertThat(outcomes.get(type).stream().filter(code -> !code.equals(ACCEPTED))
                .map(code -> code.substring(0, "KP-0".length()))).as("refusals of " + type)
                .contains("KP-1", "KP-2", "KP-3", "KP-5", "KP-6"));
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
        if (send(example.type(), senderOf(request), soap).equals(ACCEPTED)) {
            accepted.put(soap.messageId(), example);
        }
    }

    private void sendWrongly(MarkedExample example) {
        var request = inACase(example);
        var sender = senderOf(request);
        for (var wrong : List.of(
                // case
                line.message(sender, ofCase(request, UUID.randomUUID().toString())),
                // purpose
                line.message(sender, request.replaceAll("<kp:doel>[^<]*", "<kp:doel>NIEUWSGIERIGHEID")),
                // content
                line.message(sender, request.replace("<kp:spoed>", "<kp:" + Marks.fresh() + "/><kp:spoed>")),
                line.message(sender, request.replace("</contactpersoon>", "<" + Marks.fresh() + "/></contactpersoon>")),
                // signature and encryption
                line.message(sender, request).unsigned(), line.message(sender, request).unencrypted(),
                line.message(sender, request).changedAfterSigning("berichttype", "roddel"),
                // form
                line.message(sender, request).secondBodyElement("<tweede>" + Marks.fresh() + "</tweede>"),
                line.message(sender, request).ownHeader("<eigen xmlns=\"urn:eigen\">" + Marks.fresh() + "</eigen>"),
                line.message(sender, request).unencrypted().unsigned().withoutTimestamp()
                        .asText(text -> text.substring(0, text.length() - 30)))) {
            send(example.type(), sender, wrong);
        }
    }

    private void sendLarge(MarkedExample example) {
        var request = inACase(example).replace("<contactpersoon>", " ".repeat(LARGE) + "<contactpersoon>");
        send(example.type(), senderOf(request), line.message(senderOf(request), request));
    }

    private String send(String type, Partner sender, RawSoap soap) {
        var got = line.send(sender, soap);
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
