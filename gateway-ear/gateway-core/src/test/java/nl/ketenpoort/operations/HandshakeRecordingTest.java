package nl.ketenpoort.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import nl.ketenpoort.evidence.AuditRecord;
import nl.ketenpoort.evidence.AuditRecord.Kind;
import nl.ketenpoort.evidence.CountedRandomness;
import nl.ketenpoort.evidence.RecordingJournal;
import nl.ketenpoort.operations.RefusedHandshakes.Why;
import nl.ketenpoort.transaction.InMemoryTransaction;
import nl.ketenpoort.transaction.SettableCaseTime;
import nl.ketenpoort.transaction.StoreUnavailable;

class HandshakeRecordingTest {

    private static final RefusedHandshakes REVOKED = new RefusedHandshakes(Why.REVOKED, Optional.of("7f01"),
            Optional.of("00000099000000010000"), false, Optional.of("192.0.2.7"), 3);
    private static final RefusedHandshakes OLD = new RefusedHandshakes(Why.PROTOCOL, Optional.empty(),
            Optional.empty(), false, Optional.empty(), 2);

    private final InMemoryHandshakeCounts counts = new InMemoryHandshakeCounts();
    private final RecordingJournal journal = new RecordingJournal();
    private final InMemoryTransaction transaction = new InMemoryTransaction(journal);
    private final SettableCaseTime time = new SettableCaseTime();
    private final HandshakeRecording recording = new HandshakeRecording(counts, transaction, journal,
            new CountedRandomness(), time);

    @Test
    void aSecurityRecordNamesReasonSerialOinAndNumberAndNoSender() {
        counts.refused(REVOKED);

        assertThat(recording.record()).containsExactly(REVOKED);
        assertThat(journal.records(Kind.SECURITY)).singleElement().satisfies(record -> {
            assertThat(record.facts()).isEqualTo(Map.of("event", "TLS_HANDSHAKE_REFUSED", "why", "REVOKED", "code",
                    "KP-1002", "serial", "7f01", "oin", "00000099000000010000", "last-address", "192.0.2.7", "count",
                    "3"));
            assertThat(record.at()).isEqualTo(time.now());
            assertThat(record.sender()).as("whoever shows a certificate need not be its holder").isEmpty();
            assertThat(record.caseId()).isEmpty();
            assertThat(record.messageId()).isEmpty();
        });
    }

    @Test
    void whatIsNotKnownIsNotInTheRecord() {
        counts.refused(OLD);
        recording.record();

        assertThat(journal.records(Kind.SECURITY)).singleElement().extracting(AuditRecord::facts).isEqualTo(
                Map.of("event", "TLS_HANDSHAKE_REFUSED", "why", "PROTOCOL", "code", "KP-1004", "count", "2"));
    }

    @Test
    void severalCertificatesTogetherAreRecordedAsSuch() {
        counts.refused(new RefusedHandshakes(Why.UNKNOWN_ISSUER, Optional.empty(), Optional.empty(), true,
                Optional.empty(), 90));
        recording.record();

        assertThat(journal.records(Kind.SECURITY)).singleElement().satisfies(
                record -> assertThat(record.facts()).containsEntry("certificates", "several")
                        .containsEntry("count", "90").containsEntry("code", "KP-1003"));
    }

    @Test
    void withoutRefusalsThereIsNoRecordAndNoTransaction() {
        transaction.databaseIsGone();

        assertThat(recording.record()).isEmpty();
        assertThat(journal.entries()).isEmpty();
    }

    @Test
    void whatWasRecordedIsNotRecordedAgain() {
        counts.refused(REVOKED);
        recording.record();

        assertThat(recording.record()).isEmpty();
        assertThat(journal.entries()).hasSize(1);
    }

    @Test
    void nothingIsLostWhileTheDatabaseIsGone() {
        counts.refused(REVOKED);
        transaction.databaseIsGone();
        assertThatThrownBy(recording::record).isInstanceOf(StoreUnavailable.class);
        assertThat(journal.entries()).isEmpty();

        counts.refused(OLD);
        transaction.databaseIsBack();
        assertThat(recording.record()).containsExactly(REVOKED, OLD);
        assertThat(journal.records(Kind.SECURITY)).extracting(record -> record.facts().get("count"))
                .containsExactly("3", "2");
    }

    @Test
    void nothingIsLostWhenTheJournalFails() {
        counts.refused(REVOKED);
        journal.fails();

        assertThatThrownBy(recording::record).isInstanceOf(IllegalStateException.class);
        assertThat(counts.take()).containsExactly(REVOKED);
    }

    @ParameterizedTest
    @CsvSource({"EXPIRED,KP-1001", "NOT_YET_VALID,KP-1001", "REVOKED,KP-1002", "UNKNOWN_ISSUER,KP-1003",
            "PROTOCOL,KP-1004", "REVOCATION_UNKNOWN,KP-1005", "NO_CERTIFICATE,KP-1006", "OTHER,KP-1007"})
    void everyReasonHasItsPermanentCode(Why why, String code) {
        assertThat(why.reason().code()).hasToString(code);
    }
}
