package nl.ketenpoort.transaction;

/** The database is not there, or did not say that it committed; whoever asked is told so (Digikoppeling 0051). */
public final class StoreUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean mayBeStored;

    private StoreUnavailable(Throwable cause, boolean mayBeStored) {
        super("the database is not available", cause);
        this.mayBeStored = mayBeStored;
    }

    /** Before anything was committed: nothing is stored. The message holds nothing of the work. */
    public static StoreUnavailable beforeTheCommit(Throwable cause) {
        return new StoreUnavailable(cause, false);
    }

    /** The commit was asked for and not answered: whether it is durable, a repeated request tells. */
    public static StoreUnavailable duringTheCommit(Throwable cause) {
        return new StoreUnavailable(cause, true);
    }

    /** Whether the work may be stored all the same. */
    public boolean mayBeStored() {
        return mayBeStored;
    }
}
