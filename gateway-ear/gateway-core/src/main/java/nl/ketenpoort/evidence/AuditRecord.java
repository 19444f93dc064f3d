package nl.ketenpoort.evidence;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * One thing that happened, as it is kept for at least five years (NEN 7513). It names organisations, functions, types,
 * purposes, grounds, codes and random ids; never content, a name or a BSN.
 *
 * @param id random id; faults name it so that a partner can refer to it
 * @param kind what happened
 * @param at case time, UTC
 * @param caseId case, if one is known
 * @param sender OIN of the sender, if he was established
 * @param messageId MessageID of the message, if it could be read
 * @param facts everything else, by name
 */
public record AuditRecord(UUID id, Kind kind, Instant at, Optional<UUID> caseId, Optional<String> sender,
        Optional<String> messageId, Map<String, String> facts) {

    /** What can happen. */
    public enum Kind {
        /** A message was accepted. */
        ACCEPTED,
        /** A message was refused. */
        REFUSED,
        /** A message that was accepted before came again and got the same receipt. */
        REPEATED,
        /**
         * Somebody who could not be established, or whose message or connection is not protected as it must be. A message that
         * is proven and refused afterwards, for whose connection it came over too, is {@link #REFUSED}.
         */
        SECURITY,
        /** A delivery was sent and not confirmed: the receiver may have it. */
        SENT,
        /** The receiver confirmed a delivery. */
        DELIVERED,
        /** The receiver fetched a message from his mailbox; he has seen it. */
        DISCLOSED,
        /** A delivery cannot go on until somebody looks at it. */
        PARKED,
        /** A delivery was stopped because the decision has changed. */
        CANCELLED,
        /** Consent was registered. */
        CONSENT_REGISTERED,
        /** Consent was shown. */
        CONSENT_SHOWN,
        /** Consent was withdrawn. */
        CONSENT_WITHDRAWN,
        /** Somebody must act. */
        ALARM,
        /** The register of partners was changed. */
        PARTNERS_CHANGED
    }

    /** Copies the facts in order of their names. */
    public AuditRecord {
        Objects.requireNonNull(id);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(at);
        facts = Collections.unmodifiableMap(new TreeMap<>(facts));
    }

    /**
     * The bytes a commitment covers: one line for each part, {@code name=value}, names in order, backslash, line feed
     * and carriage return in values escaped. The same record has the same bytes for ever.
     */
    public byte[] canonical() {
        var text = new StringBuilder("ketenpoort-audit-v1\n");
        line(text, "id", id.toString());
        line(text, "kind", kind.name());
        line(text, "at", at.toString());
        line(text, "case", caseId.map(UUID::toString).orElse(""));
        line(text, "sender", sender.orElse(""));
        line(text, "message", messageId.orElse(""));
        facts.forEach((name, value) -> line(text, "fact." + name, value));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The commitment that goes into receipts and the tree: SHA-256 over the salt and the canonical bytes. */
    public Digest leaf(Salt salt) {
        return salt.commit(canonical());
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append('=')
                .append(value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")).append('\n');
    }
}
