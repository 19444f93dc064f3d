package nl.ketenpoort.signature.wss4j;

import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;

/**
 * Leaves the examination of a message with a refusal. It never leaves this package: it is an exception only because the
 * parser and WSS4J in between can be left no other way, and it carries no stack because it says nothing about our code.
 */
final class RefusedMessage extends Exception {

    private final transient Refusal refusal;

    RefusedMessage(Refusal refusal) {
        super(refusal.code().toString(), null, false, false);
        this.refusal = refusal;
    }

    RefusedMessage(Reason reason) {
        this(Refusal.of(reason));
    }

    /** @param place an element or header name; never a value that came in */
    RefusedMessage(Reason reason, String place) {
        this(Refusal.of(reason).at(place));
    }

    Refusal refusal() {
        return refusal;
    }
}
