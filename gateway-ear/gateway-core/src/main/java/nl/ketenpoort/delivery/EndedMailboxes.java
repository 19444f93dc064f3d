package nl.ketenpoort.delivery;

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
                if (partners.fetches(mailbox.receiver(), mailbox.function().orElseThrow())) {
                    return new Keep<>(false);
                }
                lanes.takeBack(mailbox);
                return new Keep<>(true);
            });
            if (ended) {
                lanes.somethingIsWaiting();
            }
        }
    }
}
