package nl.ketenpoort.partnerclient;

/** The gateway refuses an operation other than sending; its refusal is signed and verified. */
public final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Refused refused;

    RefusedException(Refused refused) {
        super(refused.code() + ": " + refused.text());
        this.refused = refused;
    }

    /** Code, text and what would be possible. */
    public Refused refused() {
        return refused;
    }
}
