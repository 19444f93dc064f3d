package nl.ketenpoort.policies;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The index names every file that decides, so that the digest of the index is the digest of the bundle. */
class BundleIndexTest {

    private static final List<String> PARTS = List.of("grounds", "routes", "deadlines", "retention", "agreements",
            "processing-register");
    private static final List<String> FILES = List.of("safety.cedar", "schema.cedarschema", "bundle.properties");

    @Test
    void theIndexNamesEveryFileOfTheBundleWithItsDigest() throws IOException {
        var digests = new TreeMap<String, String>();
        FILES.forEach(file -> digests.put(file, RegisteredDataTest.sha256(PolicyBundle.FOLDER.resolve(file))));
        for (String part : PARTS) {
            try (Stream<Path> files = Files.walk(PolicyBundle.FOLDER.resolve(part))) {
                files.filter(Files::isRegularFile)
                        .forEach(file -> digests.put(
                                PolicyBundle.FOLDER.relativize(file).toString().replace('\\', '/'),
                                RegisteredDataTest.sha256(file)));
            }
        }
        String index = digests.entrySet().stream().map(entry -> entry.getValue() + "  " + entry.getKey() + "\n")
                .collect(Collectors.joining());

        Golden.holds(PolicyBundle.FOLDER.resolve("bundle.index"), index);
    }

    @Test
    void theBundleHasANameAndAVersion() throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(PolicyBundle.FOLDER.resolve("bundle.properties"))) {
            properties.load(reader);
        }
        assertThat(properties.getProperty("bundel.id")).matches("[a-z][a-z-]+");
        assertThat(properties.getProperty("bundel.versie")).matches("\\d{4}\\.\\d{1,2}\\.\\d+");
    }
}
