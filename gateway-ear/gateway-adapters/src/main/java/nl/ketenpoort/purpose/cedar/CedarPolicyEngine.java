package nl.ketenpoort.purpose.cedar;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationSuccessResponse;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.PrimBool;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import nl.ketenpoort.purpose.Facts;
import nl.ketenpoort.purpose.PolicyEngine;
import nl.ketenpoort.purpose.PolicyQuestion;

/**
 * Cedar skips a policy that fails while it is evaluated; a forbid that fails would so open the gate. Any error is
 * therefore {@link Verdict#FAILED}, whatever Cedar decided beside it.
 */
final class CedarPolicyEngine implements PolicyEngine {

    private static final Logger LOG = LoggerFactory.getLogger(CedarPolicyEngine.class);
    private static final EntityTypeName RECEIVER = EntityTypeName.parse("Ketenpoort::Ontvanger").orElseThrow();
    private static final EntityTypeName ACTION = EntityTypeName.parse("Ketenpoort::Action").orElseThrow();
    private static final EntityTypeName DATUM = EntityTypeName.parse("Ketenpoort::Gegeven").orElseThrow();
    /** The facts that occur are few; the bound only keeps an odd flood from filling the memory. */
    private static final int MOST_REMEMBERED = 20_000;

    private final BasicAuthorizationEngine engine = new BasicAuthorizationEngine();
    private final PolicyBundle bundle;
    private final Map<PolicyQuestion, PolicyAnswer> remembered = new ConcurrentHashMap<>();

    CedarPolicyEngine(PolicyBundle bundle) {
        this.bundle = bundle;
        LOG.info("Policies loaded: bundle {}", bundle.id());
    }

    @Override
    public String bundle() {
        return bundle.id();
    }

    @Override
    public Set<String> agreementKinds() {
        return bundle.agreementKinds();
    }

    @Override
    public PolicyAnswer ask(PolicyQuestion question) {
        var known = remembered.get(question);
        if (known != null) {
            return known;
        }
        var answer = evaluate(question);
        if (remembered.size() >= MOST_REMEMBERED) {
            remembered.clear();
        }
        if (answer.verdict() != Verdict.FAILED) {
            remembered.put(question, answer);
        }
        return answer;
    }

    private PolicyAnswer evaluate(PolicyQuestion question) {
        var principal = new Entity(new EntityUID(RECEIVER, question.receiverFunction()),
                Map.of("functie", new PrimString(question.receiverFunction()), "dient", list(question.serves())),
                new HashSet<>());
        var resource = new Entity(new EntityUID(DATUM, question.category() + "/" + question.subject()),
                Map.of("categorie", new PrimString(question.category().name()), "betreft",
                        new PrimString(question.subject())),
                new HashSet<>());
        try {
            var request = new AuthorizationRequest(principal.getEUID(), new EntityUID(ACTION, question.messageType()),
                    resource.getEUID(), Optional.of(context(question.facts())), Optional.of(bundle.schema()), true);
            var response = engine.isAuthorized(request, bundle.policySet(), Set.of(principal, resource));
            return response.success.map(this::answer).orElseGet(() -> failed("the question does not fit the schema"));
        } catch (AuthException broken) {
            return failed(broken.getClass().getSimpleName());
        }
    }

    private PolicyAnswer answer(AuthorizationSuccessResponse success) {
        var failing = success.getErrors().stream().map(error -> error.getPolicyId()).sorted().toList();
        if (!failing.isEmpty()) {
            LOG.error("Policies failed while they were evaluated, so it is a deny: {}", failing);
            return new PolicyAnswer(Verdict.FAILED, versioned(failing), Optional.empty());
        }
        var determining = new TreeSet<>(success.getReason());
        if (success.isAllowed()) {
            return new PolicyAnswer(Verdict.PERMIT, versioned(determining), Optional.empty());
        }
        var forbids = determining.stream().map(bundle.forbids()::get).toList();
        // An irreparable forbid is told first: nobody should ask for a consent that cannot help.
        var first = forbids.stream().filter(Forbid::irreparable).findFirst()
                .or(() -> forbids.stream().findFirst());
        return new PolicyAnswer(Verdict.DENY, versioned(determining), first);
    }

    private PolicyAnswer failed(String why) {
        LOG.error("The policies could not be asked, so it is a deny: {}", why);
        return new PolicyAnswer(Verdict.FAILED, List.of(), Optional.empty());
    }

    private List<String> versioned(Iterable<String> ids) {
        var written = new TreeSet<String>();
        ids.forEach(id -> written.add(id + "@" + bundle.versions().getOrDefault(id, "?").replace(' ', '-')));
        return List.copyOf(written);
    }

    private static Map<String, Value> context(Facts facts) {
        var context = new HashMap<String, Value>();
        context.put("zenderfunctie", new PrimString(facts.senderFunction()));
        context.put("doel", new PrimString(facts.purpose()));
        context.put("fase", new PrimString(facts.phase()));
        context.put("overeenkomsten", list(facts.agreements()));
        context.put("toestemming", new PrimBool(facts.consent()));
        context.put("afweging", new PrimBool(facts.override()));
        context.put("menselijkBesluit", new PrimBool(facts.humanDecision()));
        context.put("kader", new PrimString(facts.framework()));
        context.put("minderjarigen", new PrimBool(facts.minors()));
        context.put("spoed", new PrimBool(facts.urgent()));
        context.put("beschermdTegen", new PrimBool(facts.servesThreat()));
        context.put("scheidingGeborgd", new PrimBool(facts.separated()));
        context.put("eigenGrondBsn", new PrimBool(facts.ownGroundForBsn()));
        context.put("veiligheidseffect", new PrimBool(facts.safetyEffect()));
        context.put("casusGesloten", new PrimBool(facts.caseClosed()));
        context.put("laatsteRegieOfVt", new PrimBool(facts.hearsAfterClosure()));
        context.put("correctie", new PrimBool(facts.correction()));
        return context;
    }

    private static CedarList list(Set<String> texts) {
        return new CedarList(new TreeSet<>(texts).stream().<Value>map(PrimString::new).toList());
    }
}
