package nl.ketenpoort.consent.postgres;

import static nl.ketenpoort.casefile.SampleCase.HER;
import static nl.ketenpoort.casefile.SampleCase.OPENED;
import static nl.ketenpoort.casefile.SampleCase.SAFE_AT_HOME;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import nl.ketenpoort.casefile.CaseFiles;
import nl.ketenpoort.casefile.SampleCase;
import nl.ketenpoort.casefile.postgres.CasefilePostgresWiring;
import nl.ketenpoort.consent.Consent;
import nl.ketenpoort.consent.ConsentRegister;
import nl.ketenpoort.consent.ConsentRegisterContract;
import nl.ketenpoort.messagetype.Category;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.partner.Chain;
import nl.ketenpoort.transaction.Transaction;
import nl.ketenpoort.transaction.Transaction.Keep;
import nl.ketenpoort.transaction.jdbc.TestDatabase;
import nl.ketenpoort.transaction.jdbc.Together;
import nl.ketenpoort.validation.PartnerRequest.RegisterConsent;

class PostgresConsentRegisterTest implements ConsentRegisterContract {

    private final TestDatabase database = TestDatabase.withPartners();
    private final ConsentRegister consents = ConsentPostgresWiring.register(database.server());
    private final CaseFiles cases = CasefilePostgresWiring.cases(database.server());

    @Override
    public ConsentRegister consents() {
        return consents;
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
    void aWithdrawalWaitsForWhoeverIsAboutToGiveSomethingOnItsGround() {
        var id = registered();
        var locked = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var giving = Together.begin(() -> database.transaction().inOne(() -> {
            var read = consents.lockedForReading(ID);
            locked.countDown();
            Together.await(mayEnd);
            return new Keep<>(read.getFirst().withdrawn());
        }));
        Together.await(locked);
        var withdrawal = Together.begin(() -> database.transaction()
                .inOne(() -> new Keep<>(consents.withdraw(ID, id, false, NOW))));
        database.awaitWaitingForALock(1);
        mayEnd.countDown();
        assertThat(Together.end(giving)).isEmpty();
        assertThat(Together.end(withdrawal)).isTrue();
    }

    @Test
    void severalMayGiveOnItsGroundAtOnce() {
        registered();
        var both = new CountDownLatch(2);
        var first = Together.begin(() -> giveTogether(both));
        var second = Together.begin(() -> giveTogether(both));
        assertThat(Together.end(first)).isEqualTo(1);
        assertThat(Together.end(second)).isEqualTo(1);
    }

    @Test
    void whoeverReadsWhileAWithdrawalIsUnderWaySeesHowItEnded() {
        var id = registered();
        var withdrawn = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var withdrawal = Together.begin(() -> database.transaction().inOne(() -> {
            consents.withdraw(ID, id, false, NOW);
            withdrawn.countDown();
            Together.await(mayEnd);
            return new Keep<>(true);
        }));
        Together.await(withdrawn);
        var giving = Together.begin(() -> database.transaction()
                .inOne(() -> new Keep<>(consents.lockedForReading(ID))));
        database.awaitWaitingForALock(1);
        mayEnd.countDown();
        Together.end(withdrawal);
        assertThat(Together.end(giving)).extracting(Consent::withdrawn).containsExactly(Optional.of(NOW));
    }

    private int giveTogether(CountDownLatch both) {
        return database.transaction().inOne(() -> {
            var read = consents.lockedForReading(ID).size();
            both.countDown();
            Together.await(both);
            return new Keep<>(read);
        });
    }

    private UUID registered() {
        var id = UUID.randomUUID();
        database.transaction().inOne(() -> {
            cases.create(SampleCase.opened(ID, "THV-1"));
            consents.register(id, new RegisterConsent(ID, Chain.VEILIG_THUIS, HER, RegisterConsent.Giver.BETROKKENE,
                    new Purpose("HULPVERLENING"), Chain.any(Chain.POLITIE), Chain.any(Chain.ZC_UHG), Set.of(Category.H),
                    OPENED, UNTIL, RegisterConsent.Framework.VRIJWILLIG, "nl", false, RegisterConsent.Form.MONDELING,
                    Optional.empty(), false), SAFE_AT_HOME, OPENED);
            return new Keep<>(true);
        });
        return id;
    }
}
