package nl.ketenpoort.delivery;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

import nl.ketenpoort.evidence.AuditJournal;
import nl.ketenpoort.evidence.AuditRecord;
import nl.ketenpoort.evidence.AuditRecord.Kind;
import nl.ketenpoort.evidence.Randomness;
import nl.ketenpoort.refusal.Refusal;
import nl.ketenpoort.transaction.CaseTime;

/** Ends a delivery and records how, together. */
public final class DeliveryRecords {

    private final DeliveryStore deliveries;
    private final AuditJournal journal;
    private final Randomness randomness;
    private final CaseTime caseTime;
    private final Supplier<String> bundle;

    /**
     * Over these.
     *
     * @param bundle the loaded bundle of policies
     */
    public DeliveryRecords(DeliveryStore deliveries, AuditJournal journal, Randomness randomness, CaseTime caseTime,
            Supplier<String> bundle) {
        this.deliveries = deliveries;
        this.journal = journal;
        this.randomness = randomness;
        this.caseTime = caseTime;
        this.bundle = bundle;
    }

    /** The receiver confirmed it. */
    public void delivered(WaitingDelivery delivery) {
        deliveries.delivered(delivery.id(), caseTime.now());
        record(Kind.DELIVERED, delivery, Map.of());
    }

    /** The receiver fetched it. */
    void disclosed(WaitingDelivery delivery) {
        record(Kind.DISCLOSED, delivery, Map.of());
    }

    /** It was stopped. */
    public void cancelled(WaitingDelivery delivery, Refusal why) {
        deliveries.cancelled(delivery.id(), why.code(), caseTime.now());
        record(Kind.CANCELLED, delivery, Map.of("code", why.code().toString()));
    }

    /** It cannot go on until somebody looks. */
    void parked(WaitingDelivery delivery, Refusal why) {
        deliveries.parked(delivery.id(), why.code(), caseTime.now());
        record(Kind.PARKED, delivery, Map.of("code", why.code().toString()));
    }

    private void record(Kind kind, WaitingDelivery delivery, Map<String, String> more) {
        var message = delivery.message();
        var facts = new TreeMap<>(more);
        facts.put("delivery", delivery.id().toString());
        facts.put("receiver", delivery.receiver().value());
        facts.put("function", delivery.function().code());
        facts.put("purpose", delivery.purpose().code());
        facts.put("bundle", bundle.get());
        journal.append(new AuditRecord(randomness.id(), kind, caseTime.now(), Optional.of(message.caseId().value()),
                Optional.of(message.sender().value()), Optional.of(message.id().value()), facts), randomness.salt());
    }
}
