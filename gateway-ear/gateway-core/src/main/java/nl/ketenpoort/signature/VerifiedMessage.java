package nl.ketenpoort.signature;

import java.util.List;
import java.util.Objects;

/**
 * A message that is proven to come from its signer, unaltered and decrypted.
 *
 * @param sender who signed
 * @param messageId {@code wsa:MessageID}, signed
 * @param operation which operation {@code wsa:Action} names, signed
 * @param body exclusive-C14N bytes of the one element in the signed Body; what is read later is parsed from these
 * @param envelope the decrypted SOAP envelope, byte for byte such that the sender's signature still verifies over it:
 *        the proof of origin
 * @param confirmations signature values of the request, to be confirmed in the answer (WB014)
 */
public record VerifiedMessage(Sender sender, MessageId messageId, Operation operation, byte[] body, byte[] envelope,
        List<byte[]> confirmations) {

    /** Every part is required. */
    public VerifiedMessage {
        Objects.requireNonNull(sender);
        Objects.requireNonNull(messageId);
        Objects.requireNonNull(operation);
        Objects.requireNonNull(body);
        Objects.requireNonNull(envelope);
        confirmations = List.copyOf(confirmations);
    }

    @Override
    public String toString() {
        return "VerifiedMessage[" + operation + "]";
    }
}
