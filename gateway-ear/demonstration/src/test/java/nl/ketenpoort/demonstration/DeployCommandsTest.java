package nl.ketenpoort.demonstration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import nl.ketenpoort.localstack.server.Distribution;

/** The commands of {@code deploy/} as a person types them. */
class DeployCommandsTest {

    private final Path deploy = Distribution.checkout().resolve("deploy");

    @Test
    void anOptionThatTheDemoDoesNotKnowIsRefusedBeforeAnythingIsBuilt() throws Exception {
        var process = start(List.of(deploy.resolve("demo").toString(), "--onze"));

        assertThat(said(process)).contains("'--onze'").contains("--once, --directory DIR, --script FILE")
                .doesNotContain("Building");
        assertThat(process.waitFor()).isEqualTo(2);
    }

    @Test
    void whileMavenIsSilentItIsSaidWhereItIs(@TempDir Path directory) throws Exception {
        var process = maven(directory, """
                echo '[INFO] Building local-stack 0.1.0 [7/14]'
                read -r _ || true
                """);
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).contains("local-stack 0.1.0 [7/14]");
            assertThat(lines.readLine()).contains("still at local-stack after");
            process.getOutputStream().close();
        }
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void whatOurTestsCountIsLetThroughAndMavensStatusIsKept(@TempDir Path directory) throws Exception {
        var process = maven(directory, """
                echo 'Seed of the moments: -Dketenpoort.crash.seed=7'
                echo '  12.3 s,    42 receipts: the test kills the only server'
                echo 'Nov 25, 2026 10:00:00 AM somebody speaks'
                echo '[INFO] Tests run: 3, Failures: 1 -- in nl.ketenpoort.SomeTest'
                echo '[ERROR] nl.ketenpoort.SomeTest.itWorks <<< FAILURE!'
                echo 'expected: 1'
                return 3
                """);

        assertThat(said(process)).contains("seed=7").contains("42 receipts").contains("Tests run: 3")
                .contains("expected: 1").doesNotContain("somebody speaks");
        assertThat(process.waitFor()).isEqualTo(3);
        assertThat(Files.readString(directory.resolve("maven.log"))).contains("somebody speaks");
    }

    /** Runs {@code run_maven} of the shell on what would be Maven. */
    private Process maven(Path directory, String does) throws IOException {
        return start(List.of("bash", "-c", """
                set -euo pipefail
                . "$1/lib/build.sh"
                mvn() {
                %s}
                PROGRESS_SECONDS=1 run_maven "$2/maven.log" verify
                """.formatted(does), "bash", deploy.toString(), directory.toString()));
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String said(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
