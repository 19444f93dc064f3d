package nl.ketenpoort.acceptancetests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import org.junit.jupiter.api.Test;

import nl.ketenpoort.demonstration.Region;

/**
 * Power cuts under load. What is said of one message is asked of every message afterwards, so a run is worth as much as
 * the number of its kills: {@code deploy/crash-test --kills N} asks for more.
 *
 * <pre>
 * -Dketenpoort.crash.kills=N             kills of the only server; 20 if not said
 * -Dketenpoort.crash.database-kills=N    kills of the database; 5 if not said
 * -Dketenpoort.crash.kills-of-two=N      kills of one of two servers; 3 if not said
 * -Dketenpoort.crash.seed=N              the moments of an earlier run
 * </pre>
 */
class CrashIT {

    private static final int KILLS = Integer.getInteger("ketenpoort.crash.kills", 20);
    private static final int DATABASE_KILLS = Integer.getInteger("ketenpoort.crash.database-kills", 5);
    private static final int KILLS_OF_TWO = Integer.getInteger("ketenpoort.crash.kills-of-two", 3);

    @Test
    void nothingIsLostOrSeenTwiceWhenTheOnlyServerAndTheDatabaseAreKilled() throws Exception {
        try (var region = CrashRun.region(Region.in(freshDirectory("one-server")));
                var run = new CrashRun(region, random())) {
            run.killing(KILLS, DATABASE_KILLS).assertNothingIsLostOrDoubled();
        }
    }

    @Test
    void ofTwoServersOneIsKilledAndTheOtherGoesOn() throws Exception {
        try (var region = CrashRun.region(Region.in(freshDirectory("two-servers"), 2));
                var run = new CrashRun(region, random())) {
            run.killing(KILLS_OF_TWO, 0).assertNothingIsLostOrDoubled();
        }
    }

    private static Random random() {
        long seed = Long.getLong("ketenpoort.crash.seed", System.nanoTime());
        System.out.println("Seed of the moments: -Dketenpoort.crash.seed=" + seed);
        return new Random(seed);
    }

    private static Path freshDirectory(String name) throws IOException {
        return Files.createTempDirectory(Files.createDirectories(Path.of("target", "regions")), "crash-" + name + "-")
                .toAbsolutePath();
    }
}
