package nl.ketenpoort.purpose;

/** Outcome of a decision: a no says what would make it lawful, if anything would. */
public enum DecisionOutcome {
    /** Permitted. */
    PERMIT("TOEGESTAAN"),
    /** Denied. */
    DENY("GEWEIGERD"),
    /** Lawful with consent of the person concerned. */
    NEEDS_CONSENT("TOESTEMMING_NODIG"),
    /** Lawful with a recorded weighing. */
    NEEDS_OVERRIDE("AFWEGING_NODIG"),
    /** Lawful when a human decides so. */
    NEEDS_HUMAN("MENS_NODIG");

    private final String written;

    DecisionOutcome(String written) {
        this.written = written;
    }

    /** As it stands in receipts and faults (envelope schema, {@code Uitkomst}). */
    public String written() {
        return written;
    }
}
