package nl.ketenpoort.acceptancetests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import nl.ketenpoort.demonstration.Region;
import nl.ketenpoort.localstack.server.Distribution;

/** What the documentation names is there: a map with a street that was pulled down leads nobody. */
class DocumentationTest {

    private static final Path CHECKOUT = Distribution.checkout();
    private static final String PARTNERS = "gateway-ear/operator-commands/src/main/resources/nl/ketenpoort/operator/partners-v1.xsd";
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s#]+)[^)]*\\)");
    private static final Pattern COMMAND = Pattern.compile("(?m)^(deploy/[a-z-]+)");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*(?:Test|IT|Contract))\\.(\\w+)`");
    private static final Pattern ALARM = Pattern.compile("\"alarm\", \"([A-Z_]+)\"");
    private static final Pattern ALARM_OF_AN_EFFECT = Pattern
            .compile("static final String \\w+ = \"([A-Z]+(?:_[A-Z]+)+)\"");
    private static final Pattern METHOD = Pattern.compile("\\bvoid (\\w+)\\(");

    @ParameterizedTest
    @MethodSource("documents")
    void everyFileThatADocumentLinksToIsThere(Path document) throws IOException {
        var missing = found(LINK, document).map(link -> link.group(1)).filter(link -> !link.contains("://"))
                .filter(link -> !Files.exists(document.resolveSibling(link).normalize())).toList();

        assertThat(missing).as("linked to in %s", document).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyCommandOfADocumentCanBeRun(Path document) throws IOException {
        var missing = found(COMMAND, document).map(command -> command.group(1)).distinct()
                .filter(command -> !Files.isExecutable(CHECKOUT.resolve(command))).toList();

        assertThat(missing).as("commands in %s", document).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyTestThatADocumentNamesIsThere(Path document) throws IOException {
        var tests = tests();
        var missing = found(TEST, document).map(test -> test.group(1) + "." + test.group(2))
                .filter(test -> !tests.contains(test)).toList();

        assertThat(missing).as("tests named in %s", document).isEmpty();
    }

    @Test
    void theWayOfAMessageNamesEveryStepInTheOrderOfTheReadme() throws IOException {
        var steps = found(Pattern.compile("(?m)^\\| (\\d+) \\|.*\\.(?:java|cli)\\)"), CHECKOUT.resolve("README.md"))
                .map(step -> Integer.valueOf(step.group(1))).toList();

        assertThat(steps).hasSizeGreaterThan(20).isSorted().doesNotHaveDuplicates().startsWith(1)
                .endsWith(steps.size());
    }

    @Test
    void everyAlarmThatTheGatewayRecordsIsInTheRunbookAndNoOther() throws IOException {
        var recorded = new TreeSet<String>();
        try (var files = Stream.concat(files("gateway-ear/gateway-core/src/main", ".java"),
                files("gateway-ear/gateway-adapters/src/main", ".java"))) {
            for (var file : files.toList()) {
                found(ALARM, file).forEach(alarm -> recorded.add(alarm.group(1)));
                if (file.endsWith("CaseEffects.java")) {
                    found(ALARM_OF_AN_EFFECT, file).forEach(alarm -> recorded.add(alarm.group(1)));
                }
            }
        }
        var explained = found(Pattern.compile("(?m)^\\| `([A-Z_]+)` \\|"),
                CHECKOUT.resolve("deploy/runbooks/alarms.md"))
                .map(alarm -> alarm.group(1)).toList();

        assertThat(explained).hasSizeGreaterThan(5).containsExactlyInAnyOrderElementsOf(recorded);
    }

    @Test
    void thePartnersFileThatTheReadmeShowsIsValid() throws Exception {
        var example = found(Pattern.compile("(?s)```xml\n(<partners.*?)```"), CHECKOUT.resolve("README.md"))
                .map(block -> block.group(1)).toList();
        var schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(CHECKOUT.resolve(PARTNERS).toFile());

        assertThat(example).singleElement().satisfies(
                file -> schema.newValidator().validate(new StreamSource(new StringReader(file))));
    }

    /** Else whoever compares what the demonstration registers with the document that it is about finds two stories. */
    @Test
    void theExampleAgreementIsTheOneThatTheDemonstrationRegisters() throws IOException {
        var document = Files.readString(
                CHECKOUT.resolve("policies/agreements/voorbeeld/wpg-art20-amsterdam-fictief.xml"));
        var parties = Pattern.compile("<partij [^>]*naam=\"([^\"]+)\"").matcher(document).results()
                .map(party -> party.group(1)).collect(Collectors.joining(", "));
        var period = Pattern.compile("geldig-van=\"([^T]+)T\\S*\\s+geldig-tot=\"([^T]+)T").matcher(document).results()
                .map(dates -> "geldig vanaf " + dates.group(1) + " tot " + dates.group(2)).findFirst().orElseThrow();

        assertThat(document).contains("id=\"" + Region.describe("WPG_ART20").split(":")[0] + "\"");
        assertThat(Region.describe("WPG_ART20")).endsWith("; " + period + ", tussen " + parties);
    }

    static List<Path> documents() throws IOException {
        try (Stream<Path> all = Stream.of(Stream.of(CHECKOUT.resolve("README.md")), files("deploy", ".md"),
                files("gateway-ear/documentation", ".md")).flatMap(part -> part)) {
            return all.sorted().toList();
        }
    }

    private static Stream<MatchResult> found(Pattern pattern, Path document) throws IOException {
        return pattern.matcher(Files.readString(document)).results();
    }

    private static Set<String> tests() throws IOException {
        var tests = new TreeSet<String>();
        for (var folder : List.of("gateway-ear", "message-schemas", "policies")) {
            try (var files = files(folder, ".java")) {
                for (var file : files.collect(Collectors.toList())) {
                    var name = file.getFileName().toString().replace(".java", "");
                    METHOD.matcher(Files.readString(file)).results()
                            .forEach(method -> tests.add(name + "." + method.group(1)));
                }
            }
        }
        return tests;
    }

    private static Stream<Path> files(String folder, String ending) throws IOException {
        return Files.walk(CHECKOUT.resolve(folder)).filter(file -> file.toString().endsWith(ending))
                .filter(file -> !CHECKOUT.relativize(file).toString().contains("/target/"));
    }
}
