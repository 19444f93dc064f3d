package nl.ketenpoort.acceptance.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static nl.ketenpoort.casefile.SampleCase.OPENED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import nl.ketenpoort.acceptance.AcceptedSample;
import nl.ketenpoort.acceptance.AnswerWriting.ReceiverStatus;
import nl.ketenpoort.acceptance.AnswerWriting.Standing;
import nl.ketenpoort.acceptance.MessageStatus;
import nl.ketenpoort.acceptance.MessageStore;
import nl.ketenpoort.acceptance.MessageStore.Claim;
import nl.ketenpoort.acceptance.MessageStore.Fresh;
import nl.ketenpoort.acceptance.MessageStore.Other;
import nl.ketenpoort.acceptance.MessageStore.Same;
import nl.ketenpoort.acceptance.MessageStoreContract;
import nl.ketenpoort.casefile.CaseFiles;
import nl.ketenpoort.casefile.SampleCase;
import nl.ketenpoort.casefile.postgres.CasefilePostgresWiring;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.partner.Chain;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.safekeeping.ContentVault;
import nl.ketenpoort.safekeeping.ContentVault.SealedContent;
import nl.ketenpoort.transaction.Transaction;
import nl.ketenpoort.transaction.Transaction.Ending;
import nl.ketenpoort.transaction.Transaction.Keep;
import nl.ketenpoort.transaction.Transaction.Undo;
import nl.ketenpoort.transaction.jdbc.TestDatabase;
import nl.ketenpoort.transaction.jdbc.Together;

class PostgresMessageStoreTest implements MessageStoreContract {

    private final TestDatabase database = TestDatabase.withPartners();
    private final ContentVault vault = database.vault();
    private final MessageStore messages = AcceptancePostgresWiring.messages(database.server(), vault);
    private final MessageStatus status = AcceptancePostgresWiring.status(database.server());
    private final CaseFiles cases = CasefilePostgresWiring.cases(database.server());

    @Override
    public MessageStore messages() {
        return messages;
    }

    @Override
    public CaseFiles cases() {
        return cases;
    }

    @Override
    public Transaction transaction() {
        return database.transaction();
    }

    @Test
    void ofTwoThatClaimTheSameAtOnceTheSecondWaitsAndGetsTheReceiptOfTheFirst() {
        var mayEnd = new CountDownLatch(1);
        var first = acceptAndWait(mayEnd, new Keep<>(true));
        var second = claim(AcceptedSample.bodyOf(MESSAGE));
        database.awaitWaitingForALock(1);
        assertThat(second).isNotDone();
        mayEnd.countDown();
        Together.end(first);
        assertThat(Together.end(second)).isInstanceOfSatisfying(Same.class,
                same -> assertThat(same.receipt()).isEqualTo(AcceptedSample.receiptOf(MESSAGE)));
    }

    @Test
    void ofTwoThatClaimTheSameAtOnceForOtherContentTheSecondIsTold() {
        var mayEnd = new CountDownLatch(1);
        var first = acceptAndWait(mayEnd, new Keep<>(true));
        var second = claim(new byte[]{1});
        database.awaitWaitingForALock(1);
        mayEnd.countDown();
        Together.end(first);
        assertThat(Together.end(second)).isInstanceOf(Other.class);
    }

    @Test
    void whenTheFirstOfTwoIsRefusedTheSecondIsFresh() {
        var mayEnd = new CountDownLatch(1);
        var first = acceptAndWait(mayEnd, new Undo<>(true));
        var second = claim(AcceptedSample.bodyOf(MESSAGE));
        database.awaitWaitingForALock(1);
        mayEnd.countDown();
        Together.end(first);
        assertThat(Together.end(second)).isInstanceOf(Fresh.class);
    }

    @Test
    void nothingOfTheContentLiesReadableInTheDatabase() {
        accept();
        var everything = database.owner().withHandle(handle -> handle.createQuery("""
                SELECT row_to_json(message)::text || row_to_json(decision)::text
                  FROM message JOIN decision USING (sender, message_id)""").mapTo(String.class).list().toString());
        assertThat(everything).doesNotContain("blauw oog", "bij haar zus", "er is iets gebeurd");
        assertThat(kept().ciphertext()).satisfies(
                bytes -> assertThat(new String(bytes, UTF_8)).doesNotContain("envelope"));
    }

