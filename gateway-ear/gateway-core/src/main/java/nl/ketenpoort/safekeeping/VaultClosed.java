package nl.ketenpoort.safekeeping;

/**
 * The key of a case does not open under the master key, most likely because the gateway was given another one. Nothing is
 * known of the content then, and what is done about content that is spoilt for good would be wrong.
 */
public final class VaultClosed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With the cause. */
    public VaultClosed(Throwable cause) {
        super("the key of a case does not open: is this the master key it was made under?", cause);
    }
}
