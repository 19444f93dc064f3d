package nl.ketenpoort.acceptance;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.minimisation.ReceiverDecision;
import nl.ketenpoort.purpose.Ruling;

/** What the audit record says of the decisions: who, why, on which policies, and what was left out. */
final class DecisionFacts {

    private DecisionFacts() {}

    static Map<String, String> of(List<ReceiverDecision> decisions, String bundle, Digest digest) {
        var facts = new TreeMap<>(of(decisions, bundle));
        facts.put("digest", digest.base64());
        return facts;
    }

    static Map<String, String> of(List<ReceiverDecision> decisions, String bundle) {
        var facts = new TreeMap<String, String>();
        if (!decisions.isEmpty()) {
            facts.put("bundle", bundle);
        }
        for (int i = 0; i < decisions.size(); i++) {
            var decision = decisions.get(i);
            var prefix = "receiver-" + (i + 1) + ".";
            facts.put(prefix + "oin", decision.receiver().oin().value());
            facts.put(prefix + "function", decision.receiver().function().code());
            facts.put(prefix + "purpose", decision.purpose().code());
            facts.put(prefix + "outcome", decision.outcome().written());
            decision.refusal().ifPresent(refusal -> facts.put(prefix + "code", refusal.code().toString()));
            decision.minimised().filter(minimised -> !minimised.complete())
                    .ifPresent(minimised -> facts.put(prefix + "omitted", String.join(" ", minimised.omitted())));
            decision.rulings().forEach((data, ruling) -> facts.put(
                    prefix + "ruling." + data.category() + "." + data.person().map(Object::toString).orElse("-"),
                    written(ruling)));
        }
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
