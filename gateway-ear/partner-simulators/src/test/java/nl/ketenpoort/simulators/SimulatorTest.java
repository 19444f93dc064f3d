package nl.ketenpoort.simulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import nl.ketenpoort.localstack.certificates.KeyFile;
import nl.ketenpoort.localstack.certificates.PartnerCertificates;
import nl.ketenpoort.localstack.certificates.TestCertificates;
import nl.ketenpoort.partnerclient.KetenpoortClient;
import nl.ketenpoort.partnerclient.NoVerifiedAnswerException;
import nl.ketenpoort.partnerclient.Receipt;
import nl.ketenpoort.partnerclient.attack.RawAnswer;
import nl.ketenpoort.partnerclient.attack.RawGateway;
import nl.ketenpoort.partnerclient.attack.RawHttp;
import nl.ketenpoort.partnerclient.attack.RawKey;
import nl.ketenpoort.partnerclient.attack.RawServer;
import nl.ketenpoort.partnerclient.attack.RawSoap;

/** A simulated partner, with the gateway's part played by bytes made on WSS4J directly. */
class SimulatorTest {

    private static final String OIN = "00000099000000020000";
    private static final String REQUEST = "<kp:verzendenVerzoek xmlns:kp=\"urn:nl:ketenpoort:berichten:v1\"/>";
    private static final String CONTENT = """
            <o:melding xmlns:o="urn:nl:ketenpoort:type:overtredingsmelding:v1"><o:feit betreft="p1"><o:aard>A</o:aard>\
            <o:plaats>B</o:plaats></o:feit><o:ernst>1</o:ernst></o:melding>""";
    private static final String NOTICE = """
            <b:bezorgmelding xmlns:b="urn:nl:ketenpoort:type:bezorgmelding:v1"><b:bericht>urn:uuid:1</b:bericht>\
            <b:ontvanger>00000099000000050000</b:ontvanger><b:functie>GGZ</b:functie><b:stand>GEANNULEERD</b:stand>\
            <b:code>KP-5113</b:code><b:sinds>2026-11-21T10:00:00+01:00</b:sinds></b:bezorgmelding>""";

    @TempDir
    static Path keys;
    private static TestCertificates certificates;

    @TempDir
    Path directory;
    private final List<AutoCloseable> open = new ArrayList<>();
    private RawServer gateway;
    private Simulator simulator;

    @BeforeAll
    static void makeKeys() {
        certificates = TestCertificates.in(keys);
    }

