package nl.ketenpoort.simulators;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import nl.ketenpoort.partnerclient.ConsentRegistration;
import nl.ketenpoort.partnerclient.KetenpoortClient;
import nl.ketenpoort.partnerclient.NamedFunction;
import nl.ketenpoort.partnerclient.NoVerifiedAnswerException;
import nl.ketenpoort.partnerclient.Receipt;
import nl.ketenpoort.partnerclient.Refused;
import nl.ketenpoort.partnerclient.RefusedException;

/**
 * Controls a simulator from a test or a script: HTTP on the loopback address, JSON back. Refuses what a browser sends
 * from another page.
 *
 * <pre>
 * POST /send?messageId=…&amp;attempts=1   body: kp:verzendenVerzoek    {"messageId","outcome":"RECEIPT|REFUSED|NONE","case","code","text","lawful","digest","decisions","receipt"}
 * POST /fetch                                                  {"received":[delivery ids]} or {"refused":code}
 * POST /consent?case=…&amp;function=…&amp;person=…&amp;purpose=…&amp;from=…&amp;to=…&amp;categories=…&amp;days=28
 *                                                              {"consent":id} or {"refused":code}; lists with commas,
 *                                                              a function as GGZ or, of one organisation, GGZ@oin
 * POST /withdraw?case=…&amp;consent=…&amp;duress=false              {"withdrawn":at,"stopped":n} or {"refused":code}
 * POST /down   POST /up                                        {}
 * POST /behave?as=WRONG_DIGEST                                 {}
 * GET  /message?id=…                                           the gateway's status of a message of one's own
 * GET  /status                                                 {"name","oin","delivery":uri,"down","behaviour","received":n,"sent":n}
 * GET  /journal?what=received&amp;from=0                           [entries], without the first so many
 * POST /stop                                                   {} and the process ends
 * </pre>
 */
