package nl.ketenpoort.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import nl.ketenpoort.localstack.server.Distribution;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandsTest {

    private static final String PARTNERS = """
            <partners xmlns="urn:nl:ketenpoort:partners:v1">
                <organisaties>
                    <organisatie oin="00000099000000010000" naam="Politie" actief="ja" eigenGrondBsn="ja">
                        <functies><functie>%s</functie></functies>
                    </organisatie>
                </organisaties>
                <eindpunten>
                    <eindpunt oin="00000099000000010000" functie="POLITIE" gescheiden="ja"/>
                </eindpunten>
            </partners>
            """;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private TestRegister register;
    private Path config;
    private Path partners;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        register = new TestRegister(directory);
        partners = directory.resolve("partners.xml");
        config = directory.resolve("ketenpoort.properties");
        var database = register.database();
        Files.writeString(config, """
                ketenpoort.database.url=%s
                ketenpoort.owner.user=%s
                ketenpoort.owner.password=%s
                """.formatted(database.jdbcUrl(), database.owner().user(), database.owner().password()));
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
    }

    @BeforeEach
    void empty() throws IOException {
        register.empty();
        out.reset();
        err.reset();
        Files.writeString(partners, PARTNERS.formatted("POLITIE"));
    }

    @AfterAll
    void stop() {
        register.close();
    }

    @Test
    void migrateSaysThatThereWasNothingToDo() {
        assertThat(run("migrate")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("De database was bij");
    }

    @Test
    void applyPrintsWhatChangesAndTheVersion() {
        assertThat(run("partners", "apply", partners.toString(), "--by", "functioneel-beheer")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("nieuw").contains("00000099000000010000")
                .contains("functies: +POLITIE").contains("Het register is nu versie 2");
        out.reset();
        assertThat(run("partners", "apply", partners.toString(), "--by", "functioneel-beheer")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("gelijk").contains("blijft versie 2");
    }

    @Test
    void deployPartnersAppliesAFileAsAnOperatorTypesIt() throws Exception {
        // Maven built the classes just now, but leaves the file with their class path alone when it would stay the same.
        Files.setLastModifiedTime(Path.of("target", "commands.classpath"), FileTime.from(Instant.now()));
        var command = new ProcessBuilder(Distribution.checkout().resolve("deploy/partners").toString(), "apply",
                partners.getFileName().toString(), "--by", "functioneel-beheer")
                .directory(partners.getParent().toFile())
                .redirectErrorStream(true);
        command.environment().put("KETENPOORT_CONFIG", config.toString());

        var process = command.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("functies: +POLITIE").contains("Het register is nu versie 2");
        assertThat(register.version()).isEqualTo(2);
    }

    @Test
    void theFileThatTheReadmeShowsIsAppliedAsItStandsThere() throws IOException {
        var readme = Files.readString(Distribution.checkout().resolve("README.md"));
        var example = Pattern.compile("(?s)```xml\n(<partners.*?)```").matcher(readme).results()
                .map(block -> block.group(1)).findFirst().orElseThrow();
        var named = Pattern.compile("(?s)<eindpunt oin=\"(\\w+)\".*?<certificaat bestand=\"([^\"]+)\"").matcher(example)
                .results().toList();
        assertThat(named).hasSize(2);
        for (var endpoint : named) {
            Files.copy(register.certificatesOf(endpoint.group(1)).sign().certificateFile(),
                    partners.resolveSibling(endpoint.group(2)), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.writeString(partners, example);

        assertThat(run("partners", "apply", partners.toString(), "--dry-run")).as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(run("partners", "apply", partners.toString(), "--by", "functioneel-beheer")).isZero();

        assertThat(register.version()).isEqualTo(2);
        assertThat(register.agreement("wpg-art20-amsterdam").parties()).hasSize(2);
    }

    @Test
    void deployPartnersSaysThatARoleIsNeeded() throws Exception {
        var process = new ProcessBuilder(Distribution.checkout().resolve("deploy/partners").toString(), "help")
                .redirectErrorStream(true).start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("apply FILE --by ROLE").contains("--by is needed");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void aDryRunNeedsNoRoleAndSaysThatNothingWasWritten() {
        assertThat(run("partners", "apply", partners.toString(), "--dry-run")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("nieuw").contains("er is niets geschreven");
        assertThat(register.version()).isEqualTo(1);
    }

    @Test
    void aFileWithAnErrorEndsWithTwoAndNamesItsLine() throws IOException {
        Files.writeString(partners, PARTNERS.formatted("AGENT"));
        assertThat(run("partners", "apply", partners.toString(), "--by", "functioneel-beheer")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("regel 4").contains("AGENT")
                .contains("Er is niets veranderd");
    }

    @Test
    void applyingWithoutARoleIsRefused() {
        assertThat(run("partners", "apply", partners.toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--by");
        assertThat(run("partners", "apply", partners.toString(), "--by", "")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("kan geen rol zijn");
    }

    @Test
    void showListsTheRegisterWithoutSecrets() {
        run("partners", "apply", partners.toString(), "--by", "functioneel-beheer");
        out.reset();
        assertThat(run("partners", "show")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Register versie 2")
                .contains("organisatie 00000099000000010000  Politie").contains("eindpunt POLITIE: postbus")
                .doesNotContain(register.database().owner().password());
    }

    @Test
    void aSettingThatIsMissingIsNamed() throws IOException {
        var incomplete = Files.writeString(config.resolveSibling("half.properties"),
                "ketenpoort.database.url=jdbc:x\n");
        assertThat(command(Map.of("KETENPOORT_CONFIG", incomplete.toString()), "partners", "show")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("ontbreekt ketenpoort.owner.user");
        assertThat(command(Map.of(), "partners", "show")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("KETENPOORT_CONFIG");
    }

    @Test
    void aSettingsFileThatOthersCanReadIsReported() throws IOException {
        var open = Files.copy(config, config.resolveSibling("open.properties"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(command(Map.of(), "partners", "show", "--config", open.toString())).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("chmod 600");
    }

    @Test
    void aDatabaseThatDoesNotAnswerEndsWithOneAndTellsNoPassword() throws IOException {
        var wrong = Files.writeString(config.resolveSibling("wrong.properties"), """
                ketenpoort.database.url=%s
                ketenpoort.owner.user=ketenpoort_owner
                ketenpoort.owner.password=verkeerd-geheim
                """.formatted(register.database().jdbcUrl()));
        assertThat(command(Map.of(), "partners", "show", "--config", wrong.toString())).isEqualTo(1);
        assertThat(command(Map.of(), "migrate", "--config", wrong.toString())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Mislukt").doesNotContain("verkeerd-geheim");
    }

    @Test
    void anUnknownCommandOrOptionIsAnsweredWithTheUsage() {
        assertThat(run("partners", "delete")).isEqualTo(2);
        assertThat(run("partners", "show", "--force")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Gebruik:").contains("Onbekende optie --force");
    }

    private int run(String... arguments) {
        return command(Map.of("KETENPOORT_CONFIG", config.toString()), arguments);
    }

    private int command(Map<String, String> environment, String... arguments) {
        return new Commands(environment, new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8)).run(List.of(arguments));
    }
}
