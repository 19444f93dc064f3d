package nl.ketenpoort.operator;

/** The question or the settings are wrong, and nothing was done. The message says in Dutch what to do. */
final class MisuseException extends RuntimeException {

    MisuseException(String message) {
        super(message);
    }
}
