package nl.ketenpoort.evidence.postgres;

import jakarta.json.Json;

import org.jdbi.v3.core.Jdbi;

import nl.ketenpoort.evidence.AuditJournal;
import nl.ketenpoort.evidence.AuditRecord;
import nl.ketenpoort.evidence.Salt;

final class PostgresAuditJournal implements AuditJournal {

    private final Jdbi database;

    PostgresAuditJournal(Jdbi database) {
        this.database = database;
    }

    @Override
    public void append(AuditRecord record, Salt salt) {
        var facts = Json.createObjectBuilder();
        record.facts().forEach(facts::add);
        // Without the cast an absent case would be sent as text, which a column of uuids does not take.
        database.useHandle(handle -> handle
                .createUpdate(
                        """
                INSERT INTO audit_record (id, kind, at, case_id, sender, message_id, facts, salt, leaf)
                VALUES (:id, :kind, :at, CAST(:case AS uuid), :sender, :message, CAST(:facts AS jsonb), :salt, :leaf)""")
                .bind("id", record.id()).bind("kind", record.kind().name()).bind("at", record.at())
                .bind("case", record.caseId().orElse(null)).bind("sender", record.sender().orElse(null))
                .bind("message", record.messageId().orElse(null)).bind("facts", facts.build().toString())
                .bind("salt", salt.bytes()).bind("leaf", record.leaf(salt).bytes()).execute());
    }
}
