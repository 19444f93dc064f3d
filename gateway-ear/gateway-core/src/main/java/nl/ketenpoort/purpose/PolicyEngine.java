package nl.ketenpoort.purpose;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import nl.ketenpoort.refusal.ErrorCode;

/** Evaluates the policies of one loaded bundle. */
public interface PolicyEngine {

    /** The answer of the policies; an error while evaluating is told, never swallowed. */
    PolicyAnswer ask(PolicyQuestion question);

    /**
     * Identifies the loaded bundle: the version that it says it is, and a digest of all in it that decides, the routes too,
     * as {@code 2026.11.3 sha256-…} (base64). Stored with every message and every record of a decision, and never what
     * anything is decided on.
     */
    String bundle();

    /** Every kind of agreement that some policy asks for. */
    Set<String> agreementKinds();

    /**
     * What the policies say.
     *
     * @param verdict permit only if some policy permits, none forbids and none failed
     * @param policies ids and versions of the policies that determined it
     * @param forbid the first forbid that holds, if one does
     */
    record PolicyAnswer(Verdict verdict, List<String> policies, Optional<Forbid> forbid) {
        /** Copies the ids. */
        public PolicyAnswer {
            policies = List.copyOf(policies);
        }
    }

    /** Permit, deny, or not evaluated. */
    enum Verdict {
        /** Some policy permits and none forbids. */
        PERMIT,
        /** No policy permits, or one forbids. */
        DENY,
        /** A policy failed while it was evaluated: a deny, and an alarm. */
        FAILED
    }

    /**
     * A policy that forbids.
     *
     * @param policy id
     * @param code permanent code from its annotation
     * @param explanation in words a partner may read
     * @param irreparable whether no consent, agreement, weighing or human decision can change it
     */
    record Forbid(String policy, ErrorCode code, String explanation, boolean irreparable) {}
}
