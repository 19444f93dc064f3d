package nl.ketenpoort.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.w3c.dom.Element;

/**
 * The folder of one version of a message type, as it is in the jar.
 *
 * @param name message type
 * @param path the folder of the version
 */
record TypeFolder(String name, Path path) {

    private static final Map<Path, Declarations> READ = new ConcurrentHashMap<>();

    /** The module's content as built. */
    static Path root() {
        try {
            URI index = Objects.requireNonNull(TypeFolder.class.getResource("/message-schemas/types/index.txt"))
                    .toURI();
            return Path.of(index).getParent().getParent();
        } catch (URISyntaxException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The folders that the index names. */
    static Stream<TypeFolder> indexed() {
        var types = root().resolve("types");
        return lines(types.resolve("index.txt")).stream().map(types::resolve)
                .map(folder -> new TypeFolder(folder.getParent().getFileName().toString(), folder));
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8).stream().filter(line -> !line.isBlank()).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static List<Path> files(Path folder, String ending) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ending)).sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Path schema() {
        return path.resolve(name + ".xsd");
    }

    Path deliveredSchema() {
        return path.resolve(name + "-bezorgd.xsd");
    }

    Declarations declarations() {
        return READ.computeIfAbsent(schema(), schema -> new Declarations(Xml.parse(schema)));
    }

    Element manifest() {
        return Xml.parse(path.resolve("type.xml")).getDocumentElement();
    }

    List<String> essential() {
        return Xml.children(Xml.child(manifest(), "essentieel"), "pad").stream()
                .map(pad -> pad.getTextContent().strip())
                .toList();
    }

    List<Example> accepted() {
        return files(path.resolve("examples/accepted"), ".xml").stream().map(Example::new).toList();
    }

    List<Example> refused() {
        return files(path.resolve("examples/refused"), ".xml").stream().map(Example::new).toList();
    }

    Properties labels(String language) {
        var labels = new Properties();
        try (var reader = Files.newBufferedReader(path.resolve("labels_" + language + ".properties"))) {
            labels.load(reader);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return labels;
    }

    @Override
    public String toString() {
        return name;
    }
}
