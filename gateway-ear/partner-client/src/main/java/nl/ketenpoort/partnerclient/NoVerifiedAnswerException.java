package nl.ketenpoort.partnerclient;

import java.io.IOException;

/**
 * There is no answer that provably comes from the gateway: no connection, none in time, or one whose signature,
 * encryption, RelatesTo, confirmation or receipt does not hold. Whether the gateway has the message is unknown: send
 * the same content again under the same MessageID.
 */
public final class NoVerifiedAnswerException extends IOException {

    private static final long serialVersionUID = 1L;

    NoVerifiedAnswerException(String message, Throwable cause) {
        super(message, cause);
    }

    NoVerifiedAnswerException(String message) {
        super(message);
    }
}
