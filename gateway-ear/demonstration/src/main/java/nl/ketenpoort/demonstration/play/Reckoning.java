package nl.ketenpoort.demonstration.play;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.json.JsonObject;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.script.Script.Delivered;
import nl.ketenpoort.demonstration.script.Script.When;

/**
 * Holds the journals of a play against its script: whatever a partner was delivered must be named by the script, and be
 * there once. It does not ask of which case a delivery says that it is: one of a case that nobody opened is wrong too.
 *
 * @param messages sent, in order
 * @param notices that the script names; one for each time
 */
record Reckoning(List<Sent> messages, List<Told> notices) {

    private static final String NOTICE = "bezorgmelding";

    /**
     * A message that was sent.
     *
     * @param number name in the script
     * @param messageId MessageID
     * @param deliveries that the script names
     */
    record Sent(String number, String messageId, List<Delivered> deliveries) {}

    /**
     * A notice about a message.
     *
     * @param partner who is told
     * @param messageId about which message
     * @param ending what he is told of it
     */
    record Told(Partner partner, String messageId, Ending ending) {

        /** Whether this delivery tells it. */
        boolean isToldBy(JsonObject entry) {
            return isNotice(entry) && aboutMessage(entry).equals(messageId) && Ending.in(entry).equals(ending);
        }
    }

    /**
     * How a delivery ended, as a notice says it.
     *
     * @param function receiver that it did not reach
     * @param state how it ended
     * @param code why
     */
    record Ending(String function, String state, String code) {

        private static Ending in(JsonObject notice) {
            var said = notice.getJsonObject("notice");
            return new Ending(said.getString("function"), said.getString("state"), said.getString("code"));
        }

        @Override
        public String toString() {
            return function + " " + state + " " + code;
        }
    }

    /**
     * Something wrong.
     *
     * @param number message that it counts against
     * @param problem for a reader, Dutch
     */
    record Finding(String number, String problem) {}

    /** What is wrong with what this partner was delivered, and when nothing is under way, with what he never was. */
    List<Finding> findings(Partner partner, List<JsonObject> journal) {
        var findings = new ArrayList<Finding>();
        var received = new LinkedHashMap<String, List<JsonObject>>();
        for (JsonObject entry : journal) {
            switch (entry.getString("what")) {
                case "received" -> received.computeIfAbsent(key(entry), first -> new ArrayList<>()).add(entry);
                case "misdelivered" -> findings.add(new Finding(blamed(entry.getString("message")),
                        partner.shownAs() + " werd bezorgd wat voor " + entry.getString("function") + " is: "
                                + entry.getString("type")));
                case "rejected" -> findings.add(new Finding(blamed(""),
                        partner.shownAs() + " werd bezorgd wat niet is wat het zegt, of voor een ander is: "
                                + entry.getString("reason")));
                default -> {
                    // Not a delivery, or one that was there already.
                }
            }
        }
        received.values().forEach(same -> judge(partner, same, findings));
        missing(partner, received.values().stream().flatMap(List::stream).toList(), findings);
        return findings;
    }

    /**
     * What is wrong with a play of which not everything has ended: it may yet be delivered to somebody.
     *
     * @param underWay MessageIDs
     */
    List<Finding> unfinished(List<String> underWay) {
        return underWay.stream().map(messageId -> new Finding(blamed(messageId),
                "is nog onderweg; wat een ander daarvan krijgt is niet gezien")).toList();
    }

    private static String key(JsonObject entry) {
        return entry.getString("type") + " " + aboutMessage(entry) + (isNotice(entry) ? " " + Ending.in(entry) : "");
    }

    /** The message a delivery is of; of a notice, the one it is about. */
    private static String aboutMessage(JsonObject entry) {
        var refersTo = entry.getString("refersTo", "");
        return isNotice(entry) && !refersTo.isEmpty() ? refersTo : entry.getString("message");
    }

    private static boolean isNotice(JsonObject entry) {
        return entry.getString("type").equals(NOTICE);
    }

    private void judge(Partner partner, List<JsonObject> same, List<Finding> findings) {
        var entry = same.getFirst();
        var messageId = aboutMessage(entry);
        long wanted = isNotice(entry)
                ? notices.stream().filter(told -> told.partner() == partner && told.isToldBy(entry)).count()
                : deliveriesOf(messageId).anyMatch(delivery -> delivery.partner() == partner
                        && delivery.when() != When.NEVER) ? 1 : 0;
        if (same.size() > wanted) {
            findings.add(new Finding(blamed(messageId), partner.shownAs() + (wanted == 0
                    ? " ontving onverwacht " + entry.getString("type")
                    : " ontving " + entry.getString("type") + " " + same.size() + " keer, verwacht was " + wanted)));
        }
    }

    private void missing(Partner partner, List<JsonObject> received, List<Finding> findings) {
        messages.stream().filter(message -> message.deliveries().stream()
                .anyMatch(delivery -> delivery.partner() == partner && delivery.when() == When.LATER))
                .filter(message -> received.stream().noneMatch(entry -> !isNotice(entry)
                        && entry.getString("message").equals(message.messageId())))
                .forEach(message -> findings
                        .add(new Finding(message.number(), partner.shownAs() + " ontving het nooit")));
    }

    private Stream<Delivered> deliveriesOf(String messageId) {
        return messages.stream().filter(message -> message.messageId().equals(messageId))
                .flatMap(message -> message.deliveries().stream());
    }

    /** A delivery that belongs to no message of the play counts against its last. */
    private String blamed(String messageId) {
        return messages.stream().filter(message -> message.messageId().equals(messageId)).findFirst()
                .or(() -> messages.isEmpty() ? Optional.empty() : Optional.of(messages.getLast()))
                .map(Sent::number).orElse("0.0");
    }
}
