package nl.ketenpoort.messagetype;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import nl.ketenpoort.partner.PartnerFunction;

/**
 * All that the gateway knows of a message type: its manifest and the rules of its leaves.
 *
 * @param name name and version
 * @param namespace target namespace of its schema
 * @param senders functions that may send it
 * @param receivers functions that may receive it; group names already replaced by their members
 * @param purposes purposes it may be sent for
 * @param referenceRequired whether it always refers to an earlier message
 * @param opensCase whether it opens a case, and then bears no case number
 * @param essential paths without which it may not be delivered
 * @param urgency when it is urgent
 * @param safetyEffect when it passes in a closed case
 * @param answer the deadline of the answer, if one is expected
 * @param effects what it does to the case
 * @param leaves rule of each leaf by its path
 */
public record MessageType(TypeName name, String namespace, Set<PartnerFunction> senders, Set<PartnerFunction> receivers,
        Set<Purpose> purposes, boolean referenceRequired, boolean opensCase, Set<String> essential, ValueRule urgency,
        ValueRule safetyEffect, Optional<Answer> answer, List<Effect> effects, Map<String, LeafRule> leaves) {

    /** The answer a type expects. */
    public record Answer(String type, Duration within) {}

    /** Copies the collections. */
    public MessageType {
        senders = Set.copyOf(senders);
        receivers = Set.copyOf(receivers);
        purposes = Set.copyOf(purposes);
        essential = Set.copyOf(essential);
        effects = List.copyOf(effects);
        leaves = Map.copyOf(leaves);
    }

    /** The effects of one kind. */
    public List<Effect> effects(Effect.Kind kind) {
        return effects.stream().filter(effect -> effect.kind() == kind).toList();
    }

    /** Whether the type corrects or recalls an earlier message: then it passes in every phase. */
    public boolean correctsOrRecalls() {
        return effects.stream().anyMatch(
                effect -> effect.kind() == Effect.Kind.CORRECTS || effect.kind() == Effect.Kind.RECALLS);
    }
}
