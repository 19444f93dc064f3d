package nl.ketenpoort.partnerclient;

/** What a partner does with a delivery. */
@FunctionalInterface
public interface DeliveryHandler {

    /**
     * Returns when the delivery is safe on this side; only then is it answered. An exception makes the gateway try again
     * later. Called once per delivery id, unless an earlier call failed.
     */
    void receive(Delivery delivery) throws Exception;
}
