package nl.ketenpoort.refusal;

import java.util.function.Function;

/**
 * The end of one step of an examination: what passed, in the type the next step asks for, or the refusal.
 *
 * @param <T> what the next step accepts
 */
public sealed interface Examined<T> {

    /** It passed. */
    record Passed<T>(T value) implements Examined<T> {}

    /** It was refused. */
    record Refused<T>(Refusal refusal) implements Examined<T> {}

    static <T> Examined<T> passed(T value) {
        return new Passed<>(value);
    }

    static <T> Examined<T> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }

    static <T> Examined<T> refused(Reason reason) {
        return new Refused<>(Refusal.of(reason));
    }

    /** Goes on with the next step if this one passed. */
    default <U> Examined<U> then(Function<T, Examined<U>> next) {
        return switch (this) {
            case Passed<T>(T value) -> next.apply(value);
            case Refused<T>(Refusal refusal) -> new Refused<>(refusal);
        };
    }
}
