package nl.ketenpoort.demonstration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import nl.ketenpoort.demonstration.script.ScriptFile;

/** What {@code deploy/demo --once} does, in this JVM; the tests start in the same directory, one after the other. */
class DemoIT {

    private static final Path DIRECTORY = Path.of("target", "demo");
    private static final Pattern LAST_LINE = Pattern.compile("(\\d+) exchanges, (\\d+) as expected\\s*$");

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void aWholeThvGoesAsTheScriptExpects() throws IOException {
        long refusedBefore = refusalsInTheJournals();
        int status = demo("--once", "--directory", DIRECTORY.toString());

        assertThat(status).as(said()).isZero();
        var last = LAST_LINE.matcher(said());
        assertThat(last.find()).as(said()).isTrue();
        assertThat(Integer.parseInt(last.group(1))).isGreaterThanOrEqualTo(30)
                .isEqualTo(Integer.parseInt(last.group(2)));
        assertThat(refusalsInTheJournals() - refusedBefore).isGreaterThanOrEqualTo(10);
        IntStream.rangeClosed(1, 9).forEach(step -> assertThat(said()).containsPattern("(?m)^Stap " + step + "\\. "));
        assertThat(said())
                .as("a delivery with its receiver, purpose, policy, version and ground")
                .containsPattern(
                        "-> Blijf Groep/UHG krijgt overdracht v1 voor CRISISHULP, door wmo-overdracht-zc-uhg@\\S+"
                                + " \\(grond: Wmo 2015 art\\. [^)]*.*\\): bezorgd")
                .as("and a refusal")
                .containsPattern("-> Veilig Thuis krijgt niet overdracht-voortgang v1 voor CRISISHULP, KP-6103,"
                        + " door veiligheid-gesloten-casus@\\S+ \\(grond: AVG")
                .as("with what was left out by which rule")
                .containsPattern(
                        "niet: WV.* van ab1.*KP-5201, door veiligheid-plaats-beschermde-persoon@\\S+ \\(grond: AVG");
        assertThat(said()).containsPattern("vanaf \\d{4}-\\d\\d-\\d\\d tot \\d{4}-\\d\\d-\\d\\d, tussen Politie")
                .contains("opgehaald en bevestigd: zorginformatieverzoek", "postbus ophalen en bevestigen");
        assertThat(said()).as("an agreement with its record and its command")
                .containsPattern("PARTNERS_CHANGED, wpg-art20-amsterdam-fictief \\w+, door demonstratie, versie \\d+")
                .containsPattern("deploy/partners apply \\S+/partners\\.xml --by demonstratie --config \\S+");
    }

    /** Nor does a function, a purpose, a record or an alarm; and what cannot be played does not end it. */
    @Test
    void aDeliveryThatTheScriptDoesNotNameFailsThePlay() throws IOException {
        var altered = new String(ScriptFile.wholeThvAsFile().readAllBytes(), StandardCharsets.UTF_8)
                .replaceAll("(?s)<stap nummer=\"[2458]\".*?</stap>", "");
        for (var alteration : Map.of(" GI@00000099000000060000", "", "doel=\"CRISISHULP\" met=\"vraag",
                "doel=\"ADVIES\" met=\"vraag", "soort=\"CANCELLED\" functie=\"GGZ\" code=\"KP-5113",
                "soort=\"CANCELLED\" functie=\"GGZ\" code=\"KP-5114", "<melding [^>]*/>", "").entrySet()) {
            var before = altered;
            altered = before.replaceFirst(alteration.getKey(), alteration.getValue());
            assertThat(altered).as(alteration.getKey()).isNotEqualTo(before);
        }
        var file = Files.writeString(Files.createDirectories(DIRECTORY).resolve("one-too-many.xml"), altered);

        int status = demo("--once", "--script", file.toString(), "--directory", DIRECTORY.toString());

        assertThat(status).as(said()).isEqualTo(1);
        assertThat(said()).as("a function in the case that the script does not name")
                .containsPattern("in de casus staan .*GI@00000099000000060000.*, verwacht was \\[BURGEMEESTER")
                .as("another purpose").contains("GGZ kreeg het voor CRISISHULP, verwacht was ADVIES")
                .as("what stands on a message that was never sent")
                .contains("kon niet gespeeld worden: bericht 2.1 is er niet")
                .as("another record").contains("in het spoor staat geen CANCELLED GGZ KP-5114")
                .as("a notice that the script does not name")
                .contains("!! 6.2 Blijf Groep/achterblijver ontving onverwacht bezorgmelding")
                .as("an alarm too many, since without an agreement the holder of regie is not told")
                .contains("vastgelegd [SAFETY_EFFECT_IN_CLOSED_CASE, REGIE_HOLDER_NOT_TOLD], verwacht was SAFETY")
                .containsPattern(LAST_LINE);
    }

    @Test
    void oneExchangeAlteredOnPurposeIsSeenAndNamed() throws IOException {
        var script = new String(ScriptFile.wholeThvAsFile().readAllBytes(), StandardCharsets.UTF_8);
        int secondStep = script.indexOf("<stap nummer=\"2\"");
        var firstStep = script.substring(0, secondStep) + "</verloop>";
        var altered = firstStep.replace("thv-besluit/refused/KP-3304-oplegging-tien-dagen",
                "thv-besluit/verlenging-tot-28-dagen");
        assertThat(altered).isNotEqualTo(firstStep);
        var file = Files.writeString(Files.createDirectories(DIRECTORY).resolve("altered.xml"), altered);

        int status = demo("--once", "--script", file.toString(), "--directory", DIRECTORY.toString());

        assertThat(status).as(said()).isEqualTo(1);
        assertThat(said()).contains("6 exchanges, 5 as expected").containsPattern("1\\.5 +!! Gemeente");
    }

    private static long refusalsInTheJournals() throws IOException {
        if (!Files.exists(DIRECTORY.resolve("partners"))) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(DIRECTORY.resolve("partners"))) {
            long refusals = 0;
            for (Path journal : files.filter(file -> file.endsWith("journal.jsonl")).toList()) {
                refusals += Files.readString(journal).lines().filter(line -> line.contains("\"outcome\":\"REFUSED\""))
                        .count();
            }
            return refusals;
        }
    }

    private int demo(String... arguments) {
        try (var out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            return new Demo(out, false).run(arguments);
        }
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
