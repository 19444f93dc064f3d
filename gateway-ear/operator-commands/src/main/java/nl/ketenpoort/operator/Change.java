package nl.ketenpoort.operator;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What applying a file changes about one organisation or agreement.
 *
 * @param subject organisation (with its endpoints and the parties it is an intermediary for) or agreement
 * @param id OIN, or id of the agreement
 * @param kind whether it is new, changed or the same
 * @param changed names of what changed, each with a value that may be told: codes, OINs, moments and digests of
 *        certificates; never the name of an organisation, an address or a description
 */
public record Change(Subject subject, String id, Kind kind, Map<String, String> changed) {

    /** What can change. */
    public enum Subject {
        /** An organisation. */
        ORGANISATION,
        /** An agreement. */
        AGREEMENT
    }

    /** How it can change. */
    public enum Kind {
        /** Was not there. */
        NEW,
        /** Was there, and was another. */
        CHANGED,
        /** Was there, and ends. */
        DEACTIVATED,
        /** Nothing changes. */
        SAME
    }

    /** Copies what changed, in order of name. */
    public Change {
        changed = Collections.unmodifiableMap(new TreeMap<>(changed));
    }
}
