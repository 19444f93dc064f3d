package nl.ketenpoort.delivery;

import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.partner.PartnerRegister;
import nl.ketenpoort.transaction.Transaction;
import nl.ketenpoort.transaction.Transaction.Keep;

/**
 * Whoever does not fetch any more leaves a mailbox behind that nobody can open: its organisation or function was ended, its
 * endpoint was taken away, or it has a system now that is delivered to. What lies there goes back to its lane, which
 * delivers it, stops it or parks it, so that it ends and its sender hears how.
 */
public final class EndedMailboxes {

    private final Transaction transaction;
    private final PartnerRegister partners;
    private final DeliveryStore deliveries;
    private final DeliveryLanes lanes;

    /** With these collaborators. */
    public EndedMailboxes(Transaction transaction, PartnerRegister partners, DeliveryStore deliveries,
            DeliveryLanes lanes) {
        this.transaction = transaction;
        this.partners = partners;
        this.deliveries = deliveries;
        this.lanes = lanes;
    }

    /** Takes back what lies in each of them, each in a transaction of its own; harmless to repeat. */
    public void takeBack() {
        var inUse = transaction.inOne(() -> new Keep<>(deliveries.mailboxesInUse()));
        for (var mailbox : inUse) {
            boolean ended = transaction.inOne(() -> {
                var function = mailbox.function().orElseThrow();
                return new Keep<>(!partners.fetches(mailbox.receiver(), function)
                        && lanes.takeBack(mailbox, !canStillConfirm(mailbox.receiver(), function)));
            });
            if (ended) {
                lanes.somethingIsWaiting();
            }
        }
    }

    /** Whoever has no endpoint now has what he fetched all the same, and may say so. */
    private boolean canStillConfirm(Oin oin, PartnerFunction function) {
        return partners.find(oin).filter(known -> known.actsAs(function)).isPresent()
                && partners.endpointOf(oin, function).isEmpty();
    }
}