    /** What can be guessed could be compared with it, for as long as it is kept. */
    @Test
    void noDigestOfTheContentIsWithoutItsSalt() {
        accept();
        var everything = database.owner().withHandle(handle -> handle.createQuery("""
                SELECT row_to_json(message)::text || row_to_json(message_claim)::text
                  FROM message JOIN message_claim USING (sender, message_id)""").mapTo(String.class).one());
        assertThat(everything)
                .doesNotContain(HexFormat.of().formatHex(Digest.of(AcceptedSample.bodyOf(MESSAGE)).bytes()));
    }

    @Test
    void theEnvelopeTheSenderSignedComesBackByteForByte() {
        accept();
        assertThat(vault.open(ID, ContentVault.messageRow(Chain.POLICE, MESSAGE), kept()))
                .isEqualTo(AcceptedSample.envelopeOf(MESSAGE));
    }

    @Test
    void aDecisionIsKeptWithItsRulingsPoliciesAndWhatWasLeftOut() {
        accept();
        var rows = database.owner().withHandle(handle -> handle.createQuery("""
                SELECT function || ' ' || outcome || ' ' || coalesce(code, '-') || ' ' || omitted::text || ' '
                       || jsonb_array_length(rulings) FROM decision ORDER BY position""").mapTo(String.class).list());
        assertThat(rows).containsExactly("VEILIG_THUIS PERMIT - {persoon/letsel} 2", "ZC_UHG DENY KP-5104 {} 0");
    }

    @Test
    void theStatusOfAMessageNamesEachReceiverInOrder() {
        accept();
        var found = status.of(Chain.POLICE, MESSAGE).orElseThrow();
        assertThat(found.caseId()).isEqualTo(ID);
        assertThat(found.receivers()).extracting(ReceiverStatus::function)
                .containsExactly(Optional.of(Chain.VEILIG_THUIS), Optional.of(Chain.ZC_UHG));
        assertThat(found.receivers().get(1)).as("the sender named no organisation").isEqualTo(
                new ReceiverStatus(Optional.empty(), Optional.of(Chain.ZC_UHG), Standing.GEWEIGERD, OPENED,
                        Optional.of(Reason.RECEIVER_NOT_IN_CASE.code())));
    }

    @Test
    void nobodyLearnsTheStatusOfTheMessageOfAnother() {
        accept();
        assertThat(status.of(Chain.SAFE_AT_HOME, MESSAGE)).isEmpty();
    }

    private void accept() {
        database.transaction().inOne(() -> new Keep<>(keep()));
    }

    private boolean keep() {
        cases.create(SampleCase.opened(ID, "THV-1"));
        var accepted = AcceptedSample.message(MESSAGE, ID, OPENED);
        messages.claim(Chain.POLICE, MESSAGE, accepted.message().verified().body());
        messages.keep(accepted);
        return true;
    }

    private CompletableFuture<Boolean> acceptAndWait(CountDownLatch mayEnd, Ending<Boolean> ending) {
        var claimed = new CountDownLatch(1);
        var first = Together.begin(() -> database.transaction().inOne(() -> {
            keep();
            claimed.countDown();
            Together.await(mayEnd);
            return ending;
        }));
        Together.await(claimed);
        return first;
    }

    private CompletableFuture<Claim> claim(byte[] body) {
        return Together.begin(() -> database.transaction()
                .inOne(() -> new Undo<>(messages.claim(Chain.POLICE, MESSAGE, body))));
    }

    private SealedContent kept() {
        List<SealedContent> rows = database.owner().withHandle(handle -> handle
                .createQuery("SELECT key_wrapped, envelope FROM message")
                .map((row, context) -> new SealedContent(row.getBytes("key_wrapped"), row.getBytes("envelope")))
                .list());
        return rows.getFirst();
    }
}
