package nl.ketenpoort.messagetype.xml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The files of {@code message-schemas}, by their path in it. */
interface SchemaFiles {

    /** The bytes of a file; empty when it is not there. */
    Optional<byte[]> find(String path);

    /** The bytes of a file that must be there. */
    default byte[] read(String path) {
        return find(path).orElseThrow(() -> BrokenCatalogue.in(path, "the file is missing",
                "build message-schemas again and put its jar in the EAR"));
    }

    /** The lines of an index, without empty ones. */
    default List<String> lines(String path) {
        return new String(read(path), StandardCharsets.UTF_8).lines().map(String::strip)
                .filter(line -> !line.isEmpty()).toList();
    }

    /** The files in the jar that a class loader sees. */
    static SchemaFiles ofClassLoader(ClassLoader loader) {
        return path -> {
            try (var stream = loader.getResourceAsStream("message-schemas/" + path)) {
                return stream == null ? Optional.empty() : Optional.of(stream.readAllBytes());
            } catch (IOException failure) {
                throw new UncheckedIOException("message-schemas/" + path + " cannot be read", failure);
            }
        };
    }
}
