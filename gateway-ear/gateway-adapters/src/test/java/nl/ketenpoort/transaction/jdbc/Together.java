package nl.ketenpoort.transaction.jdbc;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Two that work at the same time. */
public final class Together {

    private static final long PATIENCE_SECONDS = 30;

    private Together() {}

    /** Begins to work in a thread of its own. */
    public static <T> CompletableFuture<T> begin(Callable<T> work) {
        var result = new CompletableFuture<T>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                result.complete(work.call());
            } catch (Throwable failure) {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }

    /** What came out of it. */
    public static <T> T end(CompletableFuture<T> work) {
        try {
            return work.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw new IllegalStateException("the other failed", failure.getCause());
        } catch (TimeoutException failure) {
            throw new AssertionError("the other never ended", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Waits for a sign of the other. */
    public static void await(CountDownLatch sign) {
        try {
            if (!sign.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the other gave no sign");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
