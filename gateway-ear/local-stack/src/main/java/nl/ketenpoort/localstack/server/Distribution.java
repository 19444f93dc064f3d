package nl.ketenpoort.localstack.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.ketenpoort.localstack.process.LocalProcess;

/**
 * The server as the build unpacked it, and the scripts that configure it. A configuration is made once for each set of
 * scripts and kept beside the server; a node gets a copy.
 *
 * <p>Both are found from the working directory upwards, in the first directory that has {@code deploy/wildfly} and
 * {@code gateway-ear/local-stack}; system property {@code ketenpoort.checkout} names it otherwise.
 */
public final class Distribution {

    private static final Duration CONFIGURE = Duration.ofSeconds(120);

    private final Path home;
    private final Path scripts;

    private Distribution(Path home, Path scripts) {
        this.home = home;
        this.scripts = scripts;
    }

    /** Of this checkout; refuses with what to do when the build has not unpacked it. */
    public static Distribution ofThisCheckout() {
        Path checkout = checkout();
        Path home = checkout.resolve("gateway-ear/local-stack/target/wildfly");
        if (!Files.exists(home.resolve("jboss-modules.jar"))) {
            throw new IllegalStateException(
                    "There is no server in " + home + ": run mvn -pl gateway-ear/local-stack -am package");
        }
        return new Distribution(home, checkout.resolve("deploy/wildfly"));
    }

    /** The top directory of the sources. */
    public static Path checkout() {
        String given = System.getProperty("ketenpoort.checkout");
        Path start = Path.of(given == null ? "" : given).toAbsolutePath().normalize();
        for (Path at = start; at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("deploy/wildfly"))
                    && Files.isDirectory(at.resolve("gateway-ear/local-stack"))) {
                return at;
            }
        }
        throw new IllegalStateException(
                "Not in a checkout of Ketenpoort: " + start + ". Give -Dketenpoort.checkout=<directory>");
    }

    /** What is called JBOSS_HOME elsewhere. */
    public Path home() {
        return home;
    }

    /** The directory with {@code standalone.xml} as the scripts of deploy/wildfly, and then these, make it. */
    Path configuration(List<Path> additional) {
        try {
            List<Path> all = new ArrayList<>(scripts());
            all.addAll(additional);
            Path kept = home.resolveSibling("wildfly-configured").resolve(fingerprint(all));
            if (!Files.isDirectory(kept)) {
                make(kept, additional);
            }
            return kept.resolve("configuration");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot configure the server", e);
        }
    }

    /** The command that starts a program of the server in a Java of its own, without the program's arguments. */
    List<String> command(List<String> javaOptions, String module) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
        command.addAll(javaOptions);
        command.addAll(List.of("-Djboss.home.dir=" + home, "-jar", home.resolve("jboss-modules.jar").toString(), "-mp",
                home.resolve("modules").toString(), module));
        return command;
    }

    /** What a program of the server wants to find in its environment. */
    Map<String, String> environment() {
        return Map.of("JBOSS_HOME", home.toString());
    }

    private void make(Path kept, List<Path> additional) throws IOException {
        Path draft = kept.resolveSibling(kept.getFileName() + "." + UUID.randomUUID());
        Path configuration = Files.createDirectories(draft.resolve("configuration"));
        copyFiles(home.resolve("standalone/configuration"), configuration);
        Path script = Files.writeString(draft.resolve("all.cli"), script(additional));
        List<String> command = command(
                List.of("-Xmx256m", "-Djboss.server.base.dir=" + draft, "--add-modules=java.se"), "org.jboss.as.cli");
        command.add("--file=" + script);
        LocalProcess.run("Configuring the server", command, draft, environment(), draft.resolve("configure.log"),
                CONFIGURE);
        try {
            Files.move(draft, kept, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Another process may have been first; its configuration is the same.
            if (!Files.isDirectory(kept)) {
                throw e;
            }
        }
    }

    private String script(List<Path> additional) throws IOException {
        StringBuilder script = new StringBuilder();
        for (Path part : scripts()) {
            if (part.getFileName().toString().startsWith("99-")) {
                for (Path more : additional) {
                    script.append(Files.readString(more)).append('\n');
                }
            }
            script.append(Files.readString(part)).append('\n');
        }
        return script.toString();
    }

    private List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(scripts)) {
            return files.filter(file -> file.toString().endsWith(".cli")).sorted().toList();
        }
    }

    private String fingerprint(List<Path> all) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(Files.readAllBytes(home.resolve("standalone/configuration/standalone.xml")));
            // A changed module may change what a script may say.
            for (String module : new String[]{"org/postgresql/jdbc", "nl/ketenpoort/cedar",
                    "nl/ketenpoort/tls-listener", "software/amazon/cryptools"}) {
                digest.update(Files.readAllBytes(home.resolve("modules").resolve(module).resolve("main/module.xml")));
            }
            for (Path script : all) {
                digest.update(Files.readAllBytes(script));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static void copyFiles(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** The lines of the server's log that report an error, made readable for a person. */
    static Optional<String> errorsIn(Path log) {
        if (!Files.exists(log)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
            List<String> errors = lines.filter(line -> line.contains("\"level\":\"ERROR\"") || line.contains(" ERROR "))
                    .map(line -> line.replace("\\n", "\n").replace("\\t", "\t")).toList();
            return errors.isEmpty()
                    ? Optional.empty()
                    : Optional.of(errors.stream().limit(10).collect(Collectors.joining("\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
