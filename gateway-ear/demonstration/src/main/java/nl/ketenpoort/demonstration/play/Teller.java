package nl.ketenpoort.demonstration.play;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import nl.ketenpoort.demonstration.script.Script.CaseStory;
import nl.ketenpoort.demonstration.script.Script.Item;
import nl.ketenpoort.demonstration.script.Script.Step;

/** Tells a play to a person, in Dutch; in colour on a terminal only. */
public final class Teller {

    private static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZONE);
    private static final String INDENT = " ".repeat(18);
    private static final int PATHS_WRITTEN_OUT = 2;

    private final PrintStream out;
    private final boolean colour;

    /** @param colour whether it may use colour */
    public Teller(PrintStream out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    private enum Colour {
        GREEN("32"), RED("31;1"), YELLOW("33"), BOLD("1"), FAINT("2");

        private final String code;

        Colour(String code) {
            this.code = code;
        }
    }

    private String in(Colour wanted, String text) {
        return colour ? "\u001b[" + wanted.code + "m" + text + "\u001b[0m" : text;
    }

    static String time(Instant at) {
        return TIME.format(at);
    }

    static String seconds(Duration taken) {
        return String.format(Locale.forLanguageTag("nl"), "%.2f s", taken.toMillis() / 1000.0);
    }

    void opens(String title, List<CaseStory> cases) {
        out.println();
        out.println(in(Colour.BOLD, title));
        cases.forEach(story -> out.println("  casus " + story.number() + ": " + story.title()));
    }

    void step(Step step) {
        out.println();
        out.println(in(Colour.BOLD, "Stap " + step.number() + ". " + step.title()));
    }

    /** Something with an outcome: what it was on the first line, what came of it on the second. */
    void told(Item item, Instant at, String what, String outcome, boolean refusal, List<String> problems) {
        boolean right = problems.isEmpty();
        out.println(in(Colour.FAINT, time(at)) + "  " + String.format(Locale.ROOT, "%-5s", item.number())
                + (right ? in(Colour.GREEN, "ok ") : in(Colour.RED, "!! ")) + what + in(Colour.FAINT, " | ")
                + item.story());
        out.println(INDENT + (refusal ? in(Colour.YELLOW, outcome) : outcome));
        wrong(problems);
        out.flush();
    }

    /** Something that is only done, or looked at. */
    void noted(Item item, String what, List<String> problems) {
        out.println(in(Colour.FAINT, time(Instant.now())) + "  " + String.format(Locale.ROOT, "%-5s", item.number())
                + (problems.isEmpty() ? "-- " : in(Colour.RED, "!! ")) + item.story()
                + (what.isEmpty() ? "" : in(Colour.FAINT, " | ") + what));
        wrong(problems);
        out.flush();
    }

    void note(String line) {
        out.println(INDENT + line);
    }

    void line(String line) {
        out.println(line);
    }

    void heading(String heading) {
        out.println();
        out.println(in(Colour.BOLD, heading));
    }

    /** What was found wrong with an exchange after it was told. */
    void late(String number, String problem) {
        out.println(in(Colour.RED, "!! " + number + " " + problem));
    }

    private void wrong(List<String> problems) {
        problems.forEach(problem -> out.println(INDENT + in(Colour.RED, "ANDERS DAN VERWACHT: " + problem)));
    }

    /** Left-out paths, for a reader: written out when few, otherwise how many of each part. */
    static String leftOut(List<String> paths) {
        if (paths.size() <= PATHS_WRITTEN_OUT) {
            return String.join(", ", paths);
        }
        var counted = new LinkedHashMap<String, Integer>();
        paths.forEach(path -> counted.merge(path.replaceFirst("[/@].*", ""), 1, Integer::sum));
        return counted.entrySet().stream().map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
    }
}
