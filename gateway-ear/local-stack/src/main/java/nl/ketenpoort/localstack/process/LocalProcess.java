package nl.ketenpoort.localstack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A running program, whose output goes to a file. It is ended together with the children it has, and nothing else. */
public final class LocalProcess {

    private static final long CHECK_EVERY_MILLIS = 25;
    private static final int LINES_TO_SHOW = 40;

    private final String name;
    private final Process process;
    private final Path output;

    private LocalProcess(String name, Process process, Path output) {
        this.name = name;
        this.process = process;
        this.output = output;
    }

    /** Starts the command in the directory with the extra environment; output is added to the file. */
    public static LocalProcess start(String name, List<String> command, Path directory,
            Map<String, String> environment, Path output) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return new LocalProcess(name, process, output);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + name, e);
        }
    }

    /** Runs the command to its end; refuses when it takes longer than allowed or ends with another status than zero. */
    public static void run(String name, List<String> command, Path directory, Map<String, String> environment,
            Path output, Duration allowed) {
        LocalProcess started = start(name, command, directory, environment, output);
        started.awaitEnd(allowed);
        if (started.process.exitValue() != 0) {
            throw new IllegalStateException(
                    name + " ended with status " + started.process.exitValue() + ":\n" + started.lastOutput());
        }
    }

    /** Of the program itself. */
    public long pid() {
        return process.pid();
    }

    /** Whether it has not ended yet. */
    public boolean isRunning() {
        return process.isAlive();
    }

    /**
     * Returns once the condition holds. Refuses as soon as the program has ended, and when the condition does not hold
     * within the time allowed; the message then shows the last lines of output.
     */
    public void await(String what, Duration allowed, BooleanSupplier condition) {
        long deadline = System.nanoTime() + allowed.toNanos();
        while (!condition.getAsBoolean()) {
            if (endsWithin(CHECK_EVERY_MILLIS)) {
                throw new IllegalStateException(name + " ended with status " + process.exitValue() + " before " + what
                        + ":\n" + lastOutput());
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        name + ": no " + what + " within " + allowed.toSeconds() + " s:\n" + lastOutput());
            }
        }
    }

    /** Asks it to end (SIGTERM) and kills it when it has not within the time allowed. */
    public void stop(Duration allowed) {
        process.destroy();
        if (!endsWithin(allowed.toMillis())) {
            kill();
        }
    }

    /** SIGKILL to it and to every child; returns when all are gone. */
    public void kill() {
        // The parent first, so that it starts no other child; the children are asked for before they lose it.
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
        children.forEach(child -> child.onExit().join());
    }

    /** Returns when it has ended by itself; kills it and refuses when that takes longer than allowed. */
    public void awaitEnd(Duration allowed) {
        if (!endsWithin(allowed.toMillis())) {
            kill();
            throw new IllegalStateException(
                    name + " did not end within " + allowed.toSeconds() + " s:\n" + lastOutput());
        }
    }

    /** The last lines it wrote. */
    public String lastOutput() {
        return lastLines(output);
    }

    /** The last lines of a file; empty when it is not there. */
    public static String lastLines(Path file) {
        if (!Files.exists(file)) {
            return "";
        }
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            List<String> all = lines.toList();
            return all.stream().skip(Math.max(0, all.size() - LINES_TO_SHOW)).collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean endsWithin(long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + name, e);
        }
    }
}