public final class ControlServer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ControlServer.class.getName());

    private final Simulator simulator;
    private final Runnable stop;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** @param stop what {@code /stop} does after its answer */
    public ControlServer(Simulator simulator, int port, Runnable stop) {
        this.simulator = simulator;
        this.stop = stop;
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on port " + port, e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** Its address, with no path. */
    public URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String answer;
            int status = 200;
            if (exchange.getRequestHeaders().containsKey("Origin")) {
                status = 403;
                answer = error("Not from a browser");
            } else {
                try {
                    answer = answer(exchange);
                } catch (IllegalArgumentException e) {
                    status = 400;
                    answer = error(String.valueOf(e.getMessage()));
                } catch (NoVerifiedAnswerException | RuntimeException e) {
                    LOG.log(Level.WARNING, e, () -> "Control: " + exchange.getRequestURI().getPath());
                    status = 500;
                    answer = error(String.valueOf(e.getMessage()));
                }
            }
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.getResponseBody().flush();
            if (exchange.getRequestURI().getPath().equals("/stop") && status == 200) {
                stop.run();
            }
        }
    }

    private static String error(String text) {
        return Json.createObjectBuilder().add("error", text).build().toString();
    }

    private String answer(HttpExchange exchange) throws IOException {
        Map<String, String> query = query(exchange.getRequestURI());
        String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        return switch (asked) {
            case "POST /send" ->
                send(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8), query);
            case "POST /fetch" -> fetch();
            case "POST /consent" -> journalled("consent", registerConsent(query));
            case "POST /withdraw" -> journalled("withdraw", withdrawConsent(query));
            case "POST /down" -> {
                simulator.down();
                yield "{}";
            }
            case "POST /up" -> {
                simulator.up();
                yield "{}";
            }
            case "POST /behave" -> {
                simulator.behave(Behaviour.valueOf(query.getOrDefault("as", "")));
                yield "{}";
            }
            case "GET /message" -> journalled("status", message(query.getOrDefault("id", "")));
            case "GET /status" -> status();
            case "GET /journal" -> journal(query.getOrDefault("what", ""),
                    Integer.parseInt(query.getOrDefault("from", "0")));
            case "POST /stop" -> "{}";
            default -> throw new IllegalArgumentException("No such command: " + asked);
        };
    }

    private static Map<String, String> query(URI uri) {
        if (uri.getRawQuery() == null) {
            return Map.of();
        }
        return Arrays.stream(uri.getRawQuery().split("&")).map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0],
                        pair -> pair.length == 2 ? URLDecoder.decode(pair[1], StandardCharsets.UTF_8) : ""));
    }

    private String send(String request, Map<String, String> query) {
        String messageId = query.getOrDefault("messageId", KetenpoortClient.newMessageId());
        JsonObjectBuilder answer = Json.createObjectBuilder().add("messageId", messageId);
        try {
            switch (simulator.send(messageId, request, Integer.parseInt(query.getOrDefault("attempts", "1")))) {
                case Receipt receipt -> answer.add("outcome", "RECEIPT").add("case", receipt.caseId())
                        .add("digest", receipt.digest().base64())
                        .add("decisions", Journal.written(receipt.decisions())).add("receipt", receipt.xml());
                case Refused refused -> {
                    answer.add("outcome", "REFUSED").add("code", refused.code()).add("text", refused.text())
                            .add("decisions", Journal.written(refused.decisions()));
                    refused.lawfulWay().ifPresent(lawful -> answer.add("lawful", lawful));
                }
            }
        } catch (NoVerifiedAnswerException e) {
            answer.add("outcome", "NONE").add("text", String.valueOf(e.getMessage()));
        }
        return answer.build().toString();
    }

    private String fetch() throws NoVerifiedAnswerException {
        try {
            JsonArrayBuilder ids = Json.createArrayBuilder();
            simulator.fetch().forEach(delivery -> ids.add(delivery.id()));
            return Json.createObjectBuilder().add("received", ids).build().toString();
        } catch (RefusedException e) {
            return refused(e).toString();
        }
    }

    private JsonObject registerConsent(Map<String, String> query) throws NoVerifiedAnswerException {
        Instant now = Instant.now();
        Duration valid = Duration.ofDays(Long.parseLong(query.getOrDefault("days", "28")));
        try {
            String id = simulator.client().registerConsent(KetenpoortClient.newMessageId(),
                    new ConsentRegistration(query.getOrDefault("case", ""), query.getOrDefault("function", ""),
                            query.getOrDefault("person", ""), "BETROKKENE", query.getOrDefault("purpose", ""),
                            named(query, "from"), named(query, "to"), list(query, "categories"),
                            now.minus(Duration.ofMinutes(1)), now.plus(valid), "VRIJWILLIG", "nl", true, "MONDELING",
                            Optional.empty(), false));
            return Json.createObjectBuilder().add("consent", id).build();
        } catch (RefusedException e) {
            return refused(e);
        }
    }

    private static List<NamedFunction> named(Map<String, String> query, String key) {
        return list(query, key).stream().map(text -> text.split("@", 2)).map(parts -> parts.length == 1
                ? NamedFunction.of(parts[0]) : NamedFunction.of(parts[0], parts[1])).toList();
    }

    private static List<String> list(Map<String, String> query, String key) {
        return List.of(query.getOrDefault(key, "").split(","));
    }

    private JsonObject withdrawConsent(Map<String, String> query) throws NoVerifiedAnswerException {
        try {
            var withdrawal = simulator.client().withdrawConsent(KetenpoortClient.newMessageId(),
                    query.getOrDefault("case", ""), query.getOrDefault("consent", ""),
                    Boolean.parseBoolean(query.getOrDefault("duress", "false")));
            return Json.createObjectBuilder().add("withdrawn", withdrawal.withdrawn().toString())
                    .add("stopped", withdrawal.stoppedDeliveries()).build();
        } catch (RefusedException e) {
            return refused(e);
        }
    }

    private JsonObject message(String messageId) throws NoVerifiedAnswerException {
        try {
            var status = simulator.client().status(messageId);
            JsonArrayBuilder receivers = Json.createArrayBuilder();
            status.receivers().forEach(receiver -> {
                var one = Json.createObjectBuilder().add("state", receiver.state())
                        .add("since", receiver.since().toString()).add("code", receiver.code().orElse(""));
                receiver.oin().ifPresent(oin -> one.add("oin", oin));
                receiver.function().ifPresent(function -> one.add("function", function));
                receivers.add(one);
            });
            return Json.createObjectBuilder().add("messageId", status.messageId()).add("case", status.caseId())
                    .add("receivers", receivers).build();
        } catch (RefusedException e) {
            return refused(e);
        }
    }

    private static JsonObject refused(RefusedException e) {
        return Json.createObjectBuilder().add("refused", e.refused().code()).add("text", e.refused().text()).build();
    }

    private String journalled(String operation, JsonObject answer) {
        simulator.journal().asked(operation, answer);
        return answer.toString();
    }

    private String status() {
        JsonObjectBuilder status = Json.createObjectBuilder().add("name", simulator.configuration().name())
                .add("oin", simulator.configuration().oin()).add("down", simulator.isDown())
                .add("behaviour", simulator.behaviour().name())
                .add("received", simulator.journal().entries("received").size())
                .add("sent", simulator.journal().entries("sent").size());
        simulator.deliveryAddress().ifPresent(address -> status.add("delivery", address.toString()));
        return status.build().toString();
    }

    private String journal(String what, int from) {
        JsonArrayBuilder entries = Json.createArrayBuilder();
        (what.isEmpty() ? simulator.journal().entries() : simulator.journal().entries(what)).stream().skip(from)
                .forEach(entries::add);
        return entries.build().toString();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