    @BeforeEach
    void start() throws IOException {
        gateway = new RawServer(raw(certificates.gatewayTls()), List.of(certificates.rootCertificate()),
                bytes -> answer(RawAnswer.open(bytes, raw(certificates.gatewayDecrypt())), bytes));
        open.add(gateway);
        simulator = Simulator.start(Configuration.read(configuration()));
        open.add(() -> simulator.close());
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : open.reversed()) {
            closeable.close();
        }
    }

    @Test
    void aDeliveryIsInTheJournalBeforeItIsAnswered() throws IOException {
        String id = newId();
        assertThat(push(delivery(id)).isFault()).isFalse();
        JsonObject entry = simulator.journal().entries("received").getFirst();
        assertThat(entry.getString("delivery")).isEqualTo(id);
        assertThat(entry.getString("function")).isEqualTo("VEILIG_THUIS");
        assertThat(entry.getString("via")).isEqualTo("push");
        assertThat(entry.getJsonArray("paths").toString())
                .isEqualTo("[\"feit/@betreft\",\"feit/aard\",\"feit/plaats\",\"ernst\"]");
        assertThat(Files.readString(directory.resolve("journal.jsonl"))).contains(id).doesNotContain("Zij");
    }

    @Test
    void ofABezorgmeldingTheJournalSaysHowTheDeliveryEnded() throws IOException {
        push(delivery(newId()));
        push(RawGateway.push(RawGateway.delivery(newId(), OIN, "VEILIG_THUIS", NOTICE,
                raw(certificates.gatewayReceipt())).replace(">overtredingsmelding<", ">bezorgmelding<")));
        JsonObject message = simulator.journal().entries("received").getFirst();
        JsonObject notice = simulator.journal().entries("received").getLast();
        assertThat(notice.getJsonObject("notice")).hasToString(
                "{\"function\":\"GGZ\",\"state\":\"GEANNULEERD\",\"code\":\"KP-5113\"}");
        assertThat(message).doesNotContainKey("notice");
    }

    @Test
    void aDeliveryRepeatedAfterARestartIsAnsweredAndNotTakenTwice() throws IOException {
        String delivery = delivery(newId());
        push(delivery);
        simulator.close();
        Files.writeString(directory.resolve("journal.jsonl"), "{\"what\":\"cut of", StandardOpenOption.APPEND);
        simulator = Simulator.start(Configuration.read(configuration()));
        assertThat(push(delivery).isFault()).isFalse();
        assertThat(simulator.journal().entries("received")).hasSize(1);
        assertThat(simulator.journal().entries("repeated")).hasSize(1);
    }

    @Test
    void aDeliveryForAFunctionThatIsNotItsOwnIsRefusedAndInTheJournal() throws IOException {
        String id = newId();
        String other = RawGateway.delivery(id, OIN, "OM", CONTENT, raw(certificates.gatewayReceipt()));
        assertThat(push(RawGateway.push(other)).isFault()).isTrue();
        assertThat(simulator.journal().entries("received")).isEmpty();
        JsonObject entry = simulator.journal().entries("misdelivered").getFirst();
        assertThat(entry.getString("delivery")).isEqualTo(id);
        assertThat(entry.getString("function")).isEqualTo("OM");
        assertThat(entry.getJsonArray("paths").toString()).contains("feit/plaats");
    }

    @Test
    void aDeliveryForAnotherOrganisationIsRefusedAndInTheJournal() throws IOException {
        String id = newId();
        String other = RawGateway.delivery(id, "00000099000000010000", "VEILIG_THUIS", CONTENT,
                raw(certificates.gatewayReceipt()));
        assertThat(push(RawGateway.push(other)).isFault()).isTrue();
        assertThat(simulator.journal().entries("received")).isEmpty();
        JsonObject entry = simulator.journal().entries("rejected").getFirst();
        assertThat(entry.getString("delivery")).isEqualTo(id);
        assertThat(entry.getString("reason")).contains("another organisation");
    }

    @Test
    void whatAMailboxGivesForAnotherFunctionIsInTheJournalAndNotConfirmed() throws Exception {
        mailboxFunction = "OM";
        assertThat(simulator.fetch()).isEmpty();
        assertThat(simulator.journal().entries()).extracting(entry -> entry.getString("what"))
                .containsExactly("misdelivered");
    }

    @Test
    void itAnswersWronglyWhenToldTo() throws IOException {
        simulator.behave(Behaviour.WRONG_DIGEST);
        RawAnswer wrong = push(delivery(newId()));
        assertThat(wrong.signer()).isPresent();
        assertThat(wrong.payload().getTextContent())
                .doesNotContain(simulator.journal().entries("received").getFirst().getString("digest"));

        simulator.behave(Behaviour.UNSIGNED);
        RawAnswer unsigned = push(delivery(newId()));
        assertThat(unsigned.signer()).isEmpty();
        assertThat(unsigned.payload().getLocalName()).isEqualTo("bezorgenAntwoord");

        simulator.behave(Behaviour.FAULT);
        assertThat(push(delivery(newId())).foutCode()).isPresent();
        simulator.behave(Behaviour.HTTP_500);
        assertThat(http().post(soap(delivery(newId()))).status()).isEqualTo(500);
        simulator.behave(Behaviour.REDIRECT);
        assertThat(http().post(soap(delivery(newId()))).status()).isEqualTo(307);
        assertThat(simulator.journal().entries("received")).hasSize(2);
    }

    @Test
    void itCutsTheConnectionAfterItTookTheDelivery() throws IOException {
        simulator.behave(Behaviour.DISCONNECT);
        String delivery = delivery(newId());
        assertThatThrownBy(() -> http().post(soap(delivery))).isInstanceOf(IOException.class);
        assertThat(simulator.journal().entries("received")).hasSize(1);
        simulator.behave(Behaviour.RIGHT);
        assertThat(push(delivery).isFault()).isFalse();
        assertThat(simulator.journal().entries("received")).hasSize(1);
    }

    @Test
    void itAnswersSlowlyUntilToldOtherwise() throws Exception {
        simulator.behave(Behaviour.SLOW);
        RawSoap soap = soap(delivery(newId()));
        RawHttp http = http();
        CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return http.post(soap).status();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThatThrownBy(() -> answer.get(1, TimeUnit.SECONDS))
                .isInstanceOf(TimeoutException.class);
        simulator.behave(Behaviour.RIGHT);
        assertThat(answer.get(1, TimeUnit.MINUTES)).isEqualTo(200);
    }

    @Test
    void whatItSendsIsInTheJournalWithItsOutcome() throws Exception {
        String messageId = KetenpoortClient.newMessageId();
        assertThat(simulator.send(messageId, REQUEST, 1)).isInstanceOf(Receipt.class);
        assertThat(simulator.journal().entries()).extracting(entry -> entry.getString("what"))
                .containsExactly("sending", "sent");
        JsonObject sent = simulator.journal().await("sent", 1, Duration.ofSeconds(5)).getFirst();
        assertThat(sent.getString("outcome")).isEqualTo("RECEIPT");
        assertThat(sent.getString("receipt")).contains(sent.getString("digest"));
    }

    @Test
    void aMessageWithoutAnswerStaysAsSendingAndSaysWhy() {
        gateway.close();
        assertThatThrownBy(() -> simulator.send(KetenpoortClient.newMessageId(), REQUEST, 2))
                .isInstanceOf(NoVerifiedAnswerException.class);
        assertThat(simulator.journal().entries()).extracting(entry -> entry.getString("what")).containsExactly(
                "sending",
                "unanswered");
    }

    @Test
    void theMailboxIsFetchedJournalledAndConfirmed() throws Exception {
        assertThat(simulator.fetch()).hasSize(1);
        assertThat(simulator.fetch()).isEmpty();
        assertThat(simulator.journal().entries()).extracting(entry -> entry.getString("what")).containsExactly(
                "received",
                "confirmed", "repeated", "confirmed");
    }

    @Test
    void aScriptControlsItAndAPageInABrowserDoesNot() throws Exception {
        try (var control = new ControlServer(simulator, 0, () -> {
        })) {
            assertThat(post(control, "/send?attempts=2", REQUEST)).contains("\"outcome\":\"RECEIPT\"");
            assertThat(post(control, "/behave?as=HTTP_500", "")).isEqualTo("{}");
            assertThat(post(control, "/down", "")).isEqualTo("{}");
            assertThatThrownBy(() -> http().post(soap(delivery(newId())))).isInstanceOf(IOException.class);
            assertThat(post(control, "/up", "")).isEqualTo("{}");
            assertThat(http().post(soap(delivery(newId()))).status()).isEqualTo(500);
            assertThat(get(control, "/status")).contains("\"behaviour\":\"HTTP_500\"", "\"sent\":1");
            assertThat(get(control, "/journal?what=sent")).startsWith("[{").contains("RECEIPT");
            assertThat(post(control, "/nonsense", "")).contains("No such command");
            HttpRequest fromAPage = HttpRequest.newBuilder(control.address().resolve("/down"))
                    .header("Origin", "http://example.org").POST(HttpRequest.BodyPublishers.noBody()).build();
            assertThat(send(fromAPage).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void asAProcessItSaysWhenItIsReadyAndStopsWhenTold() throws Exception {
        simulator.close();
        Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
                System.getProperty("java.class.path"), SimulatorMain.class.getName(), configuration().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        open.add(process::destroyForcibly);
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            String ready = output.readLine();
            assertThat(ready).startsWith("READY control=http://localhost:").contains(" delivery=https://localhost:");
            URI control = URI.create(ready.substring("READY control=".length()).split(" ", 2)[0]);
            assertThat(send(
                    HttpRequest.newBuilder(control.resolve("/stop")).POST(HttpRequest.BodyPublishers.noBody()).build())
                    .statusCode()).isEqualTo(200);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
        simulator = Simulator.start(Configuration.read(configuration()));
    }

    @Test
    void keysOfAnotherOrganisationAreNotAccepted() throws IOException {
        Path file = configuration();
        Files.writeString(file, Files.readString(file).replace("oin=" + OIN, "oin=00000099000000010000"));
        assertThatThrownBy(() -> Configuration.read(file)).isInstanceOf(IllegalArgumentException.class);
    }

    private Path configuration() throws IOException {
        PartnerCertificates own = certificates.partner(OIN, "Veilig Thuis Test");
        own.tls();
        own.sign();
        Path file = directory.resolve("veilig-thuis.properties");
        Files.writeString(file, """
                name=Veilig Thuis Test
                oin=%s
                functions=VEILIG_THUIS
                mode=both
                gateway.endpoint=%s
                gateway.sign=%s
                gateway.decrypt=%s
                gateway.receipt=%s
                tls=%s
                sign=%s
                password.file=%s
                trust=%s
                intermediates=%s
                crls=%s, %s
                journal=journal.jsonl
                """.formatted(OIN, gateway.address("/ketenpoort/v1/berichten"),
                certificates.gatewaySign().certificateFile(),
                certificates.gatewayDecrypt().certificateFile(), certificates.gatewayReceipt().certificateFile(),
                own.tls().path(), own.sign().path(), keys.resolve("password"), certificates.trustStoreFile(),
                certificates.trustDirectory().resolve("issuing.crt"), certificates.revocationListFile("root"),
                certificates.revocationListFile("issuing")));
        return file;
    }

    private final AtomicInteger fetches = new AtomicInteger();
    private final String mailboxDelivery = newId();
    private String mailboxFunction = "VEILIG_THUIS";

    private RawServer.Reply answer(RawAnswer request, byte[] bytes) {
        String id = request.addressing("MessageID").orElseThrow();
        String operation = request.payload().getLocalName().replace("Verzoek", "");
        String payload = switch (operation) {
            case "verzenden" -> RawGateway.receipt(request.payload(), id, OIN, raw(certificates.gatewayReceipt()));
            case "ophalen" -> "<kp:ophalenAntwoord xmlns:kp=\"urn:nl:ketenpoort:berichten:v1\">"
                    + RawGateway.delivery(mailboxDelivery, OIN, mailboxFunction, CONTENT,
                            raw(certificates.gatewayReceipt()))
                    + "<kp:resterend>" + fetches.getAndIncrement() + "</kp:resterend></kp:ophalenAntwoord>";
            case "bevestigen" -> "<kp:bevestigenAntwoord xmlns:kp=\"urn:nl:ketenpoort:berichten:v1\"><kp:bezorgingId>"
                    + mailboxDelivery + "</kp:bezorgingId></kp:bevestigenAntwoord>";
            default -> throw new IllegalArgumentException(operation);
        };
        return RawServer.Reply.of(RawSoap.answer(raw(certificates.gatewaySign()),
                certificates.partner(OIN, "Veilig Thuis Test").sign().certificate(), id, operation, payload)
                .confirming(signatureValue(bytes)));
    }

    private static byte[] signatureValue(byte[] request) {
        String text = new String(request, StandardCharsets.UTF_8);
        int from = text.indexOf("<ds:SignatureValue>") + "<ds:SignatureValue>".length();
        return Base64.getMimeDecoder().decode(text.substring(from, text.indexOf("</ds:SignatureValue>")));
    }

    private static RawKey raw(KeyFile file) {
        return new RawKey(file.privateKey(), file.chain());
    }

    private static String newId() {
        return "urn:uuid:" + UUID.randomUUID();
    }

    private static String delivery(String id) {
        return RawGateway
                .push(RawGateway.delivery(id, OIN, "VEILIG_THUIS", CONTENT, raw(certificates.gatewayReceipt())));
    }

    private RawSoap soap(String bezorgenVerzoek) {
        return RawSoap.request(raw(certificates.gatewaySign()),
                certificates.partner(OIN, "Veilig Thuis Test").sign().certificate(),
                simulator.deliveryAddress().orElseThrow().toString(), "bezorgen", bezorgenVerzoek);
    }

    private RawHttp http() {
        var http = new RawHttp(simulator.deliveryAddress().orElseThrow(), Optional.of(raw(certificates.gatewayTls())),
                List.of(certificates.rootCertificate()));
        open.add(http);
        return http;
    }

    private RawAnswer push(String bezorgenVerzoek) throws IOException {
        return RawAnswer.open(http().post(soap(bezorgenVerzoek)).body(), raw(certificates.gatewaySign()));
    }

    private static String post(ControlServer control, String path, String body) throws Exception {
        return send(
                HttpRequest.newBuilder(control.address().resolve(path)).POST(HttpRequest.BodyPublishers.ofString(body))
                        .build())
                .body();
    }

    private static String get(ControlServer control, String path) throws Exception {
        return send(HttpRequest.newBuilder(control.address().resolve(path)).GET().build()).body();
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
