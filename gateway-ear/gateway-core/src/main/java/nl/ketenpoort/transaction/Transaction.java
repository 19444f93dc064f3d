package nl.ketenpoort.transaction;

import java.util.function.Supplier;

/** One database transaction. No network call is made inside. */
public interface Transaction {

    /**
     * Does the work in one transaction of its own.
     *
     * @return the value of the ending, after the commit is durable or everything is undone
     * @throws StoreUnavailable if the database cannot be reached, or does not say that it committed; it tells whether
     *         something may be stored
     */
    <T> T inOne(Supplier<Ending<T>> work);

    /** How the work wants to end. */
    sealed interface Ending<T> {

        /** What comes out of it. */
        T value();
    }

    /** Keep what was done. */
    record Keep<T>(T value) implements Ending<T> {}

    /** Undo what was done. */
    record Undo<T>(T value) implements Ending<T> {}
}
