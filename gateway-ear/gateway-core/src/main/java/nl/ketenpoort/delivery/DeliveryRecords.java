package nl.ketenpoort.delivery;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

import nl.ketenpoort.delivery.Reconsideration.Given;
import nl.ketenpoort.delivery.Reconsideration.Reconsidered.Stopped;
import nl.ketenpoort.delivery.Reconsideration.Reconsidered.Unreadable;
import nl.ketenpoort.delivery.WaitingDelivery.Notice;
import nl.ketenpoort.delivery.WaitingDelivery.Notice.Standing;
import nl.ketenpoort.evidence.AuditJournal;
import nl.ketenpoort.evidence.AuditRecord;
import nl.ketenpoort.evidence.AuditRecord.Kind;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.evidence.Randomness;
import nl.ketenpoort.refusal.ErrorCode;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;
import nl.ketenpoort.transaction.CaseTime;

/**
 * Records what becomes of a delivery, ends it where it ends, and has its sender told when the receiver does not get it
 * or gets less than the receipt says: all in one transaction.
 */
public final class DeliveryRecords {

    private final DeliveryStore deliveries;
    private final DeliveryLanes lanes;
    private final AuditJournal journal;
    private final Randomness randomness;
    private final CaseTime caseTime;
    private final Supplier<String> bundle;

    /**
     * Over these.
     *
     * @param lanes what has the notices to senders put on their way
     * @param bundle the loaded bundle of policies
     */
    public DeliveryRecords(DeliveryStore deliveries, DeliveryLanes lanes, AuditJournal journal, Randomness randomness,
            CaseTime caseTime, Supplier<String> bundle) {
        this.deliveries = deliveries;
        this.lanes = lanes;
        this.journal = journal;
        this.randomness = randomness;
        this.caseTime = caseTime;
        this.bundle = bundle;
    }

    /** The receiver confirmed what was sent. */
    void delivered(WaitingDelivery delivery, Given given) {
        delivered(delivery, given.facts());
        tellIfLess(delivery, given);
    }

    /** The receiver confirmed what it fetched. */
    void confirmed(WaitingDelivery delivery, Digest digest) {
        delivered(delivery, Map.of("digest", digest.base64()));
    }

    private void delivered(WaitingDelivery delivery, Map<String, String> facts) {
        deliveries.delivered(delivery.id(), caseTime.now());
        record(Kind.DELIVERED, delivery, facts);
    }

    /** It was sent, and the receiver, who may have it, did not confirm it. */
    void sent(WaitingDelivery delivery, Given given) {
        record(Kind.SENT, delivery, given.facts());
    }

    /** The receiver proves to have what was stopped after he fetched it: somebody must talk to him. */
    void confirmedAfterItWasStopped(WaitingDelivery delivery) {
        record(Kind.ALARM, delivery, Map.of("alarm", "CONFIRMED_AFTER_STOP"));
    }

    /** The receiver fetched it. */
    void disclosed(WaitingDelivery delivery, Given given) {
        record(Kind.DISCLOSED, delivery, given.facts());
        tellIfLess(delivery, given);
    }

    /** It was stopped. */
    public void cancelled(WaitingDelivery delivery, Stopped stopped) {
        deliveries.cancelled(delivery.id(), stopped.told().code(), caseTime.now());
        record(Kind.CANCELLED, delivery, Map.of("code", stopped.told().code().toString(), "decided",
                stopped.decided().code().toString()));
        if (delivery.notice().isPresent()) {
            record(Kind.ALARM, delivery,
                    Map.of("alarm", "SENDER_NOT_TOLD", "code", stopped.told().code().toString()));
        }
        tellSender(delivery, Standing.GEANNULEERD, stopped.told().code(), List.of());
    }

    /** It could not be decided on, which is an alarm once, however often it is tried. */
    public void undecided(WaitingDelivery delivery) {
        var code = Reason.POLICY_ERROR.code();
        if (deliveries.undecided(delivery.id(), code)) {
            record(Kind.ALARM, delivery, Map.of("alarm", "DELIVERY_UNDECIDED", "code", code.toString()));
        }
    }

    /** It cannot be made of what is kept: parked, so that it does not keep the others from their receivers. */
    public void unreadable(WaitingDelivery delivery, Unreadable why) {
        parked(delivery, Refusal.of(Reason.DELIVERY_UNREADABLE), Map.of("cause", why.cause().name()));
    }

    /** It cannot go on until somebody looks. */
    void parked(WaitingDelivery delivery, Refusal why) {
        parked(delivery, why, Map.of());
    }

    private void parked(WaitingDelivery delivery, Refusal why, Map<String, String> more) {
        var code = why.code();
        deliveries.parked(delivery.id(), code, caseTime.now());
        record(Kind.PARKED, delivery, Map.of("code", code.toString()));
        var alarm = new TreeMap<>(more);
        alarm.put("alarm", "DELIVERY_PARKED");
        alarm.put("code", code.toString());
        record(Kind.ALARM, delivery, alarm);
        tellSender(delivery, Standing.OPZIJ_GEZET, code, List.of());
    }

    private void tellIfLess(WaitingDelivery delivery, Given given) {
        given.less().ifPresent(why -> tellSender(delivery, Standing.MINDER_GEGEVEN, why, given.omitted()));
    }

    /** A notice that does not arrive itself is an alarm, and not the cause of another notice. */
    private void tellSender(WaitingDelivery delivery, Standing standing, ErrorCode why, List<String> omitted) {
        if (delivery.notice().isPresent()) {
            return;
        }
        var id = new DeliveryId(randomness.id());
        deliveries.notice(id, delivery.id(), new Notice(delivery.receiver(), delivery.function(), standing, why,
                caseTime.now(), omitted));
        lanes.sendLater(id);
    }

    private void record(Kind kind, WaitingDelivery delivery, Map<String, String> more) {
        var message = delivery.message();
        var facts = new TreeMap<>(more);
        facts.put("delivery", delivery.id().toString());
        delivery.notice().ifPresent(notice -> facts.put("notice", notice.code().toString()));
        facts.put("receiver", delivery.receiver().value());
        facts.put("function", delivery.function().code());
        facts.put("purpose", delivery.purpose().code());
        facts.put("bundle", bundle.get());
        journal.append(new AuditRecord(randomness.id(), kind, caseTime.now(), Optional.of(message.caseId().value()),
                Optional.of(message.sender().value()), Optional.of(message.id().value()), facts), randomness.salt());
    }
}
