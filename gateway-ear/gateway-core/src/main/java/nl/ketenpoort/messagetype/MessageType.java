package nl.ketenpoort.messagetype;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

import nl.ketenpoort.partner.PartnerFunction;

/**
 * All that the gateway knows of a message type: its manifest and the rules of its leaves.
 *
 * @param name name and version
 * @param namespace target namespace of its schema
 * @param senders functions that may send it
 * @param ofOwnAccord whether a sender that a request brought into the case may send it without referring to that request
 * @param receivers functions that may receive it; group names already replaced by their members
 * @param purposes purposes it may be sent for; the first is that for which who hears of danger in a closed case gets it
 * @param referenceRequired whether it always refers to an earlier message
 * @param refersTo names of the types it may refer to; empty where any will do
 * @param answersSender whether it goes only to the sender, in his function, of the message it refers to
 * @param onlyIf receivers that get it only under a condition on its content
 * @param weighing where a weighing of duties is recorded in it, if it can hold one
 * @param opensCase whether it opens a case, and then bears no case number
 * @param essential paths without which it may not be delivered
 * @param urgency when it is urgent
 * @param safetyEffect when it passes in a closed case
 * @param answer the deadline of the answer, if one is expected
 * @param effects what it does to the case
 * @param leaves rule of each leaf by its path
 */
public record MessageType(TypeName name, String namespace, Set<PartnerFunction> senders, boolean ofOwnAccord,
        Set<PartnerFunction> receivers,
        SequencedSet<Purpose> purposes, boolean referenceRequired, Set<String> refersTo, boolean answersSender,
        List<ReceiverCondition> onlyIf, Optional<Weighing> weighing, boolean opensCase, Set<String> essential,
        ValueRule urgency,
        ValueRule safetyEffect, Optional<Answer> answer, List<Effect> effects, Map<String, LeafRule> leaves) {

    /** The answer a type expects. */
    public record Answer(String type, Duration within) {}

    /**
     * A receiver in one of the functions gets the message only if the rule holds.
     *
     * @param functions functions it is about
     * @param when condition on the content
     */
    public record ReceiverCondition(Set<PartnerFunction> functions, ValueRule when) {

        /** Copies the functions. */
        public ReceiverCondition {
            functions = Set.copyOf(functions);
        }
    }

    /**
     * Where a weighing of duties is recorded.
     *
     * @param path container that is there when one is recorded
     * @param expires path of the moment it ends, where it has one
     */
    public record Weighing(String path, Optional<String> expires) {

        boolean recordedIn(Content content, Instant now) {
            return !content.parts(path).isEmpty() && expires.map(content::values).stream()
                    .flatMap(List::stream).map(Content::moment)
                    .allMatch(now::isBefore);
        }
    }

    /** Whether this content records a weighing of duties that still holds. */
    public boolean weighed(Content content, Instant now) {
        return weighing.map(where -> where.recordedIn(content, now)).orElse(false);
    }

    /** Whether every condition on a receiver in this function holds for this content. */
    public boolean allows(PartnerFunction receiver, Content content) {
        return onlyIf.stream().filter(condition -> condition.functions().contains(receiver))
                .allMatch(condition -> condition.when().holds(content, Optional.empty()));
    }

    /** Copies the collections. */
    public MessageType {
        senders = Set.copyOf(senders);
        receivers = Set.copyOf(receivers);
        purposes = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(purposes));
        refersTo = Set.copyOf(refersTo);
        onlyIf = List.copyOf(onlyIf);
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
