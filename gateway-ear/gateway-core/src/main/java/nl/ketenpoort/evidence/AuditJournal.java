package nl.ketenpoort.evidence;

/** Where audit records are kept; they are only ever added. */
public interface AuditJournal {

    /** Adds the record and its salt to the transaction that is under way. */
    void append(AuditRecord record, Salt salt);
}
