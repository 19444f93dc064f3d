package nl.ketenpoort.evidence.postgres;

import org.jdbi.v3.core.Jdbi;

import nl.ketenpoort.evidence.AuditJournal;

/** The door of this package, for the composition root alone. */
public final class EvidencePostgresWiring {

    private EvidencePostgresWiring() {}

    /** The audit journal in this database. */
    public static AuditJournal journal(Jdbi database) {
        return new PostgresAuditJournal(database);
    }
}
