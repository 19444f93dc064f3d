package nl.ketenpoort.messagetype.xml;

/** Why the gateway does not start: which file of {@code message-schemas} is wrong, and what to do about it. */
final class BrokenCatalogue {

    private BrokenCatalogue() {}

    static IllegalStateException in(String path, String what, String remedy) {
        return new IllegalStateException(message(path, what, remedy));
    }

    static IllegalStateException in(String path, Exception cause, String remedy) {
        return new IllegalStateException(message(path, String.valueOf(cause.getMessage()), remedy), cause);
    }

    private static String message(String path, String what, String remedy) {
        return "message-schemas/" + path + ": " + what + ". What to do: " + remedy + ".";
    }
}
