package nl.ketenpoort.acceptancetests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.Region;

/** A receiver whose answer does not count gets its delivery five times; then somebody must look at it. */
@ExtendWith(RunningRegion.class)
class ParkedDeliveryIT {

    private static final String REFUSED = "KP-7104";
    private static final String ANSWER_DOES_NOT_COUNT = "KP-7102";

    /**
     * How a receiver behaves.
     *
     * @param behaviour of the simulator
     * @param code with which its delivery is parked
     */
    private record Misbehaving(String behaviour, String code) {}

    /** All receivers of one message, so that they come to their fifth attempt together. */
    private static final Map<Partner, Misbehaving> RECEIVERS = Map.of(
            Partner.OM, new Misbehaving("FAULT", REFUSED),
            Partner.BLIJF_ACHTERBLIJVER, new Misbehaving("WRONG_DIGEST", ANSWER_DOES_NOT_COUNT),
            Partner.BLIJF_UHG, new Misbehaving("UNSIGNED", ANSWER_DOES_NOT_COUNT),
            Partner.JEUGDBESCHERMING, new Misbehaving("REDIRECT", ANSWER_DOES_NOT_COUNT));

    private final Region region;
    private final Chain chain;
    private final Asking asking;
    private final Ledger ledger;

    ParkedDeliveryIT(Region region) {
        this.region = region;
        this.chain = new Chain(region);
        this.asking = new Asking(new Line(region));
        this.ledger = new Ledger(region);
    }

    @Test
    void whatNobodyTakesRightlyIsParkedWithItsRecordAnAlarmAndANoticeAndKeepsNothingElse() {
        var caseId = chain.openCase();
        Chain.await("nothing else is on its way", () -> ledger.number(
                "SELECT count(*) FROM ketenpoort.delivery WHERE state IN ('WAITING', 'SENDING')") == 0);

        String parked;
        try {
            RECEIVERS.forEach((partner, misbehaving) -> region.partner(partner).behave(misbehaving.behaviour()));
            parked = reported(caseId);
            Chain.await("all are parked", () -> ledger.rows("SELECT state FROM ketenpoort.delivery"
                    + " WHERE message_id = ? AND about IS NULL", parked).stream()
                    .allMatch(delivery -> delivery.get("state").equals("PARKED")));
        } finally {
            RECEIVERS.keySet().forEach(partner -> region.partner(partner).behave("RIGHT"));
        }

        var expected = RECEIVERS.entrySet().stream().collect(Collectors.toMap(
                entry -> Ledger.receiver(entry.getKey()), entry -> entry.getValue().code(), (a, b) -> a, TreeMap::new));
        assertThat(byReceiver("SELECT receiver || ' ' || function AS receiver, code FROM ketenpoort.delivery"
                + " WHERE state = 'PARKED' AND attempts = 5 AND message_id = ? AND about IS NULL", parked))
                .isEqualTo(expected);
        assertThat(byReceiver(recorded("PARKED", ""), parked)).as("one record each").isEqualTo(expected);
        assertThat(byReceiver(recorded("ALARM", " AND facts ->> 'alarm' = 'DELIVERY_PARKED'"), parked))
                .as("one alarm each").isEqualTo(expected);
        assertThat(standings(parked)).as("status").hasSize(RECEIVERS.size()).containsOnly("OPZIJ_GEZET");
        theSenderIsToldOfEach(parked, expected);
        theNextArrives(caseId);
    }

    private String reported(String caseId) {
        var sent = chain.send(Partner.POLITIE,
                Examples.accepted("overtredingsmelding", "politie-bij-de-woning", caseId));
        assertThat(sent.outcome()).as(sent.toString()).isEqualTo("RECEIPT");
        assertThat(ledger.receiversOf(sent.messageId())).containsExactlyInAnyOrderElementsOf(
                RECEIVERS.keySet().stream().map(Ledger::receiver).toList());
        return sent.messageId();
    }

    private static String recorded(String kind, String which) {
        return "SELECT (facts ->> 'receiver') || ' ' || (facts ->> 'function') AS receiver, facts ->> 'code' AS code"
                + " FROM ketenpoort.audit_record WHERE kind = '" + kind + "' AND message_id = ?" + which;
    }

    /** Code by receiver; fails on two for one. */
    private Map<String, String> byReceiver(String sql, String messageId) {
        return ledger.rows(sql, messageId).stream().collect(Collectors.toMap(row -> row.get("receiver"),
                row -> row.get("code"), (one, other) -> {
                    throw new AssertionError("two for one receiver: " + one + " and " + other);
                }, TreeMap::new));
    }

    private List<String> standings(String messageId) {
        var status = asking.asked(Partner.POLITIE, "status", Asking.element("berichtId", messageId)).isAccepted();
        return Asking.elements(status.answer().payload(), "ontvanger").stream()
                .map(receiver -> Asking.text(receiver, "stand")).toList();
    }

    private void theSenderIsToldOfEach(String messageId, Map<String, String> expected) {
        assertThat(byReceiver("SELECT notice.receiver || ' ' || notice.function AS receiver, notice.code"
                + " FROM ketenpoort.notice JOIN ketenpoort.delivery ON delivery.id = notice.about"
                + " WHERE notice.standing = 'OPZIJ_GEZET' AND delivery.message_id = ?", messageId)).isEqualTo(expected);
        Chain.await("a bezorgmelding for each", () -> notices(messageId) == expected.size());
        assertThat(ledger.number("SELECT count(*) FROM ketenpoort.delivery WHERE message_id = ? AND about IS NOT NULL",
                messageId)).as("no notice beside those").isEqualTo(expected.size());
    }

    private long notices(String messageId) {
        return chain.received(Partner.POLITIE, messageId).stream()
                .filter(entry -> entry.getString("type").equals("bezorgmelding")).count();
    }

    private void theNextArrives(String caseId) {
        var next = reported(caseId);
        RECEIVERS.keySet().forEach(partner -> chain.awaitReceived(partner, next));
    }
}
