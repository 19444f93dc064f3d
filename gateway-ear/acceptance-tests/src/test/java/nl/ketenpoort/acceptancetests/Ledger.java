package nl.ketenpoort.acceptancetests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.Region;

/** What the gateway keeps, looked at past the gateway: the rows as the superuser sees them, and the server's log. */
final class Ledger {

    /** What a refusal adds nothing to and takes nothing from. Records, tasks and the standing of deliveries go on. */
    private static final List<String> UNTOUCHED = List.of("message", "message_claim", "decision", "delivery",
            "delivery_lane", "notice", "certificate", "case_key");

    /** What a refusal does not change a value of either. */
    private static final List<String> UNCHANGED = List.of("case_file", "case_party", "case_requested_party",
            "case_person", "case_protection", "consent", "organisation", "agreement");

    private static final String STANDING = Stream.concat(
            UNTOUCHED.stream().map(table -> "(SELECT count(*) FROM ketenpoort." + table + ") AS " + table),
            UNCHANGED.stream().map(table -> "(SELECT count(*) || ' ' || md5(coalesce(string_agg(t::text, E'\\n'"
                    + " ORDER BY t::text), '')) FROM ketenpoort." + table + " t) AS " + table))
            .collect(Collectors.joining(", ", "SELECT ",
                    ", (SELECT coalesce(max(sequence), 0) FROM ketenpoort.audit_record) AS last_record"));

    private final Region region;

    Ledger(Region region) {
        this.region = region;
    }

    /**
     * How things stood at some moment.
     *
     * @param rows by table that a refusal may not touch: number of rows, and of what they say a digest
     * @param record the last audit record
     * @param logged bytes of the server's log
     */
    record Standing(Map<String, String> rows, long record, long logged) {}

    /**
     * The record of a refusal.
     *
     * @param row all of it as text
     */
    record Entry(String id, String kind, String code, Optional<String> sender, Optional<String> messageId,
            Optional<String> tlsParty, String row) {}

    Standing standing() {
        var rows = new TreeMap<>(rows(STANDING).getFirst());
        var lastRecord = Long.parseLong(rows.remove("last_record"));
        return new Standing(rows, lastRecord, log().length);
    }

    /** Refused messages, recorded at once: what is recorded in its own time, a handshake for one, says nothing of a message. */
    List<Entry> refusalsSince(Standing standing) {
        return entries(standing, "facts ->> 'event' IS NULL");
    }

    /** What was refused while nothing could be recorded. */
    List<Entry> lateRefusalsSince(Standing standing) {
        return entries(standing, "facts ->> 'event' = 'RECORDED_LATE'");
    }

    private List<Entry> entries(Standing standing, String which) {
        return rows("""
                SELECT id, kind, facts ->> 'code' AS code, sender, message_id, facts ->> 'tls-party' AS tls_party,
                       audit_record::text AS entry
                  FROM ketenpoort.audit_record
                 WHERE kind IN ('REFUSED', 'SECURITY') AND %s AND sequence > ? ORDER BY sequence""".formatted(which),
                standing.record())
                .stream()
                .map(row -> new Entry(row.get("id"), row.get("kind"), row.get("code"),
                        Optional.ofNullable(row.get("sender")), Optional.ofNullable(row.get("message_id")),
                        Optional.ofNullable(row.get("tls_party")), row.get("entry")))
                .toList();
    }

    /**
     * Records of refused handshakes.
     *
     * @param entry all of it as text
     */
    record Handshakes(String why, String code, Optional<String> serial, Optional<String> oin, long count,
            Optional<String> sender, String entry) {}

    List<Handshakes> handshakesRefusedSince(Standing standing) {
        return rows("""
                SELECT facts ->> 'why' AS why, facts ->> 'code' AS code, facts ->> 'serial' AS serial,
                       facts ->> 'oin' AS oin, facts ->> 'count' AS count, sender, audit_record::text AS entry
                  FROM ketenpoort.audit_record
                 WHERE kind = 'SECURITY' AND facts ->> 'event' = 'TLS_HANDSHAKE_REFUSED' AND sequence > ?
                 ORDER BY sequence""", standing.record()).stream()
                .map(row -> new Handshakes(row.get("why"), row.get("code"), Optional.ofNullable(row.get("serial")),
                        Optional.ofNullable(row.get("oin")), Long.parseLong(row.get("count")),
                        Optional.ofNullable(row.get("sender")), row.get("entry")))
                .toList();
    }

    /** Whom a message goes to, as it was decided when it was accepted: OIN and function, each as often as it goes there. */
    List<String> receiversOf(String messageId) {
        return rows("SELECT receiver || ' ' || function AS receiver FROM ketenpoort.delivery"
                + " WHERE message_id = ? AND about IS NULL ORDER BY receiver, function", messageId).stream()
                .map(row -> row.get("receiver")).toList();
    }

    /** As {@link #receiversOf} says it. */
    static String receiver(Partner partner) {
        return partner.oin() + " " + partner.functions().getFirst();
    }

    String loggedSince(Standing standing) {
        byte[] all = log();
        int from = (int) Math.min(standing.logged(), all.length);
        return new String(all, from, all.length - from, StandardCharsets.UTF_8);
    }

    long number(String sql, Object... parameters) {
        return Long.parseLong(rows(sql, parameters).getFirst().values().iterator().next());
    }

    /** Every row as text by column; an absent value has no entry. */
    List<Map<String, String>> rows(String sql, Object... parameters) {
        var database = region.stack().database();
        try (var connection = database.dataSource(database.superuser()).getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (var found = statement.executeQuery()) {
                var rows = new ArrayList<Map<String, String>>();
                while (found.next()) {
                    var row = new TreeMap<String, String>();
                    for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                        var value = found.getString(i);
                        if (value != null) {
                            row.put(found.getMetaData().getColumnLabel(i), value);
                        }
                    }
                    rows.add(row);
                }
                return rows;
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    private byte[] log() {
        try {
            return Files.readAllBytes(region.stack().server().logFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
