package nl.ketenpoort.validation.xml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import nl.ketenpoort.messagetype.TypeName;
import nl.ketenpoort.refusal.Reason;

/** The examples in the folders of the message types, from the jar or the classes that the test runs on. */
public final class ExampleMessages {

    private static final String INDEX = "/message-schemas/types/index.txt";

    private ExampleMessages() {}

    /** An example: its place, for the reader of a failure, and its bytes. */
    public record Example(String type, String file, byte[] bytes) {

        /** The code in the name of a refused example: {@code KP-3201-what-is-wrong.xml}. */
        String code() {
            return file.substring(0, "KP-0000".length());
        }

        boolean hasCode(Reason reason) {
            return code().equals(reason.code().toString());
        }

        /** What the name of a refused example says is wrong; if a constraint is broken, the constraint. */
        String what() {
            return file.substring("KP-0000-".length(), file.length() - ".xml".length());
        }

        boolean isOf(TypeName other) {
            return type.equals(other.name() + "/v" + other.version());
        }

        /** The same as the Body of a SOAP envelope. */
        public byte[] inSoap() {
            var body = new String(bytes, StandardCharsets.UTF_8).replaceFirst("^<\\?xml[^>]*\\?>", "");
            return ("<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Header>"
                    + "<a:Body xmlns:a=\"urn:other\"><a:b/></a:Body></soap:Header><soap:Body>" + body
                    + "</soap:Body></soap:Envelope>").getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return type + " " + file;
        }
    }

    public static List<Example> accepted() {
        return in("accepted");
    }

    public static List<Example> refused() {
        return in("refused");
    }

    private static List<Example> in(String kind) {
        try {
            var index = ExampleMessages.class.getResource(INDEX).toURI();
            if (index.getScheme().equals("jar")) {
                try (var jar = FileSystems.newFileSystem(URI.create(index.toString().split("!")[0]), Map.of())) {
                    return in(jar.getPath(INDEX), kind);
                }
            }
            return in(Path.of(index), kind);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<Example> in(Path index, String kind) throws IOException {
        var found = new ArrayList<Example>();
        for (var type : Files.readAllLines(index)) {
            var folder = index.resolveSibling(type).resolve("examples").resolve(kind);
            if (type.isBlank() || !Files.isDirectory(folder)) {
                continue;
            }
            try (Stream<Path> files = Files.list(folder)) {
                for (var file : files.sorted().toList()) {
                    found.add(new Example(type, file.getFileName().toString(), Files.readAllBytes(file)));
                }
            }
        }
        return found;
    }
}
