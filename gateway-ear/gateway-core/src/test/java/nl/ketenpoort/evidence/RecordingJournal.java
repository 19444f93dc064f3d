package nl.ketenpoort.evidence;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import nl.ketenpoort.evidence.AuditRecord.Kind;
import nl.ketenpoort.transaction.Undoable;

/** The audit journal in memory. */
public final class RecordingJournal implements AuditJournal, Undoable {

    /** A record with its salt. */
    public record Entry(AuditRecord record, Salt salt) {}

    private List<Entry> entries = List.of();
    private boolean writable = true;

    @Override
    public void append(AuditRecord record, Salt salt) {
        if (!writable) {
            throw new IllegalStateException("the journal cannot be written");
        }
        if (entries.stream().anyMatch(entry -> entry.record().id().equals(record.id()))) {
            throw new IllegalStateException("a record with this id is there");
        }
        entries = Stream.concat(entries.stream(), Stream.of(new Entry(record, salt)))
                .toList();
    }

    /** From now on nothing can be appended. */
    public void fails() {
        writable = false;
    }

    public List<Entry> entries() {
        return entries;
    }

    public List<Kind> kinds() {
        return entries.stream().map(entry -> entry.record().kind()).toList();
    }

    public List<AuditRecord> records(Kind kind) {
        return entries.stream().map(Entry::record).filter(record -> record.kind() == kind).toList();
    }

    public AuditRecord record(UUID id) {
        return entries.stream().map(Entry::record).filter(record -> record.id().equals(id)).findFirst().orElseThrow();
    }

    @Override
    public Runnable remember() {
        var before = entries;
        return () -> entries = before;
    }
}
