package nl.ketenpoort.operator;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * What the scripts in {@code deploy/} call. Ends with 0 if it was done, 2 if the question or the file was wrong and
 * nothing was done, 1 if something failed. Output is in Dutch and holds no secrets.
 */
public final class Commands {

    private static final String USAGE = """
            Gebruik:
              migrate                           breng de database op de vorm van deze versie
              partners apply BESTAND --by ROL   pas een partnerbestand toe (partners-v1.xsd); ROL komt in de
                                                verantwoording: een rol zoals functioneel-beheer, geen persoonsnaam
                             [--dry-run]        zeg alleen wat er zou veranderen
              partners show                     toon het register
            Steeds: --config BESTAND, of omgevingsvariabele KETENPOORT_CONFIG, noemt een propertiesbestand met
              ketenpoort.database.url, ketenpoort.owner.user, ketenpoort.owner.password
            """;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    Commands(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /** Runs the command that the arguments name, and ends the JVM with its status. */
    public static void main(String[] arguments) {
        // Libraries speak when something is wrong: what was done, the commands say themselves.
        Logger.getLogger("").setLevel(Level.WARNING);
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(new Commands(System.getenv(), out, err).run(List.of(arguments)));
    }

    int run(List<String> arguments) {
        try {
            return command(Arguments.of(arguments));
        } catch (MisuseException wrong) {
            err.println(wrong.getMessage());
            return 2;
        } catch (UncheckedIOException | JdbiException | FlywayException failure) {
            err.println("Mislukt: " + rootOf(failure).getMessage());
            err.println("Er is niets veranderd aan het partnerregister. Kijk of de database bereikbaar is, of de"
                    + " instellingen kloppen, en of migrate gedraaid heeft.");
            return 1;
        }
    }

    private int command(Arguments arguments) {
        var words = arguments.words();
        if (words.equals(List.of("migrate"))) {
            return migrate(settings(arguments));
        }
        if (words.equals(List.of("partners", "show"))) {
            var settings = settings(arguments);
            new ShowPartners(Jdbi.create(settings.databaseUrl(), settings.user(), settings.password())).to(out);
            return 0;
        }
        if (words.size() == 3 && words.subList(0, 2).equals(List.of("partners", "apply"))) {
            return apply(arguments, Path.of(words.get(2)));
        }
        err.print(USAGE);
        return words.isEmpty() || words.equals(List.of("help")) ? 0 : 2;
    }

    private int migrate(Settings settings) {
        var outcome = Migrate.apply(settings.databaseUrl(), settings.user(), settings.password());
        out.println(outcome.applied() == 0
                ? "De database was bij: versie " + outcome.version() + "."
                : outcome.applied() + " migraties toegepast; de database is nu versie " + outcome.version() + ".");
        return 0;
    }

    private int apply(Arguments arguments, Path file) {
        if (!arguments.dryRun() && arguments.by() == null) {
            throw new MisuseException("Zeg met --by namens welke rol u dit doet, bijvoorbeeld"
                    + " --by functioneel-beheer. Dat komt in de verantwoording; gebruik geen persoonsnaam.");
        }
        if (arguments.by() != null && !ApplyPartners.isRole(arguments.by())) {
            throw new MisuseException("'" + arguments.by() + "' kan geen rol zijn: gebruik 2 tot 60 letters, cijfers,"
                    + " spaties, punten en streepjes, en begin met een letter.");
        }
        var settings = settings(arguments);
        var partners = new ApplyPartners(settings.databaseUrl(), settings.user(), settings.password(),
                settings.allowLoopback());
        var outcome = arguments.by() == null || arguments.dryRun()
                ? partners.rehearse(file)
                : partners.apply(file, arguments.by());
        return switch (outcome) {
            case ApplyPartners.Refused(List<Problem> problems) -> {
                problems.forEach(problem -> err.println(file + ": " + problem));
                err.println("Er is niets veranderd: " + problems.size()
                        + (problems.size() == 1 ? " fout." : " fouten."));
                yield 2;
            }
            case ApplyPartners.Applied applied -> {
                summary(applied, arguments.dryRun());
                yield 0;
            }
        };
    }

    private void summary(ApplyPartners.Applied applied, boolean dryRun) {
        for (var change : applied.changes()) {
            out.println("%-10s %-11s %s  %s".formatted(switch (change.kind()) {
                case NEW -> "nieuw";
                case CHANGED -> "gewijzigd";
                case DEACTIVATED -> "beëindigd";
                case SAME -> "gelijk";
            }, switch (change.subject()) {
                case ORGANISATION -> "organisatie";
                case AGREEMENT -> "afspraak";
            }, change.id(), change.kind() == Change.Kind.SAME ? "" : told(change)).stripTrailing());
        }
        if (applied.before() == applied.after()) {
            out.println("Niets te veranderen; het register blijft versie " + applied.after() + ".");
        } else if (dryRun) {
            out.println("Proef: er is niets geschreven; het register blijft versie " + applied.before() + ".");
        } else {
            out.println("Het register is nu versie " + applied.after() + ".");
        }
    }

    private static String told(Change change) {
        return change.changed().entrySet().stream()
                .map(entry -> entry.getValue().isEmpty() ? entry.getKey() : entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private Settings settings(Arguments arguments) {
        var file = Optional.ofNullable(arguments.config())
                .or(() -> Optional.ofNullable(environment.get("KETENPOORT_CONFIG")).filter(name -> !name.isBlank()))
                .orElseThrow(() -> new MisuseException("Noem een propertiesbestand met --config BESTAND of in"
                        + " omgevingsvariabele KETENPOORT_CONFIG."));
        var settings = Settings.in(Path.of(file));
        if (settings.openToOthers()) {
            err.println("Let op: anderen op deze machine kunnen " + file + " lezen, en daarin staat een wachtwoord."
                    + " Herstel met: chmod 600 " + file);
        }
        return settings;
    }

    private static Throwable rootOf(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private record Arguments(List<String> words, @Nullable String config, @Nullable String by, boolean dryRun) {

        static Arguments of(List<String> given) {
            Deque<String> rest = new ArrayDeque<>(given);
            var words = new ArrayList<String>();
            String config = null;
            String by = null;
            boolean dryRun = false;
            while (!rest.isEmpty()) {
                var word = rest.pop();
                switch (word) {
                    case "--config" -> config = value(word, rest);
                    case "--by" -> by = value(word, rest);
                    case "--dry-run" -> dryRun = true;
                    default -> {
                        if (word.startsWith("-")) {
                            throw new MisuseException("Onbekende optie " + word + ".\n" + USAGE);
                        }
                        words.add(word);
                    }
                }
            }
            return new Arguments(List.copyOf(words), config, by, dryRun);
        }

        private static String value(String option, Deque<String> rest) {
            return Optional.ofNullable(rest.poll())
                    .orElseThrow(() -> new MisuseException("Achter " + option + " ontbreekt een waarde."));
        }
    }
}
