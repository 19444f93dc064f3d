package nl.ketenpoort.messagetype;

import java.util.Optional;
import java.util.Set;

/** Whether something holds for a message: always, never, or when a leaf has one of some values. */
public sealed interface ValueRule {

    /** It always holds. */
    record Always() implements ValueRule {}

    /** It never holds. */
    record Never() implements ValueRule {}

    /** The sender decides, in the envelope. */
    record BySender() implements ValueRule {}

    /** It holds when the leaf at the path has one of the values; where the sender may choose, also when he says so. */
    record ByValue(String path, Set<String> values) implements ValueRule {}

    /**
     * Whether it holds for this content.
     *
     * @param sendersChoice what the envelope says, where the envelope leaves him one
     */
    default boolean holds(Content content, Optional<Boolean> sendersChoice) {
        return switch (this) {
            case Always always -> true;
            case Never never -> false;
            case BySender bySender -> sendersChoice.orElse(false);
            case ByValue(String path, Set<String> values) -> sendersChoice.orElse(false)
                    || content.values(path).stream().anyMatch(values::contains);
        };
    }
}
