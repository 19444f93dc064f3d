package nl.ketenpoort.operations;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import nl.ketenpoort.evidence.AuditJournal;
import nl.ketenpoort.evidence.AuditRecord;
import nl.ketenpoort.evidence.AuditRecord.Kind;
import nl.ketenpoort.evidence.Randomness;
import nl.ketenpoort.transaction.CaseTime;
import nl.ketenpoort.transaction.Transaction;
import nl.ketenpoort.transaction.Transaction.Keep;

/**
 * Records who was refused at the handshake: one security record for each reason and certificate, with the number of times
 * since the record before it. It has no sender, because none was established.
 */
public final class HandshakeRecording {

    /** The fact {@code event} of these records. */
    public static final String EVENT = "TLS_HANDSHAKE_REFUSED";

    private final HandshakeCounts counts;
    private final Transaction transaction;
    private final AuditJournal journal;
    private final Randomness randomness;
    private final CaseTime caseTime;

    /** From these counts to this journal. */
    public HandshakeRecording(HandshakeCounts counts, Transaction transaction, AuditJournal journal,
            Randomness randomness, CaseTime caseTime) {
        this.counts = counts;
        this.transaction = transaction;
        this.journal = journal;
        this.randomness = randomness;
        this.caseTime = caseTime;
    }

    /**
     * Records all that is not recorded yet, in one transaction. What cannot be recorded is counted again the next time; a
     * commit of which nobody knows whether it was durable may so be counted twice, but never not at all.
     *
     * @return what was recorded
     */
    public List<RefusedHandshakes> record() {
        var refused = counts.take();
        if (refused.isEmpty()) {
            return refused;
        }
        boolean recorded = false;
        try {
            transaction.inOne(() -> {
                refused.forEach(handshakes -> journal.append(record(handshakes), randomness.salt()));
                return new Keep<>(refused);
            });
            recorded = true;
        } finally {
            if (!recorded) {
                counts.putBack(refused);
            }
        }
        return refused;
    }

    private AuditRecord record(RefusedHandshakes refused) {
        Map<String, String> facts = new HashMap<>();
        facts.put("event", EVENT);
        facts.put("why", refused.why().name());
        facts.put("code", refused.why().reason().code().toString());
        facts.put("count", Long.toString(refused.count()));
        refused.serial().ifPresent(serial -> facts.put("serial", serial));
        refused.oin().ifPresent(oin -> facts.put("oin", oin));
        refused.lastAddress().ifPresent(address -> facts.put("last-address", address));
        if (refused.others()) {
            facts.put("certificates", "several");
        }
        return new AuditRecord(randomness.id(), Kind.SECURITY, caseTime.now(), Optional.empty(), Optional.empty(),
                Optional.empty(), facts);
    }
}
