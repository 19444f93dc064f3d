package nl.ketenpoort.delivery;

/** The waiting deliveries, in order per case, receiver and urgency. */
public interface DeliveryLanes {

    /** Adds a delivery to its lane, in the transaction that is under way. */
    void enqueue(NewDelivery delivery);

    /** Says that something was enqueued and committed, so that nobody has to wait for the next poll. */
    void somethingIsWaiting();
}
