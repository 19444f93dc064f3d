package nl.ketenpoort.delivery;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.evidence.Salt;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.messagetype.TypeName;
import nl.ketenpoort.minimisation.Minimised;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.signature.MessageId;

/** Writes what a receiver gets, with a signed herkomst that binds it to what the sender signed. */
public interface DeliveryWriting {

    /**
     * Writes a delivery. The same document gives the same bytes.
     *
     * @throws IllegalStateException if the content is not valid against the delivered schema of its type: a fault of
     *         ours, told without any value
     */
    WrittenDelivery write(DeliveryDocument document);

    /**
     * Everything a delivery says.
     *
     * @param id id of the delivery
     * @param sequence number in the case for this receiver, from 1
     * @param caseId case
     * @param type type and version
     * @param sender who signed the message
     * @param senderFunction function the sender acted in
     * @param receiver to whom
     * @param purpose for which purpose
     * @param urgent whether it is urgent by the rule of its type
     * @param minimised content and persons for this receiver
     * @param reference an earlier message the sender refers to
     * @param messageId MessageID of the sender's message
     * @param receivedAt when it was received, case time, UTC
     * @param originalDigest salted digest of what the sender signed, as in his receipt
     * @param deliveredSalt fresh salt for the digest of what is delivered
     * @param certificate SHA-256 of the sender's verified certificate (DER)
     * @param auditLeaf leaf of the audit record of acceptance
     */
    record DeliveryDocument(DeliveryId id, long sequence, CaseId caseId, TypeName type, Oin sender,
            PartnerFunction senderFunction, Party receiver, Purpose purpose, boolean urgent, Minimised minimised,
            Optional<MessageId> reference, MessageId messageId, Instant receivedAt, Digest originalDigest,
            Salt deliveredSalt, Digest certificate, Digest auditLeaf) {

        /**
         * Every part is required.
         *
         * @throws IllegalArgumentException if the sequence is not positive
         */
        public DeliveryDocument {
            Objects.requireNonNull(id);
            Objects.requireNonNull(minimised);
            if (sequence < 1) {
                throw new IllegalArgumentException("deliveries are numbered from 1");
            }
        }
    }

    /**
     * A written delivery.
     *
     * @param bezorging the element {@code bezorging}, exclusive-C14N, UTF-8: stored, and repeated byte for byte
     * @param bezorgenVerzoek the same inside {@code bezorgenVerzoek}, for an endpoint
     * @param delivered digest that the receiver must name: salt and exclusive-C14N content element
     */
    record WrittenDelivery(byte[] bezorging, byte[] bezorgenVerzoek, Digest delivered) {

        @Override
        public String toString() {
            return "WrittenDelivery[" + bezorging.length + " bytes]";
        }
    }
}
