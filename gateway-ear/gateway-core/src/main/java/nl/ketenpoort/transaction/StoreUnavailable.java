package nl.ketenpoort.transaction;

/** The database is not there, or did not commit: nothing is stored and the sender is told so (Digikoppeling 0051). */
public final class StoreUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With the cause; the message holds nothing of the work. */
    public StoreUnavailable(Throwable cause) {
        super("the database is not available", cause);
    }
}
