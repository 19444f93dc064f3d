package nl.ketenpoort.operations.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import nl.ketenpoort.evidence.AuditJournal;
import nl.ketenpoort.evidence.AuditRecord.Kind;
import nl.ketenpoort.evidence.CountedRandomness;
import nl.ketenpoort.evidence.RecordingJournal;
import nl.ketenpoort.operations.HandshakeRecording;
import nl.ketenpoort.operations.InMemoryHandshakeCounts;
import nl.ketenpoort.operations.LateRecording;
import nl.ketenpoort.operations.LateRefusal;
import nl.ketenpoort.operations.RefusedHandshakes;
import nl.ketenpoort.operations.RefusedHandshakes.Why;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.transaction.InMemoryTransaction;
import nl.ketenpoort.transaction.SettableCaseTime;

class RecordingRoundsTest {

    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration SHORT = Duration.ofMillis(40);

    private final InMemoryHandshakeCounts server = new InMemoryHandshakeCounts();
    private final BlockingQueue<Written> written = new LinkedBlockingQueue<>();

    private record Written(String serial, long nanos) {}

    private void refused(int... serials) {
        IntStream.of(serials).forEach(serial -> server.refused(new RefusedHandshakes(Why.EXPIRED,
                Optional.of(Integer.toString(serial)), Optional.empty(), false, Optional.empty(), 1)));
    }

    private RecordingRounds rounds(Duration pause, AuditJournal journal) {
        return new RecordingRounds(
                new RefusedHandshakeCounts(new HandshakeRecording(server, new InMemoryTransaction(), journal,
                        new CountedRandomness(), new SettableCaseTime()), () -> 7),
                pause);
    }

    private AuditJournal journal() {
        return (record, salt) -> written.add(new Written(record.facts().get("serial"), System.nanoTime()));
    }

    private Written next() throws InterruptedException {
        var next = written.poll(30, TimeUnit.SECONDS);
        assertThat(next).as("something is recorded").isNotNull();
        return next;
    }

    @Test
    void whatIsRefusedIsRecordedWithoutBeingAskedFor() throws InterruptedException {
        try (var rounds = rounds(SHORT, journal())) {
            refused(1);
            assertThat(next().serial()).isEqualTo("1");
            refused(2);
            assertThat(next().serial()).isEqualTo("2");
        }
    }

    @Test
    void whatIsNotRecordedYetIsRecordedAtTheEnd() throws InterruptedException {
        try (var rounds = rounds(NEVER, journal())) {
            refused(1, 2);
        }
        assertThat(written).extracting(Written::serial).containsExactly("1", "2");
    }

    @Test
    void aRoundThatFailsIsFollowedByAnother() throws InterruptedException {
        var attempts = new AtomicInteger();
        AuditJournal failingTwice = (record, salt) -> {
            if (attempts.incrementAndGet() <= 2) {
                throw new IllegalStateException("the journal cannot be written");
            }
            journal().append(record, salt);
        };
        try (var rounds = rounds(SHORT, failingTwice)) {
            refused(1);
            assertThat(next().serial()).isEqualTo("1");
        }
        assertThat(written).isEmpty();
    }

    @Test
    void whatTheLastRoundCannotRecordStaysWhereItIs() throws InterruptedException {
        try (var rounds = rounds(NEVER, (record, salt) -> {
            throw new IllegalStateException("the journal cannot be written");
        })) {
            refused(1);
        }
        assertThat(server.take()).extracting(RefusedHandshakes::serial).isEqualTo(List.of(Optional.of("1")));
    }

    @Test
    void manyRecordsAreFollowedByALongPause() throws InterruptedException {
        refused(1, 2, 3, 4, 5);
        try (var rounds = rounds(SHORT, journal())) {
            Written last = next();
            for (int i = 2; i <= 5; i++) {
                last = next();
            }
            refused(6);
            assertThat(Duration.ofNanos(next().nanos() - last.nanos())).isGreaterThanOrEqualTo(SHORT.multipliedBy(5));
        }
    }

    @Test
    void whatWasRefusedDuringAnOutageIsRecordedInARound() {
        var journal = new RecordingJournal();
        var late = new LateRecording(new InMemoryTransaction(journal), journal, new CountedRandomness(),
                new SettableCaseTime());
        var refusal = new LateRefusal(Kind.REFUSED, Reason.UNAVAILABLE, Optional.of("00000099000000010000"),
                Optional.of("urn:uuid:eerste"), Map.of());
        late.keep(refusal);
        late.keep(refusal);

        assertThat(new LateRefusals(late).record()).isEqualTo(new RecordingRounds.Round(1, 1, "KP-9051 2"));
        assertThat(journal.records(Kind.REFUSED)).hasSize(1);
        assertThat(new LateRefusals(late).record().records()).isZero();
    }

    @Test
    void theSummaryOfARoundGivesReasonsAndNumbersAndTheTotal() {
        refused(1, 2);
        var journal = new RecordingJournal();

        assertThat(new RefusedHandshakeCounts(new HandshakeRecording(server, new InMemoryTransaction(journal), journal,
                new CountedRandomness(), new SettableCaseTime()), () -> 7).record())
                .isEqualTo(new RecordingRounds.Round(2, 2, "EXPIRED 2; 7 since this server started"));
    }
}
