package nl.ketenpoort.policies;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/**
 * The index names every file of the bundle. A version is one content: what decides under it is written down once, in the
 * words in which the gateway records it, and never rewritten.
 */
class BundleIndexTest {

    private static final Path VERSIONS = PolicyBundle.FOLDER.resolve("bundle.versions");

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
        assertThat(property("bundel.id")).matches("[a-z][a-z-]+");
        assertThat(property("bundel.versie")).matches("\\d{4}\\.\\d{1,2}\\.\\d{1,4}");
    }

    @Test
    void whatDecidesDoesNotChangeWithoutAnotherVersion() throws IOException {
        var version = property("bundel.versie");
        var bundle = version + " sha256-" + Base64.getEncoder().encodeToString(digestOfWhatDecides());
        var known = Files.readAllLines(VERSIONS).stream().filter(line -> line.startsWith(version + " ")).toList();
        if (known.isEmpty() && Boolean.getBoolean("matrix.schrijven")) {
            Files.writeString(VERSIONS, bundle + "\n", StandardOpenOption.APPEND);
            known = List.of(bundle);
        }
        assertThat(known)
                .as("What decides in policies/ has changed: raise bundel.versie in bundle.properties, and add the "
                        + "new version to bundle.versions with -Dmatrix.schrijven=true")
                .containsExactly(bundle);
    }

    private static String property(String name) throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(PolicyBundle.FOLDER.resolve("bundle.properties"))) {
            properties.load(reader);
        }
        return properties.getProperty(name);
    }

    /** As the gateway does it, and without a line of its code; a test there compares the two. */
    private static byte[] digestOfWhatDecides() throws IOException {
        var deciding = new TreeSet<String>(List.of("safety.cedar", "schema.cedarschema"));
        deciding.addAll(filesIn("grounds", ".cedar"));
        deciding.addAll(filesIn("routes", ".xml"));
        var all = sha256();
        for (var file : deciding) {
            all.update((file + "\n").getBytes(StandardCharsets.UTF_8));
            all.update(sha256().digest(Files.readAllBytes(PolicyBundle.FOLDER.resolve(file))));
        }
        return all.digest();
    }

    private static List<String> filesIn(String part, String ending) throws IOException {
        try (var files = Files.list(PolicyBundle.FOLDER.resolve(part))) {
            return files.map(file -> part + "/" + file.getFileName()).filter(file -> file.endsWith(ending)).toList();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
