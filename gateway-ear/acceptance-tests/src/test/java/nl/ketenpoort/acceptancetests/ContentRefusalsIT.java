package nl.ketenpoort.acceptancetests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.Region;
import nl.ketenpoort.localstack.server.Distribution;

/** Content that is not valid: every refused example of every message type, and what no example can show. */
@ExtendWith(RunningRegion.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContentRefusalsIT {

    private final Line line;
    private final String caseId;

    ContentRefusalsIT(Region region) {
        this.line = new Line(region);
        this.caseId = new Chain(region).openCase();
    }

    private Answered sent(String request) {
        return line.send(Partner.POLITIE, line.message(Partner.POLITIE, request));
    }

    private String report() {
        return Marks.instead(Examples.accepted("overtredingsmelding", "politie-bij-de-woning", caseId));
    }

    /**
     * An example that must be refused.
     *
     * @param code the code its file is named after
     */
    record Example(String type, String name, String code, Path file) {

        @Override
        public String toString() {
            return type + " " + name;
        }
    }

    static List<Example> refusedExamples() throws IOException {
        var types = Distribution.checkout().resolve("message-schemas/types");
        try (Stream<Path> files = Files.walk(types)) {
            var examples = files.filter(file -> file.getParent().endsWith("examples/refused")).sorted()
                    .map(file -> new Example(types.relativize(file).getName(0).toString(),
                            file.getFileName().toString(), file.getFileName().toString().substring(0, 7), file))
                    .toList();
            assertThat(examples).as("refused examples").hasSizeGreaterThan(50);
            return examples;
        }
    }

    @ParameterizedTest
    @MethodSource("refusedExamples")
    void everyRefusedExampleIsRefusedWithTheCodeItIsNamedAfter(Example example) throws IOException {
        sent(Marks.whereThereIsText(Files.readString(example.file()))).isRefusedSealed(example.code(), "0004")
                .relatingToIt();
    }

    @Test
    void aFieldThatTheSchemaDoesNotKnowIsRefusedAndNotRepeated() {
        sent(report().replace("<contactpersoon>", "<geheim>" + Marks.fresh() + "</geheim><contactpersoon>"))
                .isRefusedSealed("KP-3201", "0004").relatingToIt();
    }

    @Test
    void aFieldWhoseNameSaysMoreThanItShouldIsNotRepeated() {
        var telling = Marks.fresh();
        sent(report().replace("<contactpersoon>", "<" + telling + "/><contactpersoon>"))
                .isRefusedSealed("KP-3201", "0004");
    }

    @Test
    void aValueThatTheSchemaDoesNotAllowIsRefusedAndNotRepeated() {
        sent(report().replace("<status>BEVESTIGD<", "<status>" + Marks.fresh() + "<"))
                .isRefusedSealed("KP-3201", "0004");
    }

    @Test
    void aBsnThatFailsTheElfproefIsRefusedAndNotRepeated() {
        var handover = Examples.accepted("overdracht", "crisis-gezin-met-jong-kind", caseId)
                .replaceFirst("<kp:bsn>999990019<", "<kp:bsn>999990018<");

        var refused = sent(Marks.instead(handover)).isRefusedSealed("KP-3301", "0004").relatingToIt();

        assertThat(refused.text()).doesNotContain("999990018");
        assertThat(refused.record().row()).doesNotContain("999990018");
    }

    @Test
    void aMessageTypeThatDoesNotExistIsRefused() {
        sent(report().replace("<kp:berichttype>overtredingsmelding<", "<kp:berichttype>roddel<"))
                .isRefusedSealed("KP-3202", "0004");
    }

    @Test
    void aVersionOfATypeThatDoesNotExistIsRefused() {
        sent(report().replace("<kp:versie>1<", "<kp:versie>7<")).isRefusedSealed("KP-3202", "0004");
    }

    @Test
    void contentOfAnotherTypeThanTheEnvelopeNamesIsRefused() {
        sent(report().replace("<kp:berichttype>overtredingsmelding<", "<kp:berichttype>overdracht<"))
                .isRefusedSealed("KP-3201", "0004");
    }

    @Test
    void anEnvelopeThatIsNotValidIsRefused() {
        sent(report().replace("<kp:spoed>SPOED<", "<kp:spoed>" + Marks.fresh() + "<"))
                .isRefusedSealed("KP-3201", "0004");
    }
}
