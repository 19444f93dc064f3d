package nl.ketenpoort.acceptance;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.casefile.Phase;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.evidence.Salt;
import nl.ketenpoort.minimisation.ReceiverDecision;
import nl.ketenpoort.validation.ValidMessage;

/**
 * An accepted message with everything that is stored of it.
 *
 * @param message the message
 * @param caseId its case
 * @param phase phase of the case as accepted
 * @param receivedAt case time, UTC
 * @param digest salted digest of the exclusive-C14N Body content, as the receipt and every herkomst name it, and by which
 *        a repeat is known
 * @param salt its salt
 * @param auditLeaf leaf of its audit record
 * @param bundle bundle of policies that decided
 * @param decisions decision per receiver
 * @param receipt the issued receipt
 */
public record AcceptedMessage(ValidMessage message, CaseId caseId, Phase phase, Instant receivedAt, Digest digest,
        Salt salt, Digest auditLeaf, String bundle, List<ReceiverDecision> decisions, byte[] receipt) {

    /** Copies the decisions. */
    public AcceptedMessage {
        Objects.requireNonNull(message);
        decisions = List.copyOf(decisions);
    }
}
