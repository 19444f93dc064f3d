package nl.ketenpoort.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

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
                Map.of("tls-party", POLITIE, "operation", "verzenden"));
    }

    @Test
    void aMessageThatWasTriedSeveralTimesIsOneRecordWithNumberAndTimes() {
        var first = time.now();
        recording.keep(unavailable("urn:uuid:eerste"));
        time.advance(Duration.ofMinutes(3));
        var last = time.now();
        recording.keep(unavailable("urn:uuid:eerste"));
        time.advance(Duration.ofMinutes(1));

        assertThat(recording.record()).isEqualTo(Map.of(unavailable("urn:uuid:eerste"), 2L));
        assertThat(journal.records(Kind.REFUSED)).singleElement().satisfies(record -> {
            assertThat(record.at()).as("when it was refused, not when it was recorded").isEqualTo(first);
            assertThat(record.sender()).contains(POLITIE);
            assertThat(record.messageId()).contains("urn:uuid:eerste");
            assertThat(record.facts()).isEqualTo(Map.of("event", "RECORDED_LATE", "code", "KP-9051", "count", "2",
                    "last-at", last.toString(), "tls-party", POLITIE, "operation", "verzenden"));
        });
    }

    @Test
    void somebodyWhoWasNotProvenLeavesASecurityRecordWithoutSender() {
        recording.keep(new LateRefusal(Kind.SECURITY, Reason.UNAVAILABLE, Optional.empty(), Optional.empty(),
                Map.of("tls-party", POLITIE, "refused-for", "KP-2001")));
        recording.record();

        assertThat(journal.records(Kind.SECURITY)).singleElement().satisfies(record -> {
            assertThat(record.sender()).isEmpty();
            assertThat(record.messageId()).isEmpty();
            assertThat(record.facts()).containsEntry("code", "KP-9051").containsEntry("tls-party", POLITIE)
                    .containsEntry("refused-for", "KP-2001");
        });
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

        assertThat(recording.record()).containsExactly(Map.entry(unavailable("urn:uuid:eerste"), 2L),
                Map.entry(unavailable("urn:uuid:tweede"), 1L));
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
                Map.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
