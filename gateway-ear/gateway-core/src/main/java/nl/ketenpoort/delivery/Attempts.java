package nl.ketenpoort.delivery;

/**
 * What is known of the attempts to give a delivery. Whether the receiver may already have it decides what its sender is
 * told when it is stopped: "nothing was given" must be true.
 *
 * @param count how many there were
 * @param unconfirmed how many ended in a fault, or an answer that could not be verified, or were not sent for want of a key
 * @param mayHaveArrived whether one of them may have reached the receiver
 */
public record Attempts(int count, int unconfirmed, boolean mayHaveArrived) {

    /** None yet. */
    public static Attempts none() {
        return new Attempts(0, 0, false);
    }

    /** One more that is under way: until it is known that it did not reach the receiver, it counts as given. */
    public Attempts begun() {
        return new Attempts(count + 1, unconfirmed, true);
    }

    /** One more, of which it is certain that it did not reach the receiver. */
    public Attempts notArrived() {
        return new Attempts(count + 1, unconfirmed, mayHaveArrived);
    }

    /** One more that may have reached the receiver, without an answer that says so. */
    public Attempts unanswered() {
        return new Attempts(count + 1, unconfirmed, true);
    }

    /**
     * One more that somebody must look at.
     *
     * @param arrived whether it may have reached the receiver
     */
    public Attempts unconfirmed(boolean arrived) {
        return new Attempts(count + 1, unconfirmed + 1, mayHaveArrived || arrived);
    }
}
