package nl.ketenpoort.validation;

import java.util.Objects;

import nl.ketenpoort.messagetype.Content;
import nl.ketenpoort.messagetype.MessageType;

/** Reads again what was accepted before: its signature and constraints were checked then. */
public interface StoredMessages {

    /**
     * The parts of an accepted message.
     *
     * @param soapEnvelope the decrypted SOAP envelope as it is kept
     *        ({@link nl.ketenpoort.signature.VerifiedMessage#envelope})
     * @throws IllegalStateException if it cannot be read any more, for instance because its type was removed
     */
    ReadMessage read(byte[] soapEnvelope);

    /**
     * What a kept message says.
     *
     * @param type its type
     * @param envelope its envelope
     * @param content its content
     */
    record ReadMessage(MessageType type, Envelope envelope, Content content) {

        /** Every part is required. */
        public ReadMessage {
            Objects.requireNonNull(type);
            Objects.requireNonNull(envelope);
            Objects.requireNonNull(content);
        }
    }
}
