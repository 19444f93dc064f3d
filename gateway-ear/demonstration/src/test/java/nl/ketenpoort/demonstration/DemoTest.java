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
        var script = Files.writeString(directory.resolve("verloop.xml"), "<verloop");

        assertThat(demo("--script", script.toString(), "--directory", directory.resolve("elders").toString()))
                .isEqualTo(2);
        assertThat(said()).contains("rm -rf " + directory.resolve("elders"))
                .contains(directory.resolve("elders/stack/node-1/log").toString()).doesNotContain(".local/demo");
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
