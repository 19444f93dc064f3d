package nl.ketenpoort.purpose.cedar;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.cedarpolicy.model.Effect;
import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.exception.InternalException;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.model.schema.Schema;

import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.purpose.PolicyEngine.Forbid;
import nl.ketenpoort.refusal.ErrorCode;

/**
 * A bundle as it was read at start.
 *
 * @param id {@code bundel.versie}, and the digest over the names and bytes of the files that decide: policies, their schema,
 *        and the routes, which say whom a receiver serves
 * @param policySet policies under their own ids, cached in the engine
 * @param schema schema, cached in the engine
 * @param versions what {@code @versie} says, by id
 * @param forbids what the annotations of the forbids say, by id
 * @param agreementKinds every kind of agreement that some policy asks for
 */
record PolicyBundle(String id, PolicySet policySet, Schema schema, Map<String, String> versions,
        Map<String, Forbid> forbids, Set<String> agreementKinds) {

    private static final String PROPERTIES = "bundle.properties";
    private static final Pattern VERSION = Pattern.compile("\\d{4}\\.\\d{1,2}\\.\\d{1,4}");
    private static final Pattern AGREEMENT = Pattern.compile("overeenkomsten\\.contains\\(\"([A-Z0-9_]+)\"\\)");

    static PolicyBundle read(Path directory) {
        try {
            var files = filesOf(directory);
            var versions = new LinkedHashMap<String, String>();
            var forbids = new LinkedHashMap<String, Forbid>();
            var kinds = new TreeSet<String>();
            var policies = new LinkedHashMap<String, Policy>();
            var hashed = new ArrayList<byte[]>();
            for (var file : files) {
                var text = Files.readString(file);
                hashed.add((directory.relativize(file) + "\n").getBytes(StandardCharsets.UTF_8));
                hashed.add(Digest.of(text.getBytes(StandardCharsets.UTF_8)).bytes());
                if (file.toString().endsWith(".cedar")) {
                    for (var policy : policiesOf(file, text)) {
                        var annotations = policy.getAnnotations();
                        var id = said(annotations, "id", file);
                        if (policies.put(id, new Policy(policy.getSource(), id)) != null) {
                            throw new IllegalStateException("two policies have @id " + id + ", one in " + file);
                        }
                        versions.put(id, said(annotations, "versie", file));
                        if (policy.effect() == Effect.FORBID) {
                            forbids.put(id, forbid(id, annotations, file));
                        }
                        var asked = AGREEMENT.matcher(policy.getSource());
                        while (asked.find()) {
                            kinds.add(asked.group(1));
                        }
                    }
                }
            }
            var set = new PolicySet(Set.copyOf(policies.values()));
            var schema = schemaOf(directory.resolve("schema.cedarschema"));
            set.cache();
            schema.cache();
            var id = versionOf(directory.resolve(PROPERTIES)) + " sha256-"
                    + Digest.of(hashed.toArray(byte[][]::new)).base64();
            return new PolicyBundle(id, set, schema, versions, forbids, kinds);
        } catch (IOException unreadable) {
            throw new IllegalStateException("the policies in " + directory
                    + " cannot be read; let ketenpoort.policies.directory name the folder of a bundle", unreadable);
        } catch (InternalException | CacheException unparsable) {
            throw new IllegalStateException("the policies in " + directory + " do not parse", unparsable);
        }
    }

    private static Set<Policy> policiesOf(Path file, String text) {
        try {
            return PolicySet.parsePolicies(text).policies;
        } catch (InternalException unparsable) {
            throw new IllegalStateException(file + " does not parse: " + unparsable.getMessage(), unparsable);
        }
    }

    private static Schema schemaOf(Path file) throws IOException {
        try {
            return Schema.parse(Schema.JsonOrCedar.Cedar, Files.readString(file));
        } catch (InternalException unparsable) {
            throw new IllegalStateException(file + " does not parse: " + unparsable.getMessage(), unparsable);
        }
    }

    /** What decides: the deadlines, retention, agreements and register of processing beside it do not. */
    private static List<Path> filesOf(Path directory) throws IOException {
        try (var grounds = Files.list(directory.resolve("grounds"));
                var routes = Files.list(directory.resolve("routes"))) {
            var files = Stream.concat(grounds.filter(file -> file.toString().endsWith(".cedar")),
                    routes.filter(file -> file.toString().endsWith(".xml")))
                    .collect(Collectors.toCollection(TreeSet::new));
            files.add(directory.resolve("safety.cedar"));
            files.add(directory.resolve("schema.cedarschema"));
            return List.copyOf(files);
        }
    }

    private static String versionOf(Path file) throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return Optional.ofNullable(properties.getProperty("bundel.versie")).map(String::strip)
                .filter(version -> VERSION.matcher(version).matches())
                .orElseThrow(() -> new IllegalStateException(
                        file + " does not say which version this is: bundel.versie=2026.11.3, for instance"));
    }

    private static Forbid forbid(String id, Map<String, String> annotations, Path file) {
        return new Forbid(id, ErrorCode.parse(said(annotations, "code", file)), said(annotations, "toelichting", file),
                "ja".equals(annotations.get("onherstelbaar")));
    }

    private static String said(Map<String, String> annotations, String name, Path file) {
        return Optional.ofNullable(annotations.get(name))
                .orElseThrow(() -> new IllegalStateException("a policy without @" + name + " in " + file));
    }
}
