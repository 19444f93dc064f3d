package nl.ketenpoort.delivery;

import java.util.Objects;
import java.util.UUID;

/** Id of one delivery to one receiver; as MessageID on the wire it is {@code urn:uuid:} and the id. */
public record DeliveryId(UUID value) {

    /** The value is required. */
    public DeliveryId {
        Objects.requireNonNull(value);
    }

    /** As a URI. */
    public String uri() {
        return "urn:uuid:" + value;
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
