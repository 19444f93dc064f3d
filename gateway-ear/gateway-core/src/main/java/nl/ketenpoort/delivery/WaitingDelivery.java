package nl.ketenpoort.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.casefile.Phase;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.evidence.Salt;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.purpose.DataClass;
import nl.ketenpoort.refusal.ErrorCode;
import nl.ketenpoort.signature.MessageId;

/**
 * A delivery that has not ended, with what is stored of its message.
 *
 * @param id id
 * @param sequence its place in its lane, from 1; the receiver sees it
 * @param receiver organisation
 * @param function its function
 * @param purpose for which purpose
 * @param urgent whether it is urgent
 * @param attempts what is known of earlier attempts
 * @param salt salt of what is delivered, once an attempt has chosen it
 * @param permitted classes of data that the decision at acceptance gave this receiver; it never gets more
 * @param message the accepted message
 * @param notice what the sender is told of another delivery; empty for the delivery of the message itself
 */
public record WaitingDelivery(DeliveryId id, long sequence, Oin receiver, PartnerFunction function, Purpose purpose,
        boolean urgent, Attempts attempts, Optional<Salt> salt, Set<DataClass> permitted, OfMessage message,
        Optional<Notice> notice) {

    /** Copies the set. */
    public WaitingDelivery {
        permitted = Set.copyOf(permitted);
    }

    /** The lane in which it keeps its place. */
    public Lane lane() {
        return new Lane(message.caseId(), receiver, function, urgent);
    }

    /**
     * What became of another delivery of the same message, as its sender is told.
     *
     * @param receiver whose delivery it is
     * @param function in which function
     * @param standing what became of it
     * @param code why
     * @param since since when
     * @param omitted paths of what was left out; empty unless less was given
     */
    public record Notice(Oin receiver, PartnerFunction function, Standing standing, ErrorCode code, Instant since,
            List<String> omitted) {

        /** As the code list {@code bezorgmelding-stand} has it. */
        public enum Standing {
            /** It was stopped. */
            GEANNULEERD,
            /** It is parked. */
            OPZIJ_GEZET,
            /** More was left out than the receipt says. */
            MINDER_GEGEVEN
        }

        /** Copies the paths. */
        public Notice {
            omitted = List.copyOf(omitted);
        }
    }

    /**
     * The message as it was accepted.
     *
     * @param sender who signed it
     * @param id its MessageID
     * @param caseId case
     * @param senderFunction function of the sender
     * @param phase phase as accepted
     * @param safetyEffect whether it has safety effect
     * @param reference message it refers to
     * @param receivedAt when it was accepted
     * @param digest salted digest of what was received
     * @param auditLeaf leaf of the record of its acceptance
     * @param certificate digest of the certificate that signed it
     * @param envelope the decrypted SOAP envelope; empty if it cannot be opened any more
     */
    public record OfMessage(Oin sender, MessageId id, CaseId caseId, PartnerFunction senderFunction, Phase phase,
            boolean safetyEffect, Optional<MessageId> reference, Instant receivedAt, Digest digest, Digest auditLeaf,
            Digest certificate, Optional<byte[]> envelope) {

        @Override
        public String toString() {
            return "OfMessage[" + id + "]";
        }
    }
}
