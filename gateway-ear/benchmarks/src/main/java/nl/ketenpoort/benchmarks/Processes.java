package nl.ketenpoort.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What Linux says of processes: proc(5). Processor time is user and system together, in milliseconds, of ten
 * milliseconds each.
 */
final class Processes {

    private static final int UTIME = 11;
    private static final int CSTIME = 14;
    /** USER_HZ, the same on every Linux that the JDK runs on. */
    private static final int MILLIS_PER_TICK = 10;

    private Processes() {}

    /** Of one process with all of its threads. */
    static long processorMillis(long pid) {
        return ticks(pid, false) * MILLIS_PER_TICK;
    }

    /** Of a process with its children, those that are there and those that have ended. */
    static long processorMillisOfTree(long pid) {
        var children = ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants).map(ProcessHandle::pid);
        return Stream.concat(Stream.of(pid), children).mapToLong(process -> ticks(process, true)).sum()
                * MILLIS_PER_TICK;
    }

    /** Of one process by the names of its threads, numbers left out; Linux keeps fifteen characters of a name. */
    static Map<String, Long> processorMillisByThread(long pid) {
        var millis = new TreeMap<String, Long>();
        try (var threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (var thread : threads.toList()) {
                nameOf(thread)
                        .ifPresent(name -> millis.merge(name, ticks(thread.resolve("stat"), false) * MILLIS_PER_TICK,
                                Long::sum));
            }
            return millis;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Empty if the thread has ended meanwhile. */
    private static Optional<String> nameOf(Path thread) {
        try {
            return Optional.of(
                    Files.readString(thread.resolve("comm")).strip().replaceAll("[\\d-]+$|#?\\d+", ""));
        } catch (IOException ended) {
            return Optional.empty();
        }
    }

    private static long ticks(long pid, boolean withEndedChildren) {
        return ticks(Path.of("/proc", Long.toString(pid), "stat"), withEndedChildren);
    }

    private static long ticks(Path file, boolean withEndedChildren) {
        try {
            var stat = Files.readString(file);
            // The name in brackets may hold blanks; utime is the twelfth field after it.
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long sum = 0;
            for (int i = UTIME; i <= (withEndedChildren ? CSTIME : UTIME + 1); i++) {
                sum += Long.parseLong(fields[i]);
            }
            return sum;
        } catch (NoSuchFileException ended) {
            return 0;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Resident memory now. */
    static double residentMegabytes(long pid) {
        return status(pid, "VmRSS:");
    }

    /** The most resident memory there ever was. */
    static double mostResidentMegabytes(long pid) {
        return status(pid, "VmHWM:");
    }

    private static double status(long pid, String name) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElseThrow() / 1024.0;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Whether a file whose name holds this is mapped into the process, as a native library is. */
    static boolean hasMapped(long pid, String name) {
        try (var maps = Files.lines(Path.of("/proc", Long.toString(pid), "maps"))) {
            return maps.anyMatch(line -> line.contains(name));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The postmaster of the database in this directory. */
    static long postmaster(Path databaseDirectory) {
        try (var lines = Files.lines(databaseDirectory.resolve("data/postmaster.pid"))) {
            return Long.parseLong(lines.findFirst().orElseThrow().strip());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
