package nl.ketenpoort.safekeeping.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.casefile.SampleCase;
import nl.ketenpoort.casefile.postgres.CasefilePostgresWiring;
import nl.ketenpoort.safekeeping.ContentVault;
import nl.ketenpoort.safekeeping.ContentVault.SealedContent;
import nl.ketenpoort.safekeeping.VaultClosed;
import nl.ketenpoort.transaction.Transaction.Keep;
import nl.ketenpoort.transaction.jdbc.TestDatabase;
import nl.ketenpoort.transaction.jdbc.Together;

class PostgresContentVaultTest {

    private static final CaseId ID = new CaseId(UUID.fromString("5d0f3a52-1111-4222-8333-9b6f2d1f0e77"));
    private static final CaseId OTHER = new CaseId(UUID.fromString("5d0f3a52-1111-4222-8333-9b6f2d1f0e78"));
    private static final byte[] CONTENT = "Zij woont bij haar zus.".getBytes(UTF_8);

    private final TestDatabase database = TestDatabase.withPartners();
    private final ContentVault vault = database.vault();

    @BeforeEach
    void twoCases() {
        var cases = CasefilePostgresWiring.cases(database.server());
        database.transaction().inOne(() -> new Keep<>(cases.create(SampleCase.opened(ID, "THV-1"))
                && cases.create(SampleCase.opened(OTHER, "THV-2"))));
    }

    @Test
    void whatIsSealedOpensForItsCaseAndRow() {
        assertThat(vault.open(ID, "row", vault.seal(ID, "row", CONTENT))).isEqualTo(CONTENT);
        assertThat(vault.open(ID, "row", vault.seal(ID, "row", new byte[0]))).isEmpty();
    }

    @Test
    void theSameContentIsNeverSealedTheSameTwice() {
        var one = vault.seal(ID, "row", CONTENT);
        var other = vault.seal(ID, "row", CONTENT);
        assertThat(one.ciphertext()).isNotEqualTo(other.ciphertext());
        assertThat(one.wrappedKey()).isNotEqualTo(other.wrappedKey());
        assertThat(new String(one.ciphertext(), UTF_8)).doesNotContain("zus");
    }

    @Test
    void whatWasAlteredInAnyByteDoesNotOpen() {
        var sealed = vault.seal(ID, "row", CONTENT);
        for (int place = 0; place < sealed.ciphertext().length; place++) {
            assertDoesNotOpen("row", new SealedContent(sealed.wrappedKey(), altered(sealed.ciphertext(), place)));
        }
        for (int place = 0; place < sealed.wrappedKey().length; place++) {
            assertDoesNotOpen("row", new SealedContent(altered(sealed.wrappedKey(), place), sealed.ciphertext()));
        }
    }

    @Test
    void whatWasCutShortDoesNotOpen() {
        var sealed = vault.seal(ID, "row", CONTENT);
        assertDoesNotOpen("row", new SealedContent(sealed.wrappedKey(),
                Arrays.copyOf(sealed.ciphertext(), sealed.ciphertext().length - 1)));
    }

    @Test
    void whatWasMovedToAnotherRowOrCaseDoesNotOpen() {
        var sealed = vault.seal(ID, "row", CONTENT);
        vault.seal(OTHER, "row", CONTENT);
        assertDoesNotOpen("row-2", sealed);
        assertThatIllegalStateException().isThrownBy(() -> vault.open(OTHER, "row", sealed));
    }

    @Test
    void theKeyOfOneContentDoesNotOpenAnother() {
        var one = vault.seal(ID, "row", CONTENT);
        var other = vault.seal(ID, "row", CONTENT);
        assertDoesNotOpen("row", new SealedContent(one.wrappedKey(), other.ciphertext()));
    }

    @Test
    void theKeyOfACaseDoesNotOpenAnotherCase() {
        var sealed = vault.seal(ID, "row", CONTENT);
        vault.seal(OTHER, "row", CONTENT);
        database.owner().useHandle(handle -> handle.execute("""
                UPDATE case_key SET wrapped = (SELECT wrapped FROM case_key WHERE case_id = ?) WHERE case_id = ?""",
                OTHER.value(), ID.value()));
        assertThatExceptionOfType(VaultClosed.class).isThrownBy(() -> vault.open(ID, "row", sealed));
    }

    @Test
    void withTheKeyOfTheCaseDestroyedNothingOpens() {
        var sealed = vault.seal(ID, "row", CONTENT);
        database.owner()
                .useHandle(handle -> handle.execute("DELETE FROM case_key WHERE case_id = ?", ID.value()));
        assertThatIllegalStateException().isThrownBy(() -> vault.open(ID, "row", sealed))
                .withMessageContaining("destroyed");
    }

    @Test
    void anotherMasterKeyOpensNothing() {
        var sealed = vault.seal(ID, "row", CONTENT);
        assertThatExceptionOfType(VaultClosed.class)
                .isThrownBy(() -> database.vault("another", 1).open(ID, "row", sealed));
    }

    @Test
    void noFailureShowsContent() {
        var sealed = vault.seal(ID, "row", CONTENT);
        assertThat(sealed).hasToString("SealedContent");
        assertThatIllegalStateException().isThrownBy(() -> vault.open(ID, "row-2", sealed))
                .withMessageNotContaining("zus");
    }

    @Test
    void aCaseHasOneKeyAlsoWhenTwoMakeItAtOnce() {
        var sealedFirst = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var first = Together.begin(() -> database.transaction().inOne(() -> {
            var sealed = vault.seal(ID, "row-1", CONTENT);
            sealedFirst.countDown();
            Together.await(mayEnd);
            return new Keep<>(sealed);
        }));
        Together.await(sealedFirst);
        var second = Together.begin(
                () -> database.transaction().inOne(() -> new Keep<>(vault.seal(ID, "row-2", CONTENT))));
        database.awaitWaitingForALock(1);
        mayEnd.countDown();
        assertThat(vault.open(ID, "row-1", Together.end(first))).isEqualTo(CONTENT);
        assertThat(vault.open(ID, "row-2", Together.end(second))).isEqualTo(CONTENT);
        int keys = database.owner()
                .withHandle(handle -> handle.createQuery("SELECT count(*) FROM case_key").mapTo(Integer.class).one());
        assertThat(keys).isEqualTo(1);
    }

    private void assertDoesNotOpen(String row, SealedContent sealed) {
        assertThatIllegalStateException().isThrownBy(() -> vault.open(ID, row, sealed));
    }

    private static byte[] altered(byte[] bytes, int place) {
        var copy = bytes.clone();
        copy[place] ^= 1;
        return copy;
    }
}
