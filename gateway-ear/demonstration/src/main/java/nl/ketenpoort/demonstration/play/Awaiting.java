package nl.ketenpoort.demonstration.play;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Looks until something is so. */
final class Awaiting {

    private static final long LOOK_EVERY_MILLIS = 50;
    private static final ScheduledExecutorService LOOKING = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

    private Awaiting() {}

    /** Whether it was so within the time. */
    static boolean within(Duration longest, BooleanSupplier condition) {
        long end = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            try {
                LOOKING.schedule(() -> {}, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS).get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while waiting", e);
            }
        }
        return true;
    }
}
