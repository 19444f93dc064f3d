package nl.ketenpoort.purpose;

import java.util.Objects;
import java.util.Set;

import nl.ketenpoort.messagetype.Category;

/**
 * One question to the policies with every fact they may look at. Facts that are absent are explicit values. Two equal
 * questions to one bundle have one answer: it may be memoised and it can be replayed. It names no person and holds no
 * content.
 *
 * @param receiverFunction principal
 * @param serves roles the receiver serves
 * @param messageType action: name of the type
 * @param category resource: category of the data
 * @param subject resource: role of the person whose data it is, or {@code NIEMAND}
 * @param facts context
 */
public record PolicyQuestion(String receiverFunction, Set<String> serves, String messageType, Category category,
        String subject, Facts facts) {

    /** {@link #subject} of data about nobody. */
    public static final String NOBODY = "NIEMAND";

    /** Every part is required. */
    public PolicyQuestion {
        Objects.requireNonNull(receiverFunction);
        serves = Set.copyOf(serves);
        Objects.requireNonNull(messageType);
        Objects.requireNonNull(category);
        Objects.requireNonNull(subject);
        Objects.requireNonNull(facts);
    }

    /** The same question with other facts. */
    public PolicyQuestion with(Facts others) {
        return new PolicyQuestion(receiverFunction, serves, messageType, category, subject, others);
    }
}
