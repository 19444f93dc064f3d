package nl.ketenpoort.evidence.random;

import java.security.SecureRandom;
import java.util.UUID;

import nl.ketenpoort.evidence.Randomness;
import nl.ketenpoort.evidence.Salt;

final class SecureRandomness implements Randomness {

    private static final int SALT_BYTES = 32;

    private final SecureRandom random = new SecureRandom();

    @Override
    public Salt salt() {
        var bytes = new byte[SALT_BYTES];
        random.nextBytes(bytes);
        return new Salt(bytes);
    }

    @Override
    public UUID id() {
        return UUID.randomUUID();
    }
}
