package nl.ketenpoort.partnerclient;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which deliveries were handed over already; keeps a repetition from being handed over twice. */
public interface ReceivedDeliveries {

    /** The digest under which the delivery was handed over. */
    Optional<Digest> digestOf(String deliveryId);

    /** Called after the handler returned. */
    void remember(String deliveryId, Digest digest);

    /** Forgets everything when the JVM ends. */
    static ReceivedDeliveries inMemory() {
        Map<String, Digest> digests = new ConcurrentHashMap<>();
        return new ReceivedDeliveries() {

            @Override
            public Optional<Digest> digestOf(String deliveryId) {
                return Optional.ofNullable(digests.get(deliveryId));
            }

            @Override
            public void remember(String deliveryId, Digest digest) {
                digests.put(deliveryId, digest);
            }
        };
    }
}
