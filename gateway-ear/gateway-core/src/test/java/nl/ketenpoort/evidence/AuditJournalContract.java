package nl.ketenpoort.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import nl.ketenpoort.evidence.AuditRecord.Kind;
import nl.ketenpoort.transaction.Transaction;
import nl.ketenpoort.transaction.Transaction.Keep;
import nl.ketenpoort.transaction.Transaction.Undo;

/** What every audit journal keeps to. */
public interface AuditJournalContract {

    AuditJournal journal();

    Transaction transaction();

    /** Everything that is kept, in the order in which it was appended. */
    List<Kept> kept();

    /** A record as it is read back, with its salt and the leaf that was kept. */
    record Kept(AuditRecord record, byte[] salt, Digest leaf) {}

    @Test
    default void aRecordIsReadBackWithTheSameBytesAndLeaf() {
        var record = record(Kind.ACCEPTED, Map.of("type", "overtredingsmelding v1", "omitted", "a/b c/d"));
        append(record, 1);
        var kept = kept().getFirst();
        assertThat(kept.record().canonical()).isEqualTo(record.canonical());
        assertThat(kept.leaf()).isEqualTo(record.leaf(salt(1)));
        assertThat(kept.record().leaf(new Salt(kept.salt()))).isEqualTo(kept.leaf());
    }

    @Test
    default void oddTextsAreKeptToTheLetter() {
        var record = record(Kind.REFUSED, Map.of("quotes", "\"'", "lines", "a\nb\r\n", "backslash", "\\n\\",
                "letters", "Ç é \uD83D\uDE00 \u2028", "empty", "", "json", "{\"a\":[1,null]}"));
        append(record, 1);
        assertThat(kept().getFirst().record().canonical()).isEqualTo(record.canonical());
    }

    @Test
    default void whatIsAbsentStaysAbsent() {
        var record = new AuditRecord(UUID.randomUUID(), Kind.SECURITY, Instant.parse("2026-07-01T12:00:00Z"),
                Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
        append(record, 1);
        assertThat(kept().getFirst().record()).isEqualTo(record);
    }

    @Test
    default void everyKindCanBeKeptInOrder() {
        for (var kind : Kind.values()) {
            append(record(kind, Map.of()), kind.ordinal());
        }
        assertThat(kept()).extracting(kept -> kept.record().kind()).containsExactly(Kind.values());
    }

    @Test
    default void aRecordIsKeptWithWhatItRecordsOrNotAtAll() {
        transaction().inOne(() -> {
            journal().append(record(Kind.ACCEPTED, Map.of()), salt(1));
            return new Undo<>(true);
        });
        assertThat(kept()).isEmpty();
    }

    @Test
    default void aRecordIsNeverReplacedByAnotherOfItsId() {
        var record = record(Kind.ACCEPTED, Map.of("code", "1"));
        append(record, 1);
        var other = new AuditRecord(record.id(), Kind.REFUSED, record.at(), Optional.empty(), Optional.empty(),
                Optional.empty(), Map.of());
        assertThatThrownBy(() -> append(other, 2)).isInstanceOf(RuntimeException.class);
        assertThat(kept()).extracting(kept -> kept.record().kind()).containsExactly(Kind.ACCEPTED);
    }

    private void append(AuditRecord record, int salt) {
        transaction().inOne(() -> {
            journal().append(record, salt(salt));
            return new Keep<>(true);
        });
    }

    private static AuditRecord record(Kind kind, Map<String, String> facts) {
        return new AuditRecord(UUID.randomUUID(), kind, Instant.parse("2026-07-01T12:00:00.250Z"),
                Optional.of(UUID.randomUUID()), Optional.of("00000099000000010000"), Optional.of("urn:uuid:1"), facts);
    }

    private static Salt salt(int number) {
        return new Salt(Digest.of(new byte[]{(byte) number}).bytes());
    }
}
