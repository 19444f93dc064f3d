package nl.ketenpoort.partnerclient;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which deliveries were handed over already; keeps a repetition from being handed over twice. */
public interface ReceivedDeliveries {

    /** The digest under which the delivery was handed over, 32 bytes. */
    Optional<byte[]> digestOf(String deliveryId);

    /** Called after the handler returned. */
    void remember(String deliveryId, byte[] digest);

    /** Forgets everything when the JVM ends. */
    static ReceivedDeliveries inMemory() {
        Map<String, byte[]> digests = new ConcurrentHashMap<>();
        return new ReceivedDeliveries() {

            @Override
            public Optional<byte[]> digestOf(String deliveryId) {
                return Optional.ofNullable(digests.get(deliveryId)).map(byte[]::clone);
            }

            @Override
            public void remember(String deliveryId, byte[] digest) {
                digests.put(deliveryId, digest.clone());
            }
        };
    }
}
