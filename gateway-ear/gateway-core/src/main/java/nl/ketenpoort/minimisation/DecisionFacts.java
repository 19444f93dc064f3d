package nl.ketenpoort.minimisation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.purpose.Ruling;

/** What the audit record says of the decisions: who, why, on which policies, and what was left out. */
public final class DecisionFacts {

    private DecisionFacts() {}

    /** Of the decisions on a message that is accepted, with its digest. */
    public static Map<String, String> of(List<ReceiverDecision> decisions, String bundle, Digest digest) {
        var facts = new TreeMap<>(of(decisions, bundle));
        facts.put("digest", digest.base64());
        return facts;
    }

    /** Of the decisions on a message. */
    public static Map<String, String> of(List<ReceiverDecision> decisions, String bundle) {
        var facts = new TreeMap<String, String>();
        if (!decisions.isEmpty()) {
            facts.put("bundle", bundle);
        }
        for (int i = 0; i < decisions.size(); i++) {
            var decision = decisions.get(i);
            var prefix = "receiver-" + (i + 1) + ".";
            decision.addressed().oin().ifPresent(oin -> facts.put(prefix + "oin", oin.value()));
            decision.addressed().function().ifPresent(function -> facts.put(prefix + "function", function.code()));
            facts.put(prefix + "purpose", decision.purpose().code());
            facts.put(prefix + "outcome", decision.outcome().written());
            decision.refusal().ifPresent(refusal -> facts.put(prefix + "code", refusal.code().toString()));
            facts.putAll(whatWasDecided(prefix, decision));
        }
        return facts;
    }

    /**
     * Of the decision on what one receiver is given.
     *
     * @param delivered digest that the receiver must name
     */
    public static Map<String, String> given(ReceiverDecision decision, Digest delivered) {
        var facts = whatWasDecided("", decision);
        facts.put("digest", delivered.base64());
        return facts;
    }

    private static Map<String, String> whatWasDecided(String prefix, ReceiverDecision decision) {
        var facts = new TreeMap<String, String>();
        decision.minimised().filter(minimised -> !minimised.complete())
                .ifPresent(minimised -> facts.put(prefix + "omitted", String.join(" ", minimised.omitted())));
        decision.rulings().forEach((data, ruling) -> facts.put(
                prefix + "ruling." + data.category() + "." + data.person().map(Object::toString).orElse("-"),
                written(ruling)));
        return facts;
    }

    private static String written(Ruling ruling) {
        var policies = String.join(" ", ruling.policies());
        return switch (ruling) {
            case Ruling.Permitted permitted -> "TOEGESTAAN " + policies;
            case Ruling.Denied denied ->
                (denied.outcome().written() + " " + denied.refusal().code() + " " + policies).strip();
        };
    }
}
