package nl.ketenpoort.delivery;

import nl.ketenpoort.partner.PartnerRegister;

/**
 * Where a new delivery begins: in the mailbox of a receiver that fetches, or in the lane that leads to its endpoint. In
 * the mailbox it is decided on again when it is fetched, in the lane at every attempt.
 */
public final class NewDeliveries {

    private final PartnerRegister partners;
    private final DeliveryLanes lanes;

    /** To the partners of this register. */
    public NewDeliveries(PartnerRegister partners, DeliveryLanes lanes) {
        this.partners = partners;
        this.lanes = lanes;
    }

    /**
     * Adds a delivery, in the transaction that is under way.
     *
     * @return whether it waits in a lane, which somebody must hear of once it is committed
     */
    public boolean add(NewDelivery delivery) {
        var receiver = delivery.receiver();
        boolean fetches = partners.fetches(receiver.oin(), receiver.function());
        if (fetches && lanes.putInMailbox(delivery)) {
            return false;
        }
        if (!fetches) {
            // Also if there is no endpoint, or no such receiver any more: the lane ends it with a record.
            lanes.enqueue(delivery);
        }
        return true;
    }

    /** Says that something waits in a lane and is committed, so that nobody has to wait for the next poll. */
    public void somethingIsWaiting() {
        lanes.somethingIsWaiting();
    }
}
