package nl.ketenpoort.messagetype;

import java.util.Map;
import java.util.Optional;

/**
 * What an accepted message does to its case. The kinds are a closed vocabulary: a new kind is Java, a new use is not.
 * What each attribute means is written in {@code message-schemas/types/manifest-v1.xsd}.
 *
 * @param kind what happens
 * @param attributes names and values of the manifest; most of them are paths of leaves
 */
public record Effect(Kind kind, Map<String, String> attributes) {

    /** The closed vocabulary. */
    public enum Kind {
        /** A case comes into being. */
        OPENS_CASE,
        /** The phase of the case changes with the value of a leaf. */
        SETS_PHASE,
        /** A receiver gets its function in the case. */
        ADDS_PARTY,
        /** A person comes into the case. */
        ADDS_PERSON,
        /** A person took over: a handover, or regie. */
        TAKES_OVER,
        /** The message referred to is answered. */
        ANSWERS,
        /** The message referred to is replaced. */
        CORRECTS,
        /** The message referred to is withdrawn. */
        RECALLS,
        /** The case ends. */
        CLOSES
    }

    /** Copies the attributes. */
    public Effect {
        attributes = Map.copyOf(attributes);
    }

    /** The attribute, if the manifest gives it. */
    public Optional<String> attribute(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    /**
     * The attribute.
     *
     * @throws IllegalStateException if the manifest does not give it, which the manifest's schema prevents
     */
    public String required(String name) {
        return attribute(name).orElseThrow(() -> new IllegalStateException(kind + " needs " + name));
    }
}
