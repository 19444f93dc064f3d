package nl.ketenpoort.policies;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.Effect;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.exception.InternalException;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.model.schema.Schema;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.Value;
import com.fasterxml.jackson.core.JsonProcessingException;

/** The bundle in this module, read as the gateway reads it: each policy is known by its {@code @id}. */
final class PolicyBundle {

    /** The module's folder; Surefire runs the tests in it. */
    static final Path FOLDER = Path.of("").toAbsolutePath();

    private static final EntityTypeName RECEIVER = EntityTypeName.parse("Ketenpoort::Ontvanger").orElseThrow();
    private static final EntityTypeName ACTION = EntityTypeName.parse("Ketenpoort::Action").orElseThrow();
    private static final EntityTypeName DATUM = EntityTypeName.parse("Ketenpoort::Gegeven").orElseThrow();

    private static final Pattern AGREEMENT = Pattern.compile("overeenkomsten\\.contains\\(\"([A-Z0-9_]+)\"\\)");

    private static final Pattern SERVES = Pattern
            .compile("principal\\.dient\\.contains\\((?:\"([A-Z_]+)\"|resource\\.betreft)\\)");

    private static PolicyBundle loaded;

    private final BasicAuthorizationEngine engine = new BasicAuthorizationEngine();
    private final Map<String, DocumentedPolicy> policies = new LinkedHashMap<>();
    private final PolicySet policySet;
    private final PolicySet permits;
    private final Schema schema;

    /** A policy with what its annotations say. */
    record DocumentedPolicy(String id, Path file, Effect effect, String source, Map<String, String> annotations) {
        boolean isForbid() {
            return effect == Effect.FORBID;
        }

        /** Whether the text of the policy names this value, as a string of its own. */
        boolean mentions(String value) {
            return source.contains('"' + value + '"');
        }

        /** Whether a line of the policy that speaks of this fact names this value. */
        boolean names(String fact, String value) {
            return source.lines().anyMatch(line -> line.contains(fact) && line.contains('"' + value + '"'));
        }
    }

    /** What the engine answered: the ids that decided, and the policies that could not be evaluated. */
    record Answer(boolean allowed, Set<String> decidedBy, Set<String> failed) {
        /** The promise of the gateway: any evaluation error is a deny. */
        boolean permits() {
            return allowed && failed.isEmpty();
        }
    }

