package nl.ketenpoort.evidence.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.json.Json;
import jakarta.json.JsonString;

import org.junit.jupiter.api.Test;

import nl.ketenpoort.evidence.AuditJournal;
import nl.ketenpoort.evidence.AuditJournalContract;
import nl.ketenpoort.evidence.AuditRecord;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.transaction.Transaction;
import nl.ketenpoort.transaction.jdbc.TestDatabase;

class PostgresAuditJournalTest implements AuditJournalContract {

    private final TestDatabase database = TestDatabase.withPartners();
    private final AuditJournal journal = EvidencePostgresWiring.journal(database.server());

    @Override
    public AuditJournal journal() {
        return journal;
    }

    @Override
    public Transaction transaction() {
        return database.transaction();
    }

    @Override
    public List<Kept> kept() {
        return database.owner().withHandle(handle -> handle.createQuery("SELECT * FROM audit_record ORDER BY sequence")
                .map((row, context) -> new Kept(new AuditRecord(row.getObject("id", UUID.class),
                        AuditRecord.Kind.valueOf(row.getString("kind")),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(row.getObject("case_id", UUID.class)),
                        Optional.ofNullable(row.getString("sender")),
                        Optional.ofNullable(row.getString("message_id")), facts(row.getString("facts"))),
                        row.getBytes("salt"), new Digest(row.getBytes("leaf"))))
                .list());
    }

    @Test
    void theServerCanNeitherAlterNorRemoveARecord() {
        for (var attempt : List.of("UPDATE audit_record SET kind = 'ACCEPTED'", "DELETE FROM audit_record",
                "TRUNCATE audit_record", "ALTER TABLE audit_record DROP COLUMN leaf")) {
            assertThatThrownBy(() -> database.server().useHandle(handle -> handle.execute(attempt)))
                    .as(attempt).hasStackTraceContaining("ERROR");
        }
    }

    private static Map<String, String> facts(String json) {
        try (var reader = Json.createReader(new StringReader(json))) {
            return reader.readObject().entrySet().stream().collect(
                    Collectors.toMap(Map.Entry::getKey, entry -> ((JsonString) entry.getValue()).getString()));
        }
    }
}
