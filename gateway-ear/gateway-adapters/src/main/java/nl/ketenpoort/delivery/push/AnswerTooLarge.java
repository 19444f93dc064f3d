package nl.ketenpoort.delivery.push;

import java.io.IOException;

/** A partner answered more than an answer can be. */
final class AnswerTooLarge extends IOException {

    AnswerTooLarge(int mostBytes) {
        super("An answer of more than " + mostBytes + " bytes");
    }
}
