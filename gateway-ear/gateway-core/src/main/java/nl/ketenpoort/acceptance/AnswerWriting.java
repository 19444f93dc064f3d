package nl.ketenpoort.acceptance;

import java.time.Instant;

import nl.ketenpoort.acceptance.Outcome.Rejected;
import nl.ketenpoort.partner.Oin;

/** Writes the elements of answers as the envelope's schema has them, UTF-8. */
public interface AnswerWriting {

    /** {@code verzendenAntwoord} around a stored receipt, which is repeated byte for byte. */
    byte[] receipt(byte[] receipt);

    /** {@code fout}: code, description, remedy, reference, and the decision per receiver if it came that far. */
    byte[] fault(Rejected rejected);

    /** {@code testoproepAntwoord}. */
    byte[] test(String text, Instant receivedAt, Oin oin);
}
