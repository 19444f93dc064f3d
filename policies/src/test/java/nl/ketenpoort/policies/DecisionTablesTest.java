package nl.ketenpoort.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import nl.ketenpoort.policies.Ruling.Outcome;

/** Runs the given/expected tables of {@code decision-tests}; each line gives its reason and is a test of its own. */
class DecisionTablesTest {

    private static final Path TABLES = PolicyBundle.FOLDER.resolve("decision-tests");
    private static final Map<String, String> TRUTHS = Map.ofEntries(Map.entry("toestemming", "toestemming"),
            Map.entry("afweging", "afweging"), Map.entry("mens", "menselijkBesluit"),
            Map.entry("minderjarigen", "minderjarigen"), Map.entry("beschermd", "beschermdTegen"),
            Map.entry("scheiding", "scheidingGeborgd"), Map.entry("bsn-grond", "eigenGrondBsn"),
            Map.entry("veiligheid", "veiligheidseffect"), Map.entry("gesloten", "casusGesloten"),
            Map.entry("laatste-regie-of-vt", "laatsteRegieOfVt"), Map.entry("correctie", "correctie"));

    private final PolicyBundle bundle = PolicyBundle.load();

    @TestFactory
    Stream<DynamicContainer> everyLineOfEveryTableDecidesAsItSays() throws IOException {
        return tables().stream()
                .map(table -> dynamicContainer(table.getFileName().toString(), lines(table).stream().map(this::test)));
    }

    @Test
    void everyForbidRefusesInSomeTable() throws IOException {
        Set<String> refusedWith = new TreeSet<>();
        for (Path table : tables()) {
            lines(table).forEach(line -> refusedWith.add(line.get("code")));
        }
        assertThat(refusedWith).containsAll(bundle.policies().values().stream()
                .filter(PolicyBundle.DocumentedPolicy::isForbid).map(forbid -> forbid.annotations().get("code"))
                .toList());
    }

    @Test
    void everyPermitPermitsInSomeTable() throws IOException {
        Set<String> used = new TreeSet<>();
        for (Path table : tables()) {
            for (Map<String, String> line : lines(table)) {
                questions(line).forEach(question -> used.addAll(Ruling.on(question, bundle).policies()));
            }
        }
        assertThat(used).containsAll(bundle.policies().keySet());
    }

    private static List<Path> tables() throws IOException {
        try (Stream<Path> files = Files.list(TABLES)) {
            return files.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
        }
    }

    private static List<Map<String, String>> lines(Path table) {
        try {
            List<String> written = Files.readAllLines(table);
            String[] headings = written.getFirst().split(";");
            List<Map<String, String>> lines = new ArrayList<>();
            for (String line : written.subList(1, written.size())) {
                String[] values = line.split(";", -1);
                assertThat(values).as("%s: %s", table, line).hasSameSizeAs(headings);
                Map<String, String> byHeading = new HashMap<>();
                for (int at = 0; at < headings.length; at++) {
                    byHeading.put(headings[at], values[at]);
                }
                lines.add(byHeading);
            }
            return lines;
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private DynamicTest test(Map<String, String> line) {
        return dynamicTest(line.get("reden"), () -> {
            for (Question question : questions(line)) {
                var ruling = Ruling.on(question, bundle);
                assertThat(ruling.outcome()).as("%s: %s of %s", line.get("reden"), ruling, question.datum())
                        .isEqualTo(Outcome.valueOf(line.get("uitkomst")));
                if (!line.get("code").isEmpty()) {
                    assertThat(ruling.codes()).contains(line.get("code"));
                }
            }
        });
    }

    private static List<Question> questions(Map<String, String> line) {
        var receiver = Receiver.of(line.get("ontvanger"));
        var facts = Facts.none().with("zenderfunctie", line.get("zender")).with("doel", line.get("doel")).with("fase",
                line.get("fase"));
        for (String fact : words(line.get("feiten"))) {
            if (fact.startsWith("overeenkomst:")) {
                facts = facts.with("overeenkomsten", Set.of(fact.substring("overeenkomst:".length())));
            } else if (fact.startsWith("dient:")) {
                receiver = receiver.serving(fact.substring("dient:".length()).split("\\+"));
            } else {
                facts = facts.with(TRUTHS.get(fact), true);
            }
        }
        List<Question> questions = new ArrayList<>();
        for (String category : words(line.get("categorie"))) {
            for (String subject : words(line.get("betreft"))) {
                questions.add(
                        new Question(line.get("berichttype"), receiver, new Datum(category, subject), facts));
            }
        }
        return questions;
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.split(" "));
    }
}
