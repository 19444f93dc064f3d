package nl.ketenpoort.partnerclient;

import java.util.Base64;

/** Thirty-two bytes, SHA-256 or salt, in base64. Refuses anything else. */
public record Digest(String base64) {

    private static final int LENGTH = 32;

    /** Takes base64 with or without white space, as XML allows; keeps it without. */
    public Digest {
        byte[] bytes = Base64.getMimeDecoder().decode(base64);
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("A digest has 32 bytes, not " + bytes.length);
        }
        base64 = Base64.getEncoder().encodeToString(bytes);
    }

    static Digest of(byte[] bytes) {
        return new Digest(Base64.getEncoder().encodeToString(bytes));
    }

    /** A copy. */
    public byte[] bytes() {
        return Base64.getDecoder().decode(base64);
    }
}
