package nl.ketenpoort.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import nl.ketenpoort.evidence.AuditRecord;
import nl.ketenpoort.evidence.AuditRecord.Kind;
import nl.ketenpoort.evidence.CountedRandomness;
import nl.ketenpoort.evidence.RecordingJournal;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.transaction.InMemoryTransaction;
import nl.ketenpoort.transaction.SettableCaseTime;
import nl.ketenpoort.transaction.StoreUnavailable;

class LateRecordingTest {

    private static final String POLITIE = "00000099000000010000";

    private final RecordingJournal journal = new RecordingJournal();
    private final InMemoryTransaction transaction = new InMemoryTransaction(journal);
    private final SettableCaseTime time = new SettableCaseTime();
    private final LateRecording recording = new LateRecording(transaction, journal, new CountedRandomness(), time);

    private static LateRefusal unavailable(String messageId) {
        return new LateRefusal(Kind.REFUSED, Reason.UNAVAILABLE, Optional.of(POLITIE), Optional.of(messageId),
                Optional.of(POLITIE), Optional.empty());
    }

    @Test
    void aMessageThatWasTriedSeveralTimesIsOneRecordWithNumberAndTimes() {
        var first = time.now();
        recording.keep(unavailable("urn:uuid:eerste"));
        time.advance(Duration.ofMinutes(3));
        var last = time.now();
        recording.keep(unavailable("urn:uuid:eerste"));
        time.advance(Duration.ofMinutes(1));

        assertThat(recording.record()).containsExactly(unavailable("urn:uuid:eerste"));
        assertThat(journal.records(Kind.REFUSED)).singleElement().satisfies(record -> {
            assertThat(record.at()).as("when it was refused, not when it was recorded").isEqualTo(first);
            assertThat(record.sender()).contains(POLITIE);
            assertThat(record.messageId()).contains("urn:uuid:eerste");
            assertThat(record.facts()).isEqualTo(Map.of("event", "RECORDED_LATE", "code", "KP-9051", "count", "2",
                    "last-at", last.toString(), "tls-party", POLITIE));
        });
    }

    @Test
    void somebodyWhoWasNotProvenLeavesASecurityRecordWithoutSender() {
        recording.keep(new LateRefusal(Kind.SECURITY, Reason.UNAVAILABLE, Optional.empty(), Optional.empty(),
                Optional.of(POLITIE), Optional.empty()));
        recording.record();

        assertThat(journal.records(Kind.SECURITY)).singleElement().satisfies(record -> {
            assertThat(record.sender()).isEmpty();
            assertThat(record.messageId()).isEmpty();
            assertThat(record.facts()).containsEntry("code", "KP-9051").containsEntry("tls-party", POLITIE);
        });
    }

    @Test
    void aFaultOfOursIsRecordedUnderTheReferenceThatTheSenderGot() {
        var reference = UUID.fromString("5f9d1c0e-2a52-4a43-9a08-3f8b5d7c0a11");
        recording.keep(new LateRefusal(Kind.REFUSED, Reason.FAULT_OF_OURS, Optional.of(POLITIE),
                Optional.of("urn:uuid:eerste"), Optional.of(POLITIE), Optional.of(reference)));
        recording.record();

        assertThat(journal.records(Kind.REFUSED)).singleElement().extracting(AuditRecord::facts)
                .satisfies(facts -> assertThat(facts).containsEntry("reference", reference.toString()));
    }

    @Test
    void withoutRefusalsThereIsNoRecordAndNoTransaction() {
        transaction.databaseIsGone();

        assertThat(recording.record()).isEmpty();
    }

    @Test
    void nothingIsLostWhileTheDatabaseIsGoneAndNothingRecordedTwiceAfterwards() {
        recording.keep(unavailable("urn:uuid:eerste"));
        transaction.databaseIsGone();
        assertThatThrownBy(recording::record).isInstanceOf(StoreUnavailable.class);
        recording.keep(unavailable("urn:uuid:tweede"));
        recording.keep(unavailable("urn:uuid:eerste"));
        transaction.databaseIsBack();

        assertThat(recording.record()).containsExactly(unavailable("urn:uuid:eerste"), unavailable("urn:uuid:tweede"));
        assertThat(journal.records(Kind.REFUSED)).extracting(record -> record.facts().get("count"))
                .containsExactly("2", "1");
        assertThat(recording.record()).isEmpty();
    }

    @Test
    void ofAnEndlessOutageTheFirstAreToldApartAndTheRestIsCountedTogether() {
        for (int i = 0; i < LateRecording.APART + 40; i++) {
            recording.keep(unavailable("urn:uuid:" + i));
        }
        recording.record();

        assertThat(journal.records(Kind.REFUSED)).hasSize(LateRecording.APART + 1).last().satisfies(record -> {
            assertThat(record.messageId()).isEmpty();
            assertThat(record.sender()).isEmpty();
            assertThat(record.facts()).containsEntry("count", "40").containsEntry("messages", "several");
        });
    }

    @Test
    void onlyARefusalIsRecordedHere() {
        assertThatThrownBy(() -> new LateRefusal(Kind.ACCEPTED, Reason.UNAVAILABLE, Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty())).isInstanceOf(IllegalArgumentException.class);
    }
}
