package nl.ketenpoort.delivery;

import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.partner.Endpoint;
import nl.ketenpoort.refusal.Refusal;

/** Brings one delivery to the endpoint of a partner; never called inside a transaction. */
public interface PushChannel {

    /**
     * Sends a signed and encrypted {@code bezorgenVerzoek} over mutual TLS and verifies the answer: its signature, that
     * it was signed by the OIN of the endpoint, RelatesTo, delivery id and digest. Redirects are not followed.
     *
     * @param endpoint where; its encryption certificate is required
     * @param id delivery; its MessageID on the wire is the same at every attempt
     * @param body the element {@code bezorgenVerzoek}, UTF-8
     * @param expected digest that the receiver must name
     */
    PushResult push(Endpoint endpoint, DeliveryId id, byte[] body, Digest expected);

    /** How it ended. */
    sealed interface PushResult {

        /** Whether the receiver has it or may have it. */
        default boolean mayHaveArrived() {
            return true;
        }
    }

    /** The receiver has it: the answer was verified. */
    record Confirmed() implements PushResult {}

    /**
     * Not now: unreachable, time-out, HTTP 5xx without a verified fault.
     *
     * @param why why
     * @param mayHaveArrived whether the receiver may have it all the same; false only if it is certain that nothing was sent
     */
    record TryLater(Refusal why, boolean mayHaveArrived) implements PushResult {}

    /**
     * The receiver is there, has it, and refuses it in a verified fault: somebody must look at this one, and the others are
     * not concerned.
     */
    record Refused(Refusal why) implements PushResult {}

    /**
     * Somebody must look at the endpoint: an answer that cannot be verified, or a receiver nothing can be encrypted to.
     *
     * @param why why
     * @param mayHaveArrived whether the receiver may have it all the same; false only if it was not sent
     */
    record Unconfirmed(Refusal why, boolean mayHaveArrived) implements PushResult {}
}
