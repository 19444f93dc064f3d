package nl.ketenpoort.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import nl.ketenpoort.evidence.AuditRecord.Kind;
import nl.ketenpoort.evidence.CountedRandomness;
import nl.ketenpoort.evidence.RecordingJournal;
import nl.ketenpoort.operations.Incidents;
import nl.ketenpoort.operations.LateRecording;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;
import nl.ketenpoort.signature.AnswerSealing;
import nl.ketenpoort.signature.MessageId;
import nl.ketenpoort.signature.Operation;
import nl.ketenpoort.signature.ReceivedMessage;
import nl.ketenpoort.signature.SampleCertificate;
import nl.ketenpoort.signature.Sender;
import nl.ketenpoort.signature.SignatureVerification;
import nl.ketenpoort.signature.SignatureVerification.Correspondent;
import nl.ketenpoort.signature.SignatureVerification.NotProven;
import nl.ketenpoort.signature.SignatureVerification.Proven;
import nl.ketenpoort.signature.VerifiedMessage;
import nl.ketenpoort.transaction.InMemoryTransaction;
import nl.ketenpoort.transaction.SettableCaseTime;
import nl.ketenpoort.transaction.StoreUnavailable;
import nl.ketenpoort.transaction.Transaction.Keep;

/** Whatever a partner sends and whatever fails, he is answered, and it is recorded: at once, or as soon as that can be. */
class PartnerRequestsTest {

    private static final Oin POLITIE = new Oin("00000099000000010000");
    private static final MessageId ID = new MessageId("urn:uuid:eerste");
    private static final String UNSEALABLE = "te groot";
    private static final UUID REFERENCE = UUID.fromString("5f9d1c0e-2a52-4a43-9a08-3f8b5d7c0a11");
    private static final ReceivedMessage ANYTHING = new ReceivedMessage(new byte[0], Optional.empty(), Optional.empty(),
            Optional.empty());
    private static final Proven PROVEN = new Proven(new VerifiedMessage(
            new Sender(POLITIE, POLITIE, SampleCertificate.read()), ID, Operation.SEND, new byte[0], new byte[0],
            List.of()));
    private static final NotProven NOT_PROVEN = new NotProven(Refusal.of(Reason.NOT_SIGNED), Correspondent.unknown(),
            Optional.of(POLITIE));

    private final RecordingJournal journal = new RecordingJournal();
    private final InMemoryTransaction transaction = new InMemoryTransaction(journal);
    private final SettableCaseTime time = new SettableCaseTime();
    private final LateRecording late = new LateRecording(transaction, journal, new CountedRandomness(), time);
    private final List<Throwable> told = new ArrayList<>();
    private SignatureVerification.Verification verification = PROVEN;
    private RequestHandler handler = message -> new Reply.Given("ontvangen".getBytes(UTF_8));
    private PartnerRequests requests;

    @BeforeEach
    void open() {
        requests = new PartnerRequests(received -> verification,
                Map.of(Operation.SEND, message -> handler.perform(message)),
                new PlainAnswers(), new Plain(), new PartnerRequests.Recording(transaction, journal,
                        new CountedRandomness(), time, new Told(), late));
    }

    private static final class Plain implements AnswerSealing {

        @Override
        public byte[] seal(Correspondent to, Operation operation, byte[] body) {
            if (UNSEALABLE.equals(new String(body, UTF_8))) {
                throw new IllegalStateException("cannot be sealed");
            }
            return body;
        }

        @Override
        public byte[] sealFault(Correspondent to, Refusal refusal, byte[] detail) {
            return detail;
        }
    }

    private final class Told implements Incidents {

        @Override
        public void storeUnavailable(Throwable cause) {
            told.add(cause);
        }

        @Override
        public UUID faultOfOurs(Throwable cause) {
            told.add(cause);
            return REFERENCE;
        }
    }

    private String answer() {
        var answer = requests.answer(ANYTHING);
        var text = new String(answer.bytes(), UTF_8);
        assertThat(answer.fault()).isEqualTo(text.startsWith("fout"));
        return text;
    }

    @Test
    void whatTheHandlerGivesGoesBack() {
        assertThat(answer()).isEqualTo("ontvangen");
        assertThat(late.record()).isEmpty();
    }

    @Test
    void anActionThatNobodyHandlesIsRefusedAndRecorded() {
        requests = new PartnerRequests(received -> verification, Map.of(), new PlainAnswers(), new Plain(),
                new PartnerRequests.Recording(transaction, journal, new CountedRandomness(), time, new Told(), late));

        assertThat(answer()).isEqualTo("fout " + Reason.ACTION_UNKNOWN.code());
        assertThat(journal.records(Kind.SECURITY)).hasSize(1);
    }

