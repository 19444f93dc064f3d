package nl.ketenpoort.messagetype;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

import nl.ketenpoort.messagetype.MessageType.ReceiverCondition;
import nl.ketenpoort.messagetype.MessageType.Weighing;
import nl.ketenpoort.partner.PartnerFunction;

/** A message type of a test, said as its manifest and schema would say it. */
public final class TypeDraft {

    private final String name;
    private Set<PartnerFunction> senders = Set.of();
    private boolean ofOwnAccord;
    private Set<PartnerFunction> receivers = Set.of();
    private SequencedSet<Purpose> purposes = new LinkedHashSet<>();
    private boolean referenceRequired;
    private Set<String> refersTo = Set.of();
    private boolean answersSender;
    private final List<ReceiverCondition> onlyIf = new ArrayList<>();
    private Optional<Weighing> weighing = Optional.empty();
    private boolean opensCase;
    private Set<String> essential = Set.of();
    private ValueRule urgency = new ValueRule.Never();
    private ValueRule safetyEffect = new ValueRule.Never();
    private final List<Effect> effects = new ArrayList<>();
    private final Map<String, LeafRule> leaves = new HashMap<>();

    private TypeDraft(String name) {
        this.name = name;
    }

    public static TypeDraft type(String name) {
        return new TypeDraft(name);
    }

    public TypeDraft from(PartnerFunction... functions) {
        senders = Set.of(functions);
        return this;
    }

    /** Whoever came in by a request sends it without referring to that request. */
    public TypeDraft ofOwnAccord() {
        ofOwnAccord = true;
        return this;
    }

    public TypeDraft to(PartnerFunction... functions) {
        receivers = Set.of(functions);
        return this;
    }

    public TypeDraft forPurposes(Purpose... allowed) {
        purposes = new LinkedHashSet<>(List.of(allowed));
        return this;
    }

    public TypeDraft answering(String... types) {
        referenceRequired = true;
        refersTo = Set.of(types);
        return this;
    }

    /** Goes only to the sender of what it refers to. */
    public TypeDraft toWhoAsked() {
        answersSender = true;
        return this;
    }

    public TypeDraft onlyIf(PartnerFunction function, ValueRule rule) {
        onlyIf.add(new ReceiverCondition(Set.of(function), rule));
        return this;
    }

    public TypeDraft weighedAt(String path, Optional<String> expires) {
        weighing = Optional.of(new Weighing(path, expires));
        return this;
    }

    public TypeDraft opening() {
        opensCase = true;
        return this;
    }

    public TypeDraft essential(String... paths) {
        essential = new HashSet<>(Arrays.asList(paths));
        return this;
    }

    public TypeDraft urgent(ValueRule rule) {
        urgency = rule;
        return this;
    }

    public TypeDraft safety(ValueRule rule) {
        safetyEffect = rule;
        return this;
    }

    public TypeDraft effect(Effect.Kind kind, Map<String, String> attributes) {
        effects.add(new Effect(kind, attributes));
        return this;
    }

    /** A leaf about the nearest person. */
    public TypeDraft personal(String path, Category category) {
        leaves.put(path, new LeafRule(category, true));
        return this;
    }

    /** A leaf about nobody. */
    public TypeDraft impersonal(String path, Category category) {
        leaves.put(path, new LeafRule(category, false));
        return this;
    }

    public MessageType done() {
        return new MessageType(new TypeName(name, 1), Trees.NAMESPACE, senders, ofOwnAccord, receivers, purposes,
                referenceRequired, refersTo, answersSender, onlyIf, weighing, opensCase, essential, urgency,
                safetyEffect,
                Optional.empty(), effects,
                leaves);
    }
}
