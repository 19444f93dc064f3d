package nl.ketenpoort.evidence;

import java.util.UUID;

/** Where unpredictable values come from. */
public interface Randomness {

    /** A fresh salt. */
    Salt salt();

    /** A fresh random id. */
    UUID id();
}
