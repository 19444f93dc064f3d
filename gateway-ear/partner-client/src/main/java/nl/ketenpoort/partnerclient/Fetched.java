package nl.ketenpoort.partnerclient;

import java.util.List;

/**
 * What a mailbox gave.
 *
 * @param deliveries in order; to be confirmed once they are safe on this side
 * @param rejected   deliveries whose herkomst or content does not hold; never to be confirmed
 * @param remaining  how many more there are
 */
public record Fetched(List<Delivery> deliveries, List<Rejected> rejected, int remaining) {

    /**
     * A delivery that is not what it claims; by push too.
     *
     * @param id     of the delivery, as it says
     * @param reason in English, for the operator
     */
    public record Rejected(String id, String reason) {}
}
