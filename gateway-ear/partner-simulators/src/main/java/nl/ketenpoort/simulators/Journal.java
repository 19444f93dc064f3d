package nl.ketenpoort.simulators;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;

import org.w3c.dom.Element;
import org.w3c.dom.Node;

import nl.ketenpoort.partnerclient.Decision;
import nl.ketenpoort.partnerclient.Delivery;
import nl.ketenpoort.partnerclient.Digest;
import nl.ketenpoort.partnerclient.Outbox;
import nl.ketenpoort.partnerclient.Provenance;
import nl.ketenpoort.partnerclient.Receipt;
import nl.ketenpoort.partnerclient.ReceivedDeliveries;
import nl.ketenpoort.partnerclient.Refused;
import nl.ketenpoort.partnerclient.SendResult;

/**
 * What a simulated partner received and sent: one JSON object per line, each on the disk before its writer goes on. It
 * outlives the process, so a delivery repeated after a crash is known. Holds paths of content, never what stood there; of
 * a bezorgmelding, which is the gateway's own and says nothing of people, also how it says that the delivery ended.
 *
 * <pre>
 * {"what":"received","delivery":…,"message":…,"type":…,"version":1,"case":…,"sender":…,"senderFunction":…,"function":…,
 *  "purpose":…,"urgent":false,"sequence":1,"complete":true,"refersTo":…,"paths":[…],
 *  "herkomst":{"sender","message","accepted","original","delivered","certificate","auditLeaf"},
 *  "notice":{"function","state","code"}, only of a bezorgmelding: the receiver that the delivery was for, its stand, and why
 *  "digest":base64,"via":"push|mailbox","at":ISO-8601 UTC}
 * {"what":"misdelivered", and the rest as "received"}   for a function that this partner does not have; not taken over
 * {"what":"repeated","delivery":…,"at":…}               answered again, not handed over again
 * {"what":"rejected","delivery":…,"reason":…,"at":…}    not what it claims, or for another organisation; not taken over
 * {"what":"confirmed","delivery":…,"at":…}              the gateway took the mailbox confirmation
 * {"what":"sending","message":…,"at":…}                 before the first attempt
 * {"what":"sent","message":…,"outcome":"RECEIPT|REFUSED","case":…,"code":…,"text":…,"lawful":…,"digest":base64,
 *  "decisions":[{"oin","function","outcome","code","lawful","leftOut"}],"receipt":xml,"at":…}
 * {"what":"postponed","message":…,"code":…, … as "sent"}  given up for now; the same message may succeed later
 * {"what":"unanswered","message":…,"reason":…,"at":…}   given up without a verified answer
 * {"what":"asked","operation":"consent|withdraw|status","answer":{…},"at":…}   as the control interface answered
 * </pre>
 */
public final class Journal implements Outbox, ReceivedDeliveries, AutoCloseable {

    private static final String KIND = "{\"what\":\"";
    private static final String NOTICE = "bezorgmelding";

    private final FileChannel file;
    private final Clock clock;
    /** As they stand in the file: read entries would take many times the memory, and a load brings many thousands. */
    private final List<String> lines = new ArrayList<>();
    private final Map<String, Digest> digests = new LinkedHashMap<>();

