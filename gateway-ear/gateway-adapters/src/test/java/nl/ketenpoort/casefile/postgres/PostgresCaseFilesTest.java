package nl.ketenpoort.casefile.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import nl.ketenpoort.casefile.CaseFile;
import nl.ketenpoort.casefile.CaseFiles;
import nl.ketenpoort.casefile.CaseFilesContract;
import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.casefile.Phase;
import nl.ketenpoort.casefile.SampleCase;
import nl.ketenpoort.transaction.Transaction;
import nl.ketenpoort.transaction.Transaction.Keep;
import nl.ketenpoort.transaction.Transaction.Undo;
import nl.ketenpoort.transaction.jdbc.TestDatabase;
import nl.ketenpoort.transaction.jdbc.Together;

class PostgresCaseFilesTest implements CaseFilesContract {

    private final TestDatabase database = TestDatabase.withPartners();
    private final CaseFiles cases = CasefilePostgresWiring.cases(database.server());

    @Override
    public CaseFiles cases() {
        return cases;
    }

    @Override
    public Transaction transaction() {
        return database.transaction();
    }

    @Test
    void whoeverLocksACaseSeesWhatTheOneBeforeHimDid() {
        database.transaction().inOne(() -> new Keep<>(cases.create(SampleCase.opened(ID, "THV-1"))));
        var locked = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var first = Together.begin(() -> database.transaction().inOne(() -> {
            cases.lock(ID);
            locked.countDown();
            cases.setPhase(ID, Phase.VERLENGD, SampleCase.OPENED);
            Together.await(mayEnd);
            return new Keep<>(true);
        }));
        Together.await(locked);
        var second = Together.begin(() -> database.transaction().inOne(() -> new Keep<>(cases.lock(ID))));
        database.awaitWaitingForALock(1);
        assertThat(database.transaction().inOne(() -> new Keep<>(cases.read(ID))).map(CaseFile::phase))
                .as("reading waits for nobody").contains(Phase.OPEN);
        mayEnd.countDown();
        Together.end(first);
        assertThat(Together.end(second).map(CaseFile::phase)).contains(Phase.VERLENGD);
    }

    @Test
    void ofTwoThatOpenACaseForOneDecisionAtOnceTheSecondWaitsAndIsTold() {
        var created = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var first = Together.begin(() -> database.transaction().inOne(() -> {
            var made = cases.create(SampleCase.opened(ID, "THV-1"));
            created.countDown();
            Together.await(mayEnd);
            return new Keep<>(made);
        }));
        Together.await(created);
        var other = new CaseId(UUID.randomUUID());
        var second = Together.begin(() -> database.transaction()
                .inOne(() -> new Keep<>(cases.create(SampleCase.opened(other, "THV-1")))));
        database.awaitWaitingForALock(1);
        mayEnd.countDown();
        assertThat(List.of(Together.end(first), Together.end(second))).containsExactly(true, false);
    }

    @Test
    void ofTwoThatOpenACaseForOneDecisionAtOnceTheSecondSucceedsWhenTheFirstIsUndone() {
        var created = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var first = Together.begin(() -> database.transaction().inOne(() -> {
            var made = cases.create(SampleCase.opened(ID, "THV-1"));
            created.countDown();
            Together.await(mayEnd);
            return new Undo<>(made);
        }));
        Together.await(created);
        var other = new CaseId(UUID.randomUUID());
        var second = Together.begin(() -> database.transaction()
                .inOne(() -> new Keep<>(cases.create(SampleCase.opened(other, "THV-1")))));
        database.awaitWaitingForALock(1);
        mayEnd.countDown();
        Together.end(first);
        assertThat(Together.end(second)).isTrue();
    }
}
