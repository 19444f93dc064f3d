package nl.ketenpoort.acceptance;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import nl.ketenpoort.acceptance.Outcome.Rejected;
import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.consent.Consent;
import nl.ketenpoort.delivery.DeliveryId;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.refusal.ErrorCode;
import nl.ketenpoort.signature.MessageId;

/** Writes the elements of answers as the envelope's schema has them, UTF-8. */
public interface AnswerWriting {

    /** {@code verzendenAntwoord} around a stored receipt, which is repeated byte for byte. */
    byte[] receipt(byte[] receipt);

    /** {@code fout}: code, description, remedy, reference, and the decision per receiver if it came that far. */
    byte[] fault(Rejected rejected);

    /** {@code testoproepAntwoord}. */
    byte[] test(String text, Instant receivedAt, Oin oin);

    /**
     * {@code ophalenAntwoord}.
     *
     * @param deliveries stored elements {@code bezorging}, repeated byte for byte, in order
     * @param remaining how many wait after these
     */
    byte[] fetched(List<byte[]> deliveries, int remaining);

    /** {@code bevestigenAntwoord}: the deliveries that are confirmed now, or were before; at least one. */
    byte[] confirmed(List<DeliveryId> deliveries);

    /** {@code statusAntwoord}; at least one receiver. */
    byte[] status(MessageId messageId, CaseId caseId, List<ReceiverStatus> receivers);

    /** {@code toestemmingRegistrerenAntwoord}: number of the new consent. */
    byte[] consentRegistered(UUID consent);

    /** {@code toestemmingTonenAntwoord}. */
    byte[] consents(List<Consent> consents);

    /**
     * {@code toestemmingIntrekkenAntwoord}.
     *
     * @param consent number of the consent
     * @param withdrawnAt case time, UTC
     * @param stopped how many deliveries this stopped
     */
    byte[] consentWithdrawn(UUID consent, Instant withdrawnAt, int stopped);

    /**
     * How a message fares with one receiver.
     *
     * @param oin receiver, unless he was refused and the sender did not name it
     * @param function its function, likewise
     * @param standing how far it is
     * @param since since when, case time, UTC
     * @param code why, where it was refused, parked or cancelled
     */
    record ReceiverStatus(Optional<Oin> oin, Optional<PartnerFunction> function, Standing standing, Instant since,
            Optional<ErrorCode> code) {}

    /** How far a message is with one receiver; written in answers as it is named here. */
    enum Standing {
        /** The receiver never gets it. */
        GEWEIGERD,
        /** It waits for its turn, for the endpoint, or in the mailbox. */
        WACHT,
        /** It is being sent. */
        ONDERWEG,
        /** The receiver fetched it from his mailbox and has not confirmed it. */
        VERSTREKT,
        /** The receiver confirmed that he has it. */
        BEZORGD,
        /** It waits for somebody to look at it. */
        OPZIJ_GEZET,
        /** It was stopped because the decision has changed. */
        GEANNULEERD
    }
}
