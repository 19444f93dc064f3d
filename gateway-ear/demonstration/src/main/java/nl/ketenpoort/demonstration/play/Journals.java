package nl.ketenpoort.demonstration.play;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.Region;

/** What the simulated partners wrote in their own journals since the play began; the only witness of its outcomes. */
final class Journals {

    private static final JsonObject NOTHING = Json.createObjectBuilder().add("what", "unanswered")
            .add("reason", "het dagboek van de zender zegt er niets van").build();

    private final Region region;
    private final Map<Partner, Integer> began = new EnumMap<>(Partner.class);
    private final Map<Partner, Integer> receivedBefore = new EnumMap<>(Partner.class);

    Journals(Region region) {
        this.region = region;
    }

    /** The play begins: what stands in the journals now is of an earlier one. */
    void begin() {
        for (Partner partner : Partner.values()) {
            began.put(partner, region.partner(partner).journal("").size());
            receivedBefore.put(partner, region.partner(partner).received().size());
        }
    }

    /** Everything, in order. */
    List<JsonObject> of(Partner partner) {
        return region.partner(partner).journal("", began.getOrDefault(partner, 0));
    }

    /** What its application received, in order. */
    List<JsonObject> receivedBy(Partner partner) {
        return region.partner(partner).journal("received", receivedBefore.getOrDefault(partner, 0));
    }

    /** What its application received of one message. */
    List<JsonObject> receivedBy(Partner partner, String messageId) {
        return receivedBy(partner).stream().filter(entry -> entry.getString("message").equals(messageId)).toList();
    }

    /** How far its journal is. */
    int mark(Partner partner) {
        return of(partner).size();
    }

    /** What the sender wrote of the end of his attempt, after the mark. */
    JsonObject outcomeOf(Partner sender, String messageId, int mark) {
        return of(sender).stream().skip(mark).filter(entry -> switch (entry.getString("what")) {
            case "sent", "postponed", "unanswered" -> entry.getString("message").equals(messageId);
            default -> false;
        }).findFirst().orElse(NOTHING);
    }

    /** What the gateway answered to something else than a message, after the mark. */
    Optional<JsonObject> answerTo(Partner asking, String operation, int mark) {
        return of(asking).stream().skip(mark).filter(entry -> entry.getString("what").equals("asked")
                && entry.getString("operation").equals(operation)).findFirst()
                .map(entry -> entry.getJsonObject("answer"));
    }

    /** Whether its mailbox took the confirmation of this delivery. */
    boolean confirmed(Partner partner, String deliveryId) {
        return of(partner).stream().anyMatch(entry -> entry.getString("what").equals("confirmed")
                && entry.getString("delivery").equals(deliveryId));
    }
}
