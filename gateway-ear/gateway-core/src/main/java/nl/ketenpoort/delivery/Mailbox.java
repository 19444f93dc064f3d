package nl.ketenpoort.delivery;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import nl.ketenpoort.delivery.DeliveryStore.Mailboxes;
import nl.ketenpoort.delivery.Reconsideration.Reconsidered;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.evidence.Randomness;
import nl.ketenpoort.partner.FunctionCertificates;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.refusal.Examined;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.signature.Sender;
import nl.ketenpoort.transaction.CaseTime;

/**
 * The mailbox of a partner that fetches. Fetching decides anew and records that the receiver has seen it; confirming
 * ends the delivery. Both may be repeated without harm.
 */
public final class Mailbox {

    private static final int AT_MOST = 50;
    /** Of one answer, which is signed and encrypted whole, and read whole by the receiver; the last one may go beyond. */
    private static final int FULL_AT_BYTES = 1 << 19;

    private final FunctionCertificates certificates;
    private final DeliveryStore deliveries;
    private final DeliveryRecords records;
    private final Reconsideration reconsideration;
    private final Randomness randomness;
    private final CaseTime caseTime;

    /** With these collaborators. */
    public Mailbox(FunctionCertificates certificates, DeliveryStore deliveries, DeliveryRecords records,
            Reconsideration reconsideration, Randomness randomness, CaseTime caseTime) {
        this.certificates = certificates;
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

    /**
     * The first that are not confirmed, urgent ones before others, each lane in its order.
     *
     * @param receiver who asks; his certificate opens the mailboxes that are registered with it, and those registered without one
     * @param function the mailbox of this function; empty for every one that he opens
     * @param maximum how many at most; fewer when they are large, but one at least if there is one
     * @return refused if that mailbox opens to another certificate only, or every mailbox of the receiver does: after a
     *         certificate was renewed and not registered, an empty answer would say that nothing waits
     */
    public Examined<Fetched> fetch(Sender receiver, Optional<PartnerFunction> function, int maximum) {
        var closed = certificates.closedTo(receiver.signer(), receiver.certificate());
        boolean opensNone = certificates.opensNoMailbox(receiver.signer(), receiver.certificate());
        if (function.map(closed::contains).orElse(opensNone)) {
            return Examined.refused(Reason.MAILBOX_OF_ANOTHER_FUNCTION);
        }
        var mailboxes = new Mailboxes(receiver.signer(), function,
                certificates.closedMailboxes(receiver.signer(), receiver.certificate()));
        return Examined.passed(fetch(mailboxes, Math.min(maximum, AT_MOST)));
    }

    private Fetched fetch(Mailboxes mailboxes, int maximum) {
        var fetched = new ArrayList<byte[]>();
        var looked = new HashSet<DeliveryId>();
        var held = new HashSet<Lane>();
        int window = maximum;
        boolean more;
        do {
            var found = deliveries.lockInMailbox(mailboxes, window);
            for (var delivery : found) {
                if (room(fetched, maximum) && looked.add(delivery.id()) && !held.contains(delivery.lane())) {
                    give(delivery, fetched, held);
                }
            }
            // Only what is held back makes it look further: it would keep other cases from their receiver.
            more = !held.isEmpty() && room(fetched, maximum) && found.size() == window;
            window *= 2;
        } while (more);
        return new Fetched(fetched, deliveries.countInMailbox(mailboxes) - fetched.size());
    }

    private static boolean room(List<byte[]> fetched, int maximum) {
        return fetched.size() < maximum
                && fetched.stream().mapToInt(delivery -> delivery.length).sum() < FULL_AT_BYTES;
    }

    /** What cannot be decided on now holds its lane back, so that nothing overtakes it there. */
    private void give(WaitingDelivery delivery, List<byte[]> fetched, Set<Lane> held) {
        var salt = delivery.salt().orElseGet(randomness::salt);
        switch (reconsideration.reconsider(delivery, salt)) {
            case Reconsidered.Stopped stopped -> records.cancelled(delivery, stopped);
            case Reconsidered.Unreadable unreadable -> records.unreadable(delivery, unreadable);
            case Reconsidered.Undecided undecided -> {
                records.undecided(delivery);
                held.add(delivery.lane());
            }
            case Reconsidered.Allowed(var given) -> {
                var written = given.written();
                if (deliveries.disclosed(delivery.id(), written.delivered(), salt, caseTime.now())) {
                    records.disclosed(delivery, given);
                }
                fetched.add(written.bezorging());
            }
        }
    }

    /**
     * Confirms one delivery; harmless when it was confirmed before. If it was stopped after it was fetched, that the receiver
     * has it is recorded, with an alarm.
     *
     * @param digest digest that the herkomst of the delivery names
     */
    public Examined<DeliveryId> confirm(Sender receiver, DeliveryId id, Digest digest) {
        var closed = certificates.closedTo(receiver.signer(), receiver.certificate());
        var disclosed = deliveries.lockDisclosed(receiver.signer(), id)
                .filter(found -> !closed.contains(found.delivery().function()));
        if (disclosed.isEmpty()) {
            return Examined.refused(Reason.DELIVERY_UNKNOWN);
        }
        if (!disclosed.get().digest().equals(digest)) {
            return Examined.refused(Reason.DIGEST_DIFFERS);
        }
        switch (disclosed.get().end()) {
            case NONE_YET -> records.confirmed(disclosed.get().delivery(), digest);
            case STOPPED -> records.confirmedAfterItWasStopped(disclosed.get().delivery());
            case CONFIRMED -> {
                // Once is enough.
            }
        }
        return Examined.passed(id);
    }
}
