package nl.ketenpoort.signature;

import java.util.List;
import java.util.Optional;

import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.refusal.Refusal;

/** Proves who sent a message. */
public interface SignatureVerification {

    /** Verifies, decrypts and checks the WS-Addressing headers; nothing of the message is believed before it returns. */
    Verification verify(ReceivedMessage received);

    /** The outcome. */
    sealed interface Verification {}

    /** It is proven. */
    record Proven(VerifiedMessage message) implements Verification {}

    /**
     * It is not.
     *
     * @param refusal why
     * @param correspondent what was established before it failed: whom to answer and how
     * @param tlsParty whose connection it came over; empty if its certificate names nobody
     */
    record NotProven(Refusal refusal, Correspondent correspondent, Optional<Oin> tlsParty) implements Verification {}

    /**
     * Whom an answer goes to.
     *
     * @param sender the signer, if the signature was good: then the answer is encrypted to him
     * @param relatesTo the MessageID of the request, if it could be read
     * @param confirmations signature values to confirm
     */
    record Correspondent(Optional<Sender> sender, Optional<MessageId> relatesTo,
            List<byte[]> confirmations) {

        /** Nothing is known of whoever sent it. */
        public static Correspondent unknown() {
            return new Correspondent(Optional.empty(), Optional.empty(), List.of());
        }

        /** The sender of a verified message. */
        public static Correspondent of(VerifiedMessage message) {
            return new Correspondent(Optional.of(message.sender()), Optional.of(message.messageId()),
                    message.confirmations());
        }
    }
}
