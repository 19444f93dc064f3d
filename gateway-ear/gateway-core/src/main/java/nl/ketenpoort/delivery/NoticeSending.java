package nl.ketenpoort.delivery;

import nl.ketenpoort.transaction.Transaction;
import nl.ketenpoort.transaction.Transaction.Keep;

/**
 * Puts a notice on its way to the sender it is for, in a transaction of its own. Whoever stopped the delivery it is about
 * holds lanes, deliveries or consents of others, and would wait for the sender's lane against the order of locks.
 */
public final class NoticeSending {

    private final Transaction transaction;
    private final DeliveryStore deliveries;
    private final NewDeliveries begin;

    /** With these collaborators. */
    public NoticeSending(Transaction transaction, DeliveryStore deliveries, NewDeliveries begin) {
        this.transaction = transaction;
        this.deliveries = deliveries;
        this.begin = begin;
    }

    /** Puts it on its way; harmless to repeat. */
    public void send(DeliveryId notice) {
        boolean waits = transaction
                .inOne(() -> new Keep<>(deliveries.unsentNotice(notice).map(begin::add).orElse(false)));
        if (waits) {
            begin.somethingIsWaiting();
        }
    }
}
