package nl.ketenpoort.safekeeping;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.signature.MessageId;

/** Encrypts what is kept. A ciphertext opens only for the case and the row it was made for. */
public interface ContentVault {

    /**
     * Encrypts under a fresh key, which is wrapped by the key of the case; the case gets its key with its first content.
     *
     * @param caseId case
     * @param row what the content belongs to; bound to the ciphertext
     */
    SealedContent seal(CaseId caseId, String row, byte[] content);

    /**
     * Opens what was sealed for this case and row.
     *
     * @throws VaultClosed if the key of the case is there and does not open: a fault of configuration
     * @throws IllegalStateException if it was altered, moved to another row, or its key is destroyed
     */
    byte[] open(CaseId caseId, String row, SealedContent sealed);

    /** The row of an accepted message. */
    static String messageRow(Oin sender, MessageId id) {
        return "message|" + sender + "|" + id;
    }

    /**
     * Encrypted content.
     *
     * @param wrappedKey content key under the key of the case
     * @param ciphertext content under the content key
     */
    record SealedContent(byte[] wrappedKey, byte[] ciphertext) {

        @Override
        public String toString() {
            return "SealedContent";
        }
    }
}
