package nl.ketenpoort.demonstration;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;

import nl.ketenpoort.localstack.process.LocalProcess;

/** A partner's own process, spoken to over its control interface on the loopback address. */
public final class SimulatedPartner {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Partner partner;
    private final LocalProcess process;
    private final URI control;

    SimulatedPartner(Partner partner, LocalProcess process, URI control) {
        this.partner = partner;
        this.process = process;
        this.control = control;
    }

    /** Who it is. */
    public Partner partner() {
        return partner;
    }

    /**
     * Sends a message and waits for the answer.
     *
     * @param request a {@code verzendenVerzoek}
     * @return as the control interface of the simulator describes: {@code outcome}, {@code code}, {@code case}, …
     */
    public JsonObject send(String messageId, String request) {
        return post("/send?messageId=" + URLEncoder.encode(messageId, StandardCharsets.UTF_8), request).asJsonObject();
    }

    /** Fetches from the mailbox and confirms. */
    public JsonObject fetch() {
        return post("/fetch", "").asJsonObject();
    }

    /** Its endpoint stops listening. */
    public void down() {
        post("/down", "");
    }

    /** Its endpoint listens again. */
    public void up() {
        post("/up", "");
    }

    /** From now on it answers as the named behaviour of the simulator says. */
    public void behave(String behaviour) {
        post("/behave?as=" + behaviour, "");
    }

    /**
     * Registers a consent of a person with the gateway, for 28 days from now.
     *
     * @param between functions between which data may go, each of one organisation if an OIN stands after an at sign
     * @return {@code consent}, its id; or {@code refused}, a code
     */
    public JsonObject registerConsent(String caseId, String function, String person, String purpose,
            List<String> between, List<String> categories) {
        var functions = String.join(",", between);
        return post("/consent?case=" + caseId + "&function=" + function + "&person=" + person + "&purpose=" + purpose
                + "&from=" + functions + "&to=" + functions + "&categories=" + String.join(",", categories), "")
                .asJsonObject();
    }

    /** Withdraws a consent; {@code stopped} says how many waiting deliveries that stopped. */
    public JsonObject withdrawConsent(String caseId, String consent) {
        return post("/withdraw?case=" + caseId + "&consent=" + consent, "").asJsonObject();
    }

    /** Where its control interface listens. */
    public URI control() {
        return control;
    }

    /** Any other command of the control interface. */
    public JsonStructure post(String path, String body) {
        return call(HttpRequest.newBuilder(control.resolve(path)).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** The gateway's status of a message this partner sent. */
    public JsonObject statusOf(String messageId) {
        return call(HttpRequest.newBuilder(
                control.resolve("/message?id=" + URLEncoder.encode(messageId, StandardCharsets.UTF_8))).GET())
                .asJsonObject();
    }

    /** What its application received, in order. */
    public List<JsonObject> received() {
        return journal("received");
    }

    /** Entries of its journal of one kind; of every kind, if that is empty. */
    public List<JsonObject> journal(String what) {
        return journal(what, 0);
    }

    /** As {@link #journal(String)}, without the first so many. */
    public List<JsonObject> journal(String what, int from) {
        return call(HttpRequest.newBuilder(control.resolve("/journal?what=" + what + "&from=" + from)).GET())
                .asJsonArray().getValuesAs(JsonObject.class);
    }

    void stop() {
        process.stop(Duration.ofSeconds(5));
    }

    private JsonStructure call(HttpRequest.Builder request) {
        try {
            var answer = HTTP.send(request.timeout(LONGEST).build(), HttpResponse.BodyHandlers.ofString());
            try (var json = Json.createReader(new StringReader(answer.body()))) {
                return json.read();
            }
        } catch (IOException unreachable) {
            throw new UncheckedIOException("the simulator of " + partner + " does not answer", unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