    @Test
    void whoIsNotProvenIsRefusedAndRecorded() {
        verification = NOT_PROVEN;

        assertThat(answer()).isEqualTo("fout " + Reason.NOT_SIGNED.code());
        assertThat(journal.records(Kind.SECURITY)).singleElement().satisfies(record -> assertThat(record.facts())
                .isEqualTo(Map.of("code", Reason.NOT_SIGNED.code().toString(), "tls-party", POLITIE.value())));
    }

    @Test
    void whatCannotEvenBeReadIsAnsweredAndRecorded() {
        requests = new PartnerRequests(received -> {
            throw new IllegalStateException("no library expected this");
        }, Map.of(), new PlainAnswers(), new Plain(),
                new PartnerRequests.Recording(transaction, journal, new CountedRandomness(), time, new Told(), late));

        assertThat(answer()).isEqualTo("fout " + Reason.FAULT_OF_OURS.code());
        assertThat(told).singleElement().isInstanceOf(IllegalStateException.class);
        late.record();
        assertThat(journal.records(Kind.SECURITY)).singleElement().satisfies(record -> assertThat(record.facts())
                .containsEntry("code", Reason.FAULT_OF_OURS.code().toString())
                .containsEntry("reference", REFERENCE.toString()));
    }

    @Test
    void aProvenMessageThatMeetsNoDatabaseIsRecordedOnceItIsBack() {
        handler = message -> transaction.inOne(() -> new Keep<>(new Reply.Given("ontvangen".getBytes(UTF_8))));
        transaction.databaseIsGone();

        assertThat(answer()).isEqualTo("fout KP-9051");
        assertThat(told).singleElement().isInstanceOf(StoreUnavailable.class);
        assertThat(journal.entries()).isEmpty();

        transaction.databaseIsBack();
        late.record();
        assertThat(journal.records(Kind.REFUSED)).singleElement().satisfies(record -> {
            assertThat(record.sender()).contains(POLITIE.value());
            assertThat(record.messageId()).contains(ID.value());
            assertThat(record.facts()).containsEntry("code", "KP-9051").containsEntry("tls-party", POLITIE.value())
                    .containsEntry("operation", "verzenden");
        });
    }

    @Test
    void whoseCommitWasNotAnsweredIsNotToldThatNothingIsStored() {
        handler = message -> transaction.inOne(() -> new Keep<>(new Reply.Given("ontvangen".getBytes(UTF_8))));
        transaction.commitsAreNotAnswered();

        assertThat(answer()).isEqualTo("fout " + Reason.COMMIT_NOT_ANSWERED.code());

        transaction.databaseIsBack();
        late.record();
        assertThat(journal.records(Kind.REFUSED)).singleElement().satisfies(record -> assertThat(record.facts())
                .containsEntry("code", Reason.COMMIT_NOT_ANSWERED.code().toString()).containsEntry("done", "unknown"));
    }

    @Test
    void ofARefusalWhoseRecordWasNotAnsweredNothingIsInDoubt() {
        verification = NOT_PROVEN;
        transaction.commitsAreNotAnswered();

        assertThat(answer()).isEqualTo("fout KP-9051");
    }

    @Test
    void aRefusalThatCannotBeRecordedIsAnOutageAndRecordedOnceItIsOver() {
        verification = NOT_PROVEN;
        transaction.databaseIsGone();

        assertThat(answer()).isEqualTo("fout KP-9051");

        transaction.databaseIsBack();
        late.record();
        assertThat(journal.records(Kind.SECURITY)).singleElement().satisfies(record -> {
            assertThat(record.sender()).isEmpty();
            assertThat(record.facts()).containsEntry("code", "KP-9051").containsEntry("tls-party", POLITIE.value())
                    .containsEntry("refused-for", Reason.NOT_SIGNED.code().toString());
        });
    }

    @Test
    void whoseAnswerCannotBeSealedIsToldThatWhatHeAskedIsDone() {
        handler = message -> new Reply.Given(UNSEALABLE.getBytes(UTF_8));

        assertThat(answer()).isEqualTo("fout " + Reason.ANSWER_NOT_MADE.code());
        late.record();
        assertThat(journal.records(Kind.REFUSED)).singleElement().satisfies(record -> assertThat(record.facts())
                .containsEntry("reference", REFERENCE.toString()).containsEntry("done", "true"));
    }

    @Test
    void aFaultOfOursIsAnsweredAndRecordedUnderTheReferenceInTheLog() {
        handler = message -> {
            throw new IllegalStateException("of ours");
        };

        assertThat(answer()).isEqualTo("fout " + Reason.FAULT_OF_OURS.code());
        late.record();
        assertThat(journal.records(Kind.REFUSED)).singleElement().satisfies(record -> {
            assertThat(record.messageId()).contains(ID.value());
            assertThat(record.facts()).containsEntry("reference", REFERENCE.toString());
        });
    }
}
