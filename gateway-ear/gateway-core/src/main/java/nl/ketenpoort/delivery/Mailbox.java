package nl.ketenpoort.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import nl.ketenpoort.delivery.Reconsideration.Reconsidered;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.evidence.Randomness;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.refusal.Examined;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.transaction.CaseTime;

/**
 * The mailbox of a partner that fetches. Fetching decides anew and records that the receiver has seen it; confirming
 * ends the delivery. Both may be repeated without harm.
 */
public final class Mailbox {

    private static final int AT_MOST = 50;

    private final DeliveryStore deliveries;
    private final DeliveryRecords records;
    private final Reconsideration reconsideration;
    private final Randomness randomness;
    private final CaseTime caseTime;

    /** With these collaborators. */
    public Mailbox(DeliveryStore deliveries, DeliveryRecords records, Reconsideration reconsideration,
            Randomness randomness, CaseTime caseTime) {
        this.deliveries = deliveries;
        this.records = records;
        this.reconsideration = reconsideration;
        this.randomness = randomness;
        this.caseTime = caseTime;
    }

    /**
     * What was fetched.
     *
     * @param deliveries elements {@code bezorging}, in order
     * @param remaining how many wait after these
     */
    public record Fetched(List<byte[]> deliveries, int remaining) {

        /** Copies the list. */
        public Fetched {
            deliveries = List.copyOf(deliveries);
        }
    }

    /** The first that are not confirmed, urgent ones before others, each lane in its order. */
    public Fetched fetch(Oin receiver, Optional<PartnerFunction> function, int maximum) {
        var fetched = new ArrayList<byte[]>();
        int most = Math.min(maximum, AT_MOST);
        for (var delivery : deliveries.lockInMailbox(receiver, function, most)) {
            var salt = delivery.salt().orElseGet(randomness::salt);
            switch (reconsideration.reconsider(delivery, salt)) {
                case Reconsidered.Stopped stopped -> records.cancelled(delivery, stopped);
                case Reconsidered.Allowed(var written) -> {
                    if (deliveries.disclosed(delivery.id(), written.delivered(), salt, caseTime.now())) {
                        records.disclosed(delivery);
                    }
                    fetched.add(written.bezorging());
                }
            }
        }
        return new Fetched(fetched, deliveries.countInMailbox(receiver, function) - fetched.size());
    }

    /**
     * Confirms one delivery; harmless when it was confirmed before. If it was stopped after it was fetched, that the receiver
     * has it is recorded, with an alarm.
     *
     * @param digest digest that the herkomst of the delivery names
     */
    public Examined<DeliveryId> confirm(Oin receiver, DeliveryId id, Digest digest) {
        var disclosed = deliveries.lockDisclosed(receiver, id);
        if (disclosed.isEmpty()) {
            return Examined.refused(Reason.DELIVERY_UNKNOWN);
        }
        if (!disclosed.get().digest().equals(digest)) {
            return Examined.refused(Reason.DIGEST_DIFFERS);
        }
        switch (disclosed.get().end()) {
            case NONE_YET -> records.delivered(disclosed.get().delivery());
            case STOPPED -> records.confirmedAfterItWasStopped(disclosed.get().delivery());
            case CONFIRMED -> {
                // Once is enough.
            }
        }
        return Examined.passed(id);
    }
}
