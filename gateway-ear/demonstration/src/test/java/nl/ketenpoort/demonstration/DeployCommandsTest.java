package nl.ketenpoort.demonstration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"--kills", "--database-kills", "--kills-of-two"})
    void howOftenTheCrashTestKillsIsANumber(String option) throws Exception {
        for (var command : List.of(crashTest(option, "abc"), crashTest(option, "-1"), crashTest(option, ""),
                crashTest(option), crashTest("--kills", "3", option))) {
            var process = start(command);

            assertThat(said(process)).isEqualTo("deploy/crash-test wants a number after '" + option
                    + "'. Try: deploy/crash-test --help\n");
            assertThat(process.waitFor()).isEqualTo(2);
        }
    }

    @Test
    void theSeedOfTheCrashTestIsANumber() throws Exception {
        for (var command : List.of(crashTest("--seed", "yesterday"), crashTest("--seed"))) {
            var process = start(command);

            assertThat(said(process)).contains("after '--seed' the number that an earlier run printed")
                    .doesNotContain("Maven");
            assertThat(process.waitFor()).isEqualTo(2);
        }
    }

    @Test
    void anOptionThatTheCrashTestDoesNotKnowIsRefused() throws Exception {
        var process = start(crashTest("--kill", "3"));

        assertThat(said(process)).contains("'--kill'").contains("--kills N").doesNotContain("Maven");
        assertThat(process.waitFor()).isEqualTo(2);
    }

    @Test
    void whatFollowsFromThePomAboveTheModulesIsBuiltAgain(@TempDir Path directory) throws Exception {
        var pom = directory.resolve("gateway-ear/pom.xml");
        for (var file : List.of("pom.xml", "gateway-ear/pom.xml", "gateway-ear/demonstration/pom.xml",
                "gateway-ear/demonstration/src/main/Demo.java", "message-schemas/type.xsd",
                "deploy/wildfly/modules/module.xml", "built/classes",
                "gateway-ear/ear-assembly/target/gateway.ear",
                "gateway-ear/local-stack/target/wildfly/jboss-modules.jar",
                "gateway-ear/local-stack/target/wildfly/modules/nl/ketenpoort/tls-listener/main/tls-listener.jar")) {
            Files.createDirectories(directory.resolve(file).getParent());
            Files.writeString(directory.resolve(file), "");
        }
        Files.createDirectories(directory.resolve("deploy/lib"));
        Files.copy(deploy.resolve("lib/build.sh"), directory.resolve("deploy/lib/build.sh"));
        var classPath = Files.writeString(directory.resolve("built/classpath"),
                directory.resolve("built/classes").toString());

        var later = FileTime.from(Files.getLastModifiedTime(pom).toInstant().plusSeconds(60));
        Files.setLastModifiedTime(classPath, later);
        assertThat(isBuilt(directory, classPath)).isTrue();
        Files.setLastModifiedTime(pom, FileTime.from(later.toInstant().plusSeconds(60)));
        assertThat(isBuilt(directory, classPath)).isFalse();
    }

    private static boolean isBuilt(Path checkout, Path classPath) throws Exception {
        return start(List.of("bash", "-c", ". \"$1/deploy/lib/build.sh\"; is_built \"$2\"", "bash",
                checkout.toString(), classPath.toString())).waitFor() == 0;
    }

    private List<String> crashTest(String... arguments) {
        return Stream.concat(Stream.of(deploy.resolve("crash-test").toString()), Stream.of(arguments)).toList();
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
                QUIET_SECONDS=1 run_maven "$2/maven.log" verify
                """.formatted(does), "bash", deploy.toString(), directory.toString()));
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String said(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