    private PolicyBundle() {
        try {
            for (Path file : policyFiles()) {
                for (Policy policy : PolicySet.parsePolicies(Files.readString(file)).policies) {
                    var annotations = policy.getAnnotations();
                    String id = Optional.ofNullable(annotations.get("id"))
                            .orElseThrow(() -> new IllegalStateException("A policy without @id in " + file));
                    var documented = new DocumentedPolicy(id, FOLDER.relativize(file), policy.effect(),
                            policy.getSource(), annotations);
                    if (policies.put(id, documented) != null) {
                        throw new IllegalStateException("Two policies with @id " + id);
                    }
                }
            }
            policySet = policySetOf(policies.values().stream());
            permits = policySetOf(policies.values().stream().filter(policy -> !policy.isForbid()));
            schema = Schema.parse(Schema.JsonOrCedar.Cedar, Files.readString(FOLDER.resolve("schema.cedarschema")));
            policySet.cache();
            permits.cache();
            schema.cache();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (InternalException | CacheException unparsable) {
            throw new IllegalStateException(unparsable);
        }
    }

    private static PolicySet policySetOf(Stream<DocumentedPolicy> policies) {
        return new PolicySet(
                policies.map(policy -> new Policy(policy.source(), policy.id())).collect(Collectors.toSet()));
    }

    static synchronized PolicyBundle load() {
        if (loaded == null) {
            loaded = new PolicyBundle();
        }
        return loaded;
    }

    private static Set<Path> policyFiles() throws IOException {
        try (Stream<Path> grounds = Files.list(FOLDER.resolve("grounds"))) {
            Set<Path> files = grounds.filter(file -> file.toString().endsWith(".cedar"))
                    .collect(Collectors.toCollection(TreeSet::new));
            files.add(FOLDER.resolve("safety.cedar"));
            return files;
        }
    }

    /** Every kind of agreement that some permit asks for. */
    Set<String> agreementKinds() {
        Set<String> kinds = new TreeSet<>();
        for (DocumentedPolicy policy : policies.values()) {
            var asked = AGREEMENT.matcher(policy.source());
            while (asked.find()) {
                kinds.add(asked.group(1));
            }
        }
        return kinds;
    }

    /** The roles by which policies tell whom a receiver serves, beside that of the subject itself. */
    Set<String> rolesAskedAbout() {
        Set<String> roles = new TreeSet<>();
        for (DocumentedPolicy policy : policies.values()) {
            var asked = SERVES.matcher(policy.source());
            int known = 0;
            while (asked.find()) {
                known++;
                Optional.ofNullable(asked.group(1)).ifPresent(roles::add);
            }
            if (policy.source().split("\\.dient\\b", -1).length - 1 != known) {
                throw new IllegalStateException(policy.id() + " asks whom the receiver serves in a way not known here");
            }
        }
        return roles;
    }

    /** The message types that the schema knows, in its order. */
    List<String> messageTypes() {
        try {
            List<String> types = new ArrayList<>();
            schema.toJsonFormat().get("Ketenpoort").get("actions").fieldNames().forEachRemaining(types::add);
            return types;
        } catch (InternalException | JsonProcessingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    Map<String, DocumentedPolicy> policies() {
        return policies;
    }

    PolicySet policySet() {
        return policySet;
    }

    Schema schema() {
        return schema;
    }

    /** Asks with the request checked against the schema, as the gateway does. */
    Answer ask(Question question) {
        return answer(respond(question.receiver(), question.messageType(), question.datum(), question.context(), true));
    }

    /** Asks the same twice as fast; for the matrix, whose questions have one form that the tables have checked. */
    Answer askWithoutSchema(Question question) {
        return answer(
                respond(question.receiver(), question.messageType(), question.datum(), question.context(), false));
    }

    /** Asks whether there is a ground, as if nothing were forbidden. */
    Answer askPermitsOnly(Question question) {
        return answer(respond(permits, question.receiver(), question.messageType(), question.datum(),
                question.context(), false));
    }

    static Answer answer(AuthorizationResponse response) {
        var success = response.success
                .orElseThrow(() -> new IllegalStateException("The engine refused the question: " + response.errors));
        return new Answer(success.isAllowed(), new TreeSet<>(success.getReason()),
                success.getErrors().stream().map(error -> error.getPolicyId()).collect(Collectors.toSet()));
    }

    AuthorizationResponse respond(Receiver receiver, String messageType, Datum datum, Map<String, Value> context,
            boolean checkedAgainstSchema) {
        return respond(policySet, receiver, messageType, datum, context, checkedAgainstSchema);
    }

    private AuthorizationResponse respond(PolicySet asked, Receiver receiver, String messageType, Datum datum,
            Map<String, Value> context, boolean checkedAgainstSchema) {
        var principal = new Entity(new EntityUID(RECEIVER, receiver.function()), receiver.attributes(),
                new HashSet<>());
        var action = new Entity(new EntityUID(ACTION, messageType));
        var resource = new Entity(new EntityUID(DATUM, datum.category() + "/" + datum.subject()), datum.attributes(),
                new HashSet<>());
        try {
            var request = new AuthorizationRequest(principal.getEUID(), action.getEUID(), resource.getEUID(),
                    Optional.of(context), checkedAgainstSchema ? Optional.of(schema) : Optional.empty(),
                    checkedAgainstSchema);
            return engine.isAuthorized(request, asked, Set.of(principal, resource));
        } catch (AuthException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
