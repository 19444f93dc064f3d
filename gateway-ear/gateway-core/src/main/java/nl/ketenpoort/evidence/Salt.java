package nl.ketenpoort.evidence;

import java.util.Base64;

/**
 * 32 random bytes that keep a digest from being guessed. Whoever destroys them leaves a commitment that says nothing.
 *
 * @param bytes 32 bytes
 */
public record Salt(byte[] bytes) {

    /**
     * Copies the bytes.
     *
     * @throws IllegalArgumentException if there are not 32
     */
    public Salt {
        if (bytes.length != 32) {
            throw new IllegalArgumentException("a salt has 32 bytes");
        }
        bytes = bytes.clone();
    }

    /** The bytes, a copy. */
    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Digest of the salt and then the data. */
    public Digest commit(byte[] data) {
        return Digest.of(bytes, data);
    }

    /** In base64, as in receipts. */
    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "Salt";
    }
}
