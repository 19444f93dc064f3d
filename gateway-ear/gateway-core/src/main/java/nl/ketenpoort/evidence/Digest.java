package nl.ketenpoort.evidence;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * A SHA-256 value (FIPS 180-4).
 *
 * @param bytes 32 bytes
 */
public record Digest(byte[] bytes) {

    /**
     * Copies the bytes.
     *
     * @throws IllegalArgumentException if there are not 32
     */
    public Digest {
        if (bytes.length != 32) {
            throw new IllegalArgumentException("a SHA-256 value has 32 bytes");
        }
        bytes = bytes.clone();
    }

    /** Digest of the parts one after the other. */
    public static Digest of(byte[]... parts) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                sha.update(part);
            }
            return new Digest(sha.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Reads base64. */
    public static Digest parse(String base64) {
        return new Digest(Base64.getDecoder().decode(base64));
    }

    /** The bytes, a copy. */
    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    /** In base64, as in receipts. */
    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest(byte[] theirs) && MessageDigest.isEqual(bytes, theirs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return base64();
    }
}
