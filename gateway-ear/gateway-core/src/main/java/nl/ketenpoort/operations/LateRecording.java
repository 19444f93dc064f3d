package nl.ketenpoort.operations;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import nl.ketenpoort.evidence.AuditJournal;
import nl.ketenpoort.evidence.AuditRecord;
import nl.ketenpoort.evidence.Randomness;
import nl.ketenpoort.transaction.CaseTime;
import nl.ketenpoort.transaction.Transaction;
import nl.ketenpoort.transaction.Transaction.Keep;

/**
 * Keeps the refusals that could not be recorded when they were given, because the database was gone or something of ours
 * failed, and records them as soon as that can be. However many there are, what is kept stays small: so many are told
 * apart, the rest is counted by kind and code. Safe for use by many threads. It is in memory: a node that is killed, or
 * stopped while nothing can be recorded, loses it, and its log says only that somebody was refused.
 */
public final class LateRecording {

    /** The fact {@code event} of these records. */
    public static final String EVENT = "RECORDED_LATE";

    /** Refusals that are told apart. */
    static final int APART = 500;

    private final Transaction transaction;
    private final AuditJournal journal;
    private final Randomness randomness;
    private final CaseTime caseTime;
    private final Map<LateRefusal, Times> waiting = new LinkedHashMap<>();

    private record Times(long count, Instant first, Instant last, boolean several) {

        Times and(Times later) {
            return new Times(count + later.count, first, later.last, several || later.several);
        }
    }

    /** Into this journal. */
    public LateRecording(Transaction transaction, AuditJournal journal, Randomness randomness, CaseTime caseTime) {
        this.transaction = transaction;
        this.journal = journal;
        this.randomness = randomness;
        this.caseTime = caseTime;
    }

    /** Keeps a refusal that was given now. */
    public void keep(LateRefusal refusal) {
        synchronized (waiting) {
            var now = caseTime.now();
            add(refusal, new Times(1, now, now, false));
        }
    }

    /**
     * Records all that is kept, in one transaction: a record for each, with its number and the first and last time. What
     * cannot be recorded is kept for the next time; a commit of which nobody knows whether it was durable may so be
     * recorded twice, but never not at all.
     *
     * @return what was recorded, and how many times each
     */
    public Map<LateRefusal, Long> record() {
        var taken = take();
        if (taken.isEmpty()) {
            return Map.of();
        }
        boolean recorded = false;
        try {
            transaction.inOne(() -> {
                taken.forEach((refusal, times) -> journal.append(record(refusal, times), randomness.salt()));
                return new Keep<>(taken);
            });
            recorded = true;
        } finally {
            if (!recorded) {
                putBack(taken);
            }
        }
        var counts = new LinkedHashMap<LateRefusal, Long>();
        taken.forEach((refusal, times) -> counts.put(refusal, times.count()));
        return counts;
    }

    private Map<LateRefusal, Times> take() {
        synchronized (waiting) {
            var taken = new LinkedHashMap<>(waiting);
            waiting.clear();
            return taken;
        }
    }

    private void putBack(Map<LateRefusal, Times> taken) {
        synchronized (waiting) {
            var since = take();
            taken.forEach(this::add);
            since.forEach(this::add);
        }
    }

    private void add(LateRefusal refusal, Times times) {
        boolean room = waiting.containsKey(refusal) || waiting.size() < APART;
        if (room) {
            waiting.merge(refusal, times, Times::and);
        } else {
            waiting.merge(refusal.amongOthers(), new Times(times.count, times.first, times.last, true), Times::and);
        }
    }

    private AuditRecord record(LateRefusal refusal, Times times) {
        Map<String, String> facts = new HashMap<>(refusal.facts());
        facts.put("event", EVENT);
        facts.put("code", refusal.reason().code().toString());
        facts.put("count", Long.toString(times.count()));
        facts.put("last-at", times.last().toString());
        if (times.several()) {
            facts.put("messages", "several");
        }
        return new AuditRecord(randomness.id(), refusal.kind(), times.first(), Optional.empty(), refusal.sender(),
                refusal.messageId(), facts);
    }
}
