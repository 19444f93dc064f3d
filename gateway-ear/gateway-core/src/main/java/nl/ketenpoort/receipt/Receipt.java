package nl.ketenpoort.receipt;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.evidence.Salt;
import nl.ketenpoort.minimisation.ReceiverDecision;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.signature.MessageId;

/**
 * What a receipt says.
 *
 * @param messageId MessageID of the accepted message
 * @param sender who signed it
 * @param caseId case
 * @param receivedAt case time, UTC
 * @param digest salted digest of the exclusive-C14N Body content
 * @param salt its salt
 * @param decisions per receiver
 * @param auditLeaf leaf of the audit record
 */
public record Receipt(MessageId messageId, Oin sender, CaseId caseId, Instant receivedAt, Digest digest, Salt salt,
        List<ReceiverDecision> decisions, Digest auditLeaf) {

    /** Copies the list. */
    public Receipt {
        Objects.requireNonNull(messageId);
        decisions = List.copyOf(decisions);
    }
}