    private Journal(FileChannel file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /** Opens or makes the file. A last line that a crash cut off is dropped; it was never acknowledged to anyone. */
    public static Journal open(Path path, Clock clock) {
        try {
            String text = Files.exists(path) ? Files.readString(path) : "";
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            file.truncate(whole.getBytes(StandardCharsets.UTF_8).length);
            file.position(file.size());
            var journal = new Journal(file, clock);
            whole.lines().forEach(line -> journal.remember(read(line), line));
            return journal;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open the journal " + path, e);
        }
    }

    /** All entries so far, in order. */
    public List<JsonObject> entries() {
        return linesOf("").map(Journal::read).toList();
    }

    /** Entries of one kind. */
    public List<JsonObject> entries(String what) {
        return linesOf(what + "\"").map(Journal::read).toList();
    }

    /** Every line begins with its kind. */
    private synchronized Stream<String> linesOf(String kind) {
        return lines.stream().filter(line -> line.startsWith(KIND + kind)).toList().stream();
    }

    private static JsonObject read(String line) {
        try (JsonReader reader = Json.createReader(new StringReader(line))) {
            return reader.readObject();
        }
    }

    /** Waits until there are that many entries of one kind, and returns them; refuses after the longest wait. */
    public synchronized List<JsonObject> await(String what, int count, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (linesOf(what + "\"").count() < count) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new IllegalStateException(
                        "Only " + linesOf(what + "\"").count() + " of " + count + " entries '" + what + "' after "
                                + longest);
            }
            wait(left);
        }
        return entries(what);
    }

    /** Durable when it returns. */
    void received(Delivery delivery, String via) {
        delivered("received", delivery, via);
    }

    /** A delivery for somebody else; durable when it returns. */
    void misdelivered(Delivery delivery, String via) {
        delivered("misdelivered", delivery, via);
    }

    private void delivered(String what, Delivery delivery, String via) {
        JsonArrayBuilder paths = Json.createArrayBuilder();
        contentPaths(delivery.content()).forEach(paths::add);
        JsonObjectBuilder entry = entry(what).add("delivery", delivery.id()).add("message", delivery.messageId())
                .add("type", delivery.messageType()).add("version", delivery.version()).add("case", delivery.caseId())
                .add("sender", delivery.senderOin()).add("senderFunction", delivery.senderFunction())
                .add("function", delivery.ownFunction()).add("purpose", delivery.purpose())
                .add("urgent", delivery.urgent())
                .add("sequence", delivery.sequence()).add("complete", delivery.provenance().complete())
                .add("refersTo", delivery.refersTo().orElse(""))
                .add("paths", paths)
                .add("herkomst", written(delivery.provenance()))
                .add("digest", delivery.digest().base64()).add("via", via);
        if (delivery.messageType().equals(NOTICE)) {
            entry.add("notice", notice(delivery.content()));
        }
        append(entry);
    }

    private static JsonObjectBuilder notice(Element content) {
        return Json.createObjectBuilder().add("function", text(content, "functie"))
                .add("state", text(content, "stand")).add("code", text(content, "code"));
    }

    private static String text(Element parent, String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child && child.getLocalName().equals(name)) {
                return child.getTextContent();
            }
        }
        return "";
    }

    private static JsonObject written(Provenance provenance) {
        return Json.createObjectBuilder().add("sender", provenance.senderOin()).add("message", provenance.messageId())
                .add("accepted", provenance.received().toString())
                .add("original", provenance.originalDigest().base64())
                .add("delivered", provenance.deliveredDigest().base64())
                .add("certificate", provenance.certificateDigest().base64())
                .add("auditLeaf", provenance.auditLeaf().base64()).build();
    }

    void repeated(String deliveryId) {
        append(entry("repeated").add("delivery", deliveryId));
    }

    void rejected(String deliveryId, String reason) {
        append(entry("rejected").add("delivery", deliveryId).add("reason", reason));
    }

    void confirmed(Collection<String> deliveryIds) {
        deliveryIds.forEach(id -> append(entry("confirmed").add("delivery", id)));
    }

    void unanswered(String messageId, String reason) {
        append(entry("unanswered").add("message", messageId).add("reason", reason));
    }

    @Override
    public void store(String messageId, String request) {
        append(entry("sending").add("message", messageId));
    }

    @Override
    public void settle(String messageId, SendResult result) {
        JsonObjectBuilder entry = entry("sent").add("message", messageId);
        switch (result) {
            case Receipt receipt ->
                entry.add("outcome", "RECEIPT").add("case", receipt.caseId()).add("digest", receipt.digest().base64())
                        .add("decisions", written(receipt.decisions())).add("receipt", receipt.xml());
            case Refused refused -> {
                entry.add("outcome", "REFUSED");
                write(refused, entry);
            }
        }
        append(entry);
    }

    void postponed(String messageId, Refused refused) {
        JsonObjectBuilder entry = entry("postponed").add("message", messageId);
        write(refused, entry);
        append(entry);
    }

    private static void write(Refused refused, JsonObjectBuilder entry) {
        entry.add("code", refused.code()).add("text", refused.text()).add("decisions", written(refused.decisions()));
        refused.lawfulWay().ifPresent(lawful -> entry.add("lawful", lawful));
        refused.reference().ifPresent(reference -> entry.add("reference", reference));
    }

    /** What the gateway answered to anything else than a message. */
    void asked(String operation, JsonObject answer) {
        append(entry("asked").add("operation", operation).add("answer", answer));
    }

    /** As in the entry "sent". */
    static JsonArray written(List<Decision> all) {
        JsonArrayBuilder decisions = Json.createArrayBuilder();
        all.forEach(decision -> {
            JsonArrayBuilder leftOut = Json.createArrayBuilder();
            decision.leftOut().forEach(leftOut::add);
            JsonObjectBuilder one = Json.createObjectBuilder().add("outcome", decision.outcome())
                    .add("leftOut", leftOut);
            decision.receiverOin().ifPresent(oin -> one.add("oin", oin));
            decision.function().ifPresent(function -> one.add("function", function));
            decision.code().ifPresent(code -> one.add("code", code));
            decision.lawfulWay().ifPresent(lawful -> one.add("lawful", lawful));
            decisions.add(one);
        });
        return decisions.build();
    }

    @Override
    public synchronized Optional<Digest> digestOf(String deliveryId) {
        Optional<Digest> known = Optional.ofNullable(digests.get(deliveryId));
        if (known.isPresent()) {
            repeated(deliveryId);
        }
        return known;
    }

    @Override
    public void remember(String deliveryId, Digest digest) {
        // The entry "received" says it already.
    }

    synchronized boolean knows(String deliveryId) {
        return digests.containsKey(deliveryId);
    }

    private JsonObjectBuilder entry(String what) {
        return Json.createObjectBuilder().add("what", what).add("at", clock.instant().toString());
    }

    private synchronized void append(JsonObjectBuilder builder) {
        JsonObject entry = builder.build();
        String line = entry.toString();
        try {
            ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the journal", e);
        }
        remember(entry, line);
        notifyAll();
    }

    private void remember(JsonObject entry, String line) {
        lines.add(line);
        if (entry.getString("what").equals("received")) {
            digests.put(entry.getString("delivery"), new Digest(entry.getString("digest")));
        }
    }

    /** Paths of leaves from below the root, in document order, each once; attributes as {@code path/@name}. */
    static List<String> contentPaths(Element root) {
        List<String> paths = new ArrayList<>();
        collect(root, "", paths);
        return paths.stream().distinct().toList();
    }

    private static void collect(Element element, String prefix, List<String> paths) {
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            Node attribute = element.getAttributes().item(i);
            if (attribute.getNamespaceURI() == null) {
                paths.add(prefix + "@" + attribute.getNodeName());
            }
        }
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                String path = prefix + child.getLocalName();
                if (!hasElement(child)) {
                    paths.add(path);
                }
                collect(child, path + "/", paths);
            }
        }
    }

    private static boolean hasElement(Element element) {
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
