package nl.ketenpoort.delivery;

/**
 * What is known of the attempts to give a delivery. Whether the receiver may already have it decides what its sender is
 * told when it is stopped: "nothing was given" must be true.
 *
 * @param count how many there were
 * @param unverified how many were answered by something that could not be verified
 * @param mayHaveArrived whether one of them may have reached the receiver
 */
public record Attempts(int count, int unverified, boolean mayHaveArrived) {

    /** None yet. */
    public static Attempts none() {
        return new Attempts(0, 0, false);
    }

    /** One more, of which it is certain that it did not reach the receiver. */
    public Attempts notArrived() {
        return new Attempts(count + 1, unverified, mayHaveArrived);
    }

    /** One more that may have reached the receiver, without an answer that says so. */
    public Attempts unanswered() {
        return new Attempts(count + 1, unverified, true);
    }

    /** One more, answered by something that could not be verified. */
    public Attempts unverifiable() {
        return new Attempts(count + 1, unverified + 1, true);
    }
}
