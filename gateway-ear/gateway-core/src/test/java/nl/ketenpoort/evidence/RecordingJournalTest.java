package nl.ketenpoort.evidence;

import java.util.List;

import nl.ketenpoort.transaction.InMemoryTransaction;
import nl.ketenpoort.transaction.Transaction;

class RecordingJournalTest implements AuditJournalContract {

    private final RecordingJournal journal = new RecordingJournal();
    private final Transaction transaction = new InMemoryTransaction(journal);

    @Override
    public AuditJournal journal() {
        return journal;
    }

    @Override
    public Transaction transaction() {
        return transaction;
    }

    @Override
    public List<Kept> kept() {
        return journal.entries().stream()
                .map(entry -> new Kept(entry.record(), entry.salt().bytes(), entry.record().leaf(entry.salt())))
                .toList();
    }
}
