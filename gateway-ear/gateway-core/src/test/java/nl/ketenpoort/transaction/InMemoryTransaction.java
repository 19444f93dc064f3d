package nl.ketenpoort.transaction;

import java.util.List;
import java.util.function.Supplier;

/** One transaction at a time over stores in memory: what is not kept is really undone. */
public final class InMemoryTransaction implements Transaction {

    private final List<Undoable> stores;
    private boolean underWay;
    private boolean commits = true;
    private boolean answers = true;

    public InMemoryTransaction(Undoable... stores) {
        this.stores = List.of(stores);
    }

    @Override
    public <T> T inOne(Supplier<Ending<T>> work) {
        if (underWay) {
            throw new IllegalStateException("A transaction inside a transaction would commit on its own");
        }
        underWay = true;
        var before = stores.stream().map(Undoable::remember).toList();
        boolean kept = false;
        try {
            var ending = work.get();
            if (ending instanceof Keep<T> && !commits) {
                throw StoreUnavailable.beforeTheCommit(new IllegalStateException("the database is gone"));
            }
            kept = ending instanceof Keep<T>;
            if (kept && !answers) {
                throw StoreUnavailable.duringTheCommit(new IllegalStateException("the connection is gone"));
            }
            return ending.value();
        } finally {
            underWay = false;
            if (!kept) {
                before.forEach(Runnable::run);
            }
        }
    }

    /** Whether some work is between begin and end. */
    public boolean isUnderWay() {
        return underWay;
    }

    /** From now on nothing commits. */
    public void databaseIsGone() {
        commits = false;
    }

    /** From now on what is committed is kept, and nobody hears so. */
    public void commitsAreNotAnswered() {
        answers = false;
    }

    /** From now on it commits again. */
    public void databaseIsBack() {
        answers = true;
        commits = true;
    }
}
