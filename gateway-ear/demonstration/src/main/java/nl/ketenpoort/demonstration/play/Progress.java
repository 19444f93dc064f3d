package nl.ketenpoort.demonstration.play;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Says that something takes its time: nothing for what is done within two seconds; on a terminal one line that counts,
 * elsewhere a line after two seconds, every ten more, and at the end.
 */
public final class Progress implements AutoCloseable {

    private static final long QUIET_SECONDS = 2;
    private static final long SPOKEN_EVERY = 10;
    private static final int NARROW = 78;

    private final PrintStream out;
    private final boolean terminal;
    private final ScheduledExecutorService ticker = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
    private Optional<Running> running = Optional.empty();

    private record Running(String what, long since, ScheduledFuture<?> ticking, boolean announced) {

        long seconds() {
            return Duration.ofNanos(System.nanoTime() - since).toSeconds();
        }
    }

    /** @param terminal whether a line can be written over */
    public Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** This has begun, and what was under way before is done. */
    public synchronized void begins(String what) {
        begins(what, true);
    }

    /** As {@link #begins(String)}, but whoever waits for it tells the end himself. */
    public synchronized void waits(String what) {
        begins(what, false);
    }

    private void begins(String what, boolean announced) {
        done();
        var ticking = ticker.scheduleAtFixedRate(this::tick, QUIET_SECONDS, terminal ? 1 : SPOKEN_EVERY,
                TimeUnit.SECONDS);
        running = Optional.of(new Running(what, System.nanoTime(), ticking, announced));
    }

    /** What was waited for is there. */
    public synchronized void waited() {
        running.filter(now -> !now.announced()).ifPresent(now -> done());
    }

    /** What was under way is done. */
    public synchronized void done() {
        running.ifPresent(now -> {
            now.ticking().cancel(false);
            if (now.seconds() >= QUIET_SECONDS && now.announced()) {
                line(now, String.format(Locale.ROOT, "klaar na %d s", now.seconds()), true);
            } else if (now.seconds() >= QUIET_SECONDS && terminal) {
                out.print("\r\u001b[K");
                out.flush();
            }
        });
        running = Optional.empty();
    }

    private synchronized void tick() {
        running.ifPresent(now -> line(now, now.seconds() + " s ...", false));
    }

    private void line(Running now, String state, boolean last) {
        String text = "  " + now.what() + ": " + state;
        if (terminal) {
            // What is wider than the terminal could not be written over.
            out.print("\r\u001b[K" + text.substring(Math.max(0, text.length() - NARROW))
                    + (last ? System.lineSeparator() : ""));
        } else {
            out.println(text);
        }
        out.flush();
    }

    @Override
    public void close() {
        done();
        ticker.shutdownNow();
    }
}
