package nl.ketenpoort.demonstration;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

import nl.ketenpoort.demonstration.play.Play;
import nl.ketenpoort.demonstration.play.Progress;
import nl.ketenpoort.demonstration.play.Teller;
import nl.ketenpoort.demonstration.script.Script;
import nl.ketenpoort.demonstration.script.ScriptFile;
import nl.ketenpoort.localstack.server.Distribution;

/**
 * The program behind {@code deploy/demo}: starts the region, plays a whole tijdelijk huisverbod over the wire, and says
 * whether everything went as the script expects.
 *
 * <pre>
 * Demo [--once] [--script FILE] [--directory DIRECTORY]
 *
 * --once       ends after the play; without it the region stays up until Ctrl-C
 * --script     another script than the one of the demonstration
 * --directory  where everything is kept; otherwise .local/demo of the checkout
 * </pre>
 *
 * Exit status: 0 everything as expected, 1 something not, 2 it could not be played.
 */
public final class Demo {

    /** Held here, because what is set on a logger that nobody holds is lost. */
    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

    private final PrintStream out;
    private final boolean terminal;

    /** @param terminal whether it may use colour and write a line over */
    public Demo(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Runs it. */
    public static void main(String[] arguments) {
        FLYWAY.setLevel(Level.WARNING);
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(new Demo(out, Boolean.getBoolean("ketenpoort.demo.terminal")).run(arguments));
    }

    /** Runs it and gives the exit status. */
    public int run(String... arguments) {
        Options options;
        try {
            options = Options.of(arguments);
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            out.println(Options.KNOWN);
            return 2;
        }
        Script script;
        try {
            script = options.script().map(ScriptFile::read).orElseGet(ScriptFile::wholeThv);
        } catch (IllegalArgumentException e) {
            out.println("Dit verloop kan niet gespeeld worden: " + e.getMessage());
            out.println("Verbeter het bestand op die regel en probeer het opnieuw. Wat erin mag staan: "
                    + ScriptFile.SCHEMA_FILE + "; een verloop dat klopt: " + ScriptFile.WHOLE_THV_FILE + ".");
            return 2;
        } catch (UncheckedIOException e) {
            out.println("Dit verloop kan niet gelezen worden: " + e.getMessage());
            out.println("Kijk of het bestaat en of u het mag lezen.");
            return 2;
        }
        var directory = options.directory().orElseGet(() -> Distribution.checkout().resolve(".local/demo"));
        try {
            Files.createDirectories(directory);
            try (var alone = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE)) {
                if (alone.tryLock() == null) {
                    throw new OverlappingFileLockException();
                }
                return start(directory, script, options.once());
            }
        } catch (OverlappingFileLockException e) {
            out.println("Er draait al een demo. Sluit die eerst, of geef een andere map: --directory MAP");
            return 2;
        } catch (IOException | RuntimeException e) {
            out.println();
            out.println("De demo kon niet spelen: " + e.getMessage());
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                out.println("  doordat: " + cause);
            }
            out.println("Wat u kunt doen:");
            out.println("  - lees wat hierboven staat en de logboeken onder " + directory.resolve("stack/node-1/log")
                    + ";");
            out.println(
                    "  - begin met een lege map als er eerder een andere versie draaide: rm -rf " + directory + ";");
            out.println("  - bouw opnieuw: deploy/demo --build.");
            return 2;
        }
    }

    private int start(Path directory, Script script, boolean once) {
        long began = System.nanoTime();
        out.println("De regio start in " + directory);
        try (var progress = new Progress(out, terminal)) {
            Play.Result result;
            progress.begins("Sleutels en certificaten van de test-PKI");
            try (var region = Region.in(directory).telling(progress::begins).start()) {
                progress.done();
                out.println("  alles draait na " + Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s");
                var play = new Play(region, script, new Teller(out, terminal), progress);
                result = play.run();
                if (!once) {
                    tell(result);
                    stayUp(region, play.lastReceipted(), directory.toAbsolutePath().normalize());
                }
                progress.begins("Alles stopt");
            }
            progress.done();
            if (once) {
                tell(result);
            }
            return result.right() ? 0 : 1;
        }
    }

    private void tell(Play.Result result) {
        out.println();
        out.println(result.exchanges() + " exchanges, " + result.asExpected() + " as expected");
        out.flush();
    }

    private void stayUp(Region region, Optional<Play.Receipted> last, Path directory) {
        var blijf = region.partner(Partner.BLIJF_ACHTERBLIJVER).control();
        var ggz = region.partner(Partner.GGZ).control();
        var database = region.stack().database();
        out.println();
        out.println("Alles blijft draaien tot Ctrl-C. Wat u kunt proberen:");
        out.println("  de partnerinterface (alleen met een certificaat): " + region.gateway());
        out.println("  wat Blijf Groep ontving:       curl '" + blijf + "/journal?what=received'");
        out.println(
                "  de GGZ is even niet te bereiken: curl -X POST '" + ggz + "/down'   en weer wel: curl -X POST '" + ggz
                        + "/up'");
        last.ifPresent(message -> tellHowToSend(region, message, directory.resolve("bericht.xml")));
        out.println("  de besturing van elke partner:");
        for (Partner partner : Partner.values()) {
            out.println("    " + partner.shownAs() + ": " + region.partner(partner).control());
        }
        out.println("  het spoor in de database (psql is daarvoor nodig; op Debian: apt install postgresql-client):");
        out.println("    psql '" + database.jdbcUrl().replaceFirst("^jdbc:postgresql://", "postgresql://"
                + database.owner().user() + ":" + database.owner().password() + "@")
                + "' -c \"SELECT at, kind, facts FROM ketenpoort.audit_record ORDER BY sequence DESC LIMIT 10\"");
        out.println("  het logboek van de server:     " + region.stack().server().logFile());
        out.flush();
        // Before they stop, or at least as they begin to: all hooks begin at once, and stopping takes longer than saying so.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> out.println("\nAlles stopt"), "demo-says-it-stops"));
        var never = new CountDownLatch(1);
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As it was sent: a new MessageID is made for it, so it is a new message. */
    private void tellHowToSend(Region region, Play.Receipted message, Path file) {
        try {
            Files.writeString(file, message.request());
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        var sender = region.partner(message.sender());
        out.println("  een bericht sturen, als " + message.sender().shownAs()
                + " (het laatste van zojuist; verander erin wat u wilt):");
        out.println("    curl --data-binary @" + file + " '" + sender.control() + "/send'");
        out.println("    onveranderd hoort terug te komen: \"outcome\":\"RECEIPT\" en \"case\":\"" + message.caseId()
                + "\"; anders \"REFUSED\" met een code, een uitleg en wat wel kan");
    }

    private record Options(boolean once, Optional<Path> script, Optional<Path> directory) {

        static final String KNOWN = "Bekend zijn: --once, --script BESTAND en --directory MAP.";

        static Options of(String... arguments) {
            boolean once = false;
            Optional<Path> script = Optional.empty();
            Optional<Path> directory = Optional.empty();
            var rest = new ArrayDeque<>(List.of(arguments));
            while (!rest.isEmpty()) {
                var option = rest.pop();
                switch (option) {
                    case "--once" -> once = true;
                    case "--script" -> script = Optional.of(value(option, rest));
                    case "--directory" -> directory = Optional.of(value(option, rest));
                    default -> throw new IllegalArgumentException("De demo kent '" + option + "' niet.");
                }
            }
            return new Options(once, script, directory);
        }

        private static Path value(String option, Deque<String> rest) {
            return Optional.ofNullable(rest.poll()).map(Path::of)
                    .orElseThrow(() -> new IllegalArgumentException("Achter " + option + " ontbreekt een waarde."));
        }
    }
}
