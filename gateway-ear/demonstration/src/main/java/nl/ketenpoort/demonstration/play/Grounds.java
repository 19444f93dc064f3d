package nl.ketenpoort.demonstration.play;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The ground of each policy, as it stands in the policy itself. */
final class Grounds {

    private static final Pattern POLICY = Pattern.compile("@id\\(\"([^\"]+)\"\\)\\s*@grondslag\\(\"([^\"]+)\"\\)");

    private final Map<String, String> grounds;

    private Grounds(Map<String, String> grounds) {
        this.grounds = Map.copyOf(grounds);
    }

    /** Of every {@code .cedar} file in the directory and below. */
    static Grounds in(Path policies) {
        var grounds = new HashMap<String, String>();
        try (Stream<Path> files = Files.walk(policies)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".cedar"))
                    .filter(path -> !path.toString().contains("target")).toList()) {
                POLICY.matcher(Files.readString(file)).results()
                        .forEach(found -> grounds.put(found.group(1), found.group(2)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Grounds(grounds);
    }

    /** @param policy id, with or without {@code @version} */
    Optional<String> of(String policy) {
        return Optional.ofNullable(grounds.get(idOf(policy)));
    }

    static String idOf(String policy) {
        return policy.replaceFirst("@.*", "");
    }
}
