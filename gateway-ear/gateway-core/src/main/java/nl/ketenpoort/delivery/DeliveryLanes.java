package nl.ketenpoort.delivery;

import nl.ketenpoort.delivery.DeliveryStore.Mailboxes;

/** The waiting deliveries, in order per case, receiver and urgency. */
public interface DeliveryLanes {

    /**
     * Adds a delivery to its lane, in the transaction that is under way. What of this lane lies in a mailbox of before,
     * not fetched, waits in the lane again, before it.
     */
    void enqueue(NewDelivery delivery);

    /**
     * Puts a delivery in the mailbox of its receiver, in the transaction that is under way. If something still waits in
     * its lane, it is enqueued behind that instead.
     *
     * @return whether it is in the mailbox
     */
    boolean putInMailbox(NewDelivery delivery);

    /**
     * What lies in a mailbox and is not confirmed waits in its lane again, in its place there, in the transaction that is
     * under way.
     *
     * @param mailbox of one function
     * @param fetchedToo whether also what was fetched and can still be confirmed
     * @return whether there was any
     */
    boolean takeBack(Mailboxes mailbox, boolean fetchedToo);

    /** Has a notice put on its way to its sender, once the transaction that is under way is committed. */
    void sendLater(DeliveryId notice);

    /** Says that something was enqueued and committed, so that nobody has to wait for the next poll. */
    void somethingIsWaiting();
}
