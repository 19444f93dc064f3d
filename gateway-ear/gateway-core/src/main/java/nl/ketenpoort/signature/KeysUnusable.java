package nl.ketenpoort.signature;

/**
 * The gateway cannot sign with a key of its own now: the store of keys is not there, or does not do it. It is no fault of
 * what was to be signed, and passes.
 */
public final class KeysUnusable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With the cause. */
    public KeysUnusable(Throwable cause) {
        super("the gateway cannot sign with its key", cause);
    }
}
