package nl.ketenpoort.evidence.random;

import nl.ketenpoort.evidence.Randomness;

/** The door of this package, for the composition root alone. */
public final class RandomWiring {

    private RandomWiring() {}

    /** Values of the platform's secure random generator. */
    public static Randomness randomness() {
        return new SecureRandomness();
    }
}
