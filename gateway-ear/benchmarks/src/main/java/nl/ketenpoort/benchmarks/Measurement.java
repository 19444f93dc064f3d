package nl.ketenpoort.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import nl.ketenpoort.benchmarks.Load.Answered;

/** The windows of one line together: more of them, spread over the run, so that no line has the quiet moment alone. */
final class Measurement {

    private final List<Answered> windows = new ArrayList<>();
    private long serverMillis;
    private long databaseMillis;
    private double drainSeconds;

    void add(Answered window, long server, long database, double drained) {
        windows.add(window);
        serverMillis += server;
        databaseMillis += database;
        drainSeconds += drained;
    }

    int messages() {
        return windows.stream().mapToInt(Answered::messages).sum();
    }

    double perSecond() {
        return messages() / windows.stream().mapToDouble(window -> window.elapsed().toNanos() / 1e9).sum();
    }

    double percentile(double part) {
        var all = windows.stream().flatMap(window -> window.millis().stream()).sorted().toList();
        return new Answered(all, Duration.ZERO).percentile(part);
    }

    double serverCpu() {
        return (double) serverMillis / messages();
    }

    double databaseCpu() {
        return (double) databaseMillis / messages();
    }

    double cpu() {
        return serverCpu() + databaseCpu();
    }

    double drainSeconds() {
        return drainSeconds;
    }
}
