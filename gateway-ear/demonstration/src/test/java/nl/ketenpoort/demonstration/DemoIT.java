package nl.ketenpoort.demonstration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import nl.ketenpoort.demonstration.script.ScriptFile;

/** What {@code deploy/demo --once} does, in this JVM; both tests start in the same directory, one after the other. */
class DemoIT {

    private static final Path DIRECTORY = Path.of("target", "demo");
    private static final Pattern LAST_LINE = Pattern.compile("(\\d+) exchanges, (\\d+) as expected\\s*$");

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void aWholeThvGoesAsTheScriptExpects() {
        int status = demo("--once", "--directory", DIRECTORY.toString());

        assertThat(status).as(said()).isZero();
        var last = LAST_LINE.matcher(said());
        assertThat(last.find()).as(said()).isTrue();
        assertThat(Integer.parseInt(last.group(1))).isGreaterThanOrEqualTo(30)
                .isEqualTo(Integer.parseInt(last.group(2)));
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

    private int demo(String... arguments) {
        try (var out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            return new Demo(out, false).run(arguments);
        }
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
