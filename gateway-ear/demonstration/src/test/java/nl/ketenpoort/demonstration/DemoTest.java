package nl.ketenpoort.demonstration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void anOptionThatItDoesNotKnowIsRefusedWithWhatItKnows() {
        assertThat(demo("--onze")).isEqualTo(2);
        assertThat(said()).contains("'--onze'").contains("--once, --script BESTAND en --directory MAP");
    }

    @Test
    void anOptionWithoutItsValueIsRefused() {
        assertThat(demo("--once", "--directory")).isEqualTo(2);
        assertThat(said()).contains("Achter --directory ontbreekt een waarde");
    }

    @Test
    void theAdviceAfterAFailureNamesTheDirectoryThatWasUsed(@TempDir Path directory) throws IOException {
        Files.createDirectories(directory.resolve("elders/lock"));

        assertThat(demo("--directory", directory.resolve("elders").toString())).isEqualTo(2);
        assertThat(said()).contains("rm -rf " + directory.resolve("elders"))
                .contains(directory.resolve("elders/stack/node-1/log").toString()).doesNotContain(".local/demo");
    }

    @Test
    void aScriptThatIsNotValidIsRefusedWithItsFileAndLineAndNothingElseIsAdvised(@TempDir Path directory)
            throws IOException {
        var script = Files.writeString(directory.resolve("verloop.xml"), "<verloop\n");

        assertThat(demo("--script", script.toString(), "--directory", directory.resolve("elders").toString()))
                .isEqualTo(2);
        assertThat(said()).contains(script + ", line 2", "Verbeter het bestand", "verloop-v1.xsd")
                .doesNotContain("rm -rf", "--build", "elders");
        assertThat(directory.resolve("elders")).doesNotExist();
    }

    @Test
    void aScriptThatIsNotThereIsRefusedWithItsName(@TempDir Path directory) {
        assertThat(demo("--script", directory.resolve("nergens.xml").toString())).isEqualTo(2);
        assertThat(said()).contains("nergens.xml", "Kijk of het bestaat").doesNotContain("rm -rf");
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
