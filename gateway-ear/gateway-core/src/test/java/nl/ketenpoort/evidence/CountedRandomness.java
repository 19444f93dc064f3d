package nl.ketenpoort.evidence;

import java.nio.ByteBuffer;
import java.util.UUID;

/** Values that are never the same twice, and the same in every run. */
public final class CountedRandomness implements Randomness {

    private long next = 1;

    @Override
    public Salt salt() {
        return new Salt(ByteBuffer.allocate(32).putLong(24, next++).array());
    }

    @Override
    public UUID id() {
        return new UUID(0x0000_0000_0000_4000L, 0x8000_0000_0000_0000L | next++);
    }
}
