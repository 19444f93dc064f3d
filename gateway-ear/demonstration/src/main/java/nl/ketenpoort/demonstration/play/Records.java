package nl.ketenpoort.demonstration.play;

import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;

/** What the gateway recorded, read as the owner of the database. */
final class Records {

    private final DataSource database;

    Records(DataSource database) {
        this.database = database;
    }

    /**
     * A record of the audit trail.
     *
     * @param kind what happened
     * @param at case time
     * @param sender OIN, or empty
     * @param messageId MessageID, or empty
     * @param facts everything else
     */
    record Entry(String kind, Instant at, String sender, String messageId, JsonObject facts) {}

    /**
     * A decision about a receiver.
     *
     * @param messageId message
     * @param function receiver
     * @param rulings per category and person: {@code category}, {@code person}, {@code permitted}, {@code policies},
     * {@code code}
     */
    record Decided(String messageId, String oin, String function, JsonArray rulings) {}

    /** What was recorded of a case, in order. */
    List<Entry> trailOf(String caseId) {
        return query(
                "SELECT kind, at, coalesce(sender, ''), coalesce(message_id, ''), facts FROM ketenpoort.audit_record"
                        + " WHERE case_id = ? ORDER BY sequence",
                row -> new Entry(row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getString(3), row.getString(4), object(row.getString(5))),
                UUID.fromString(caseId));
    }

    /** Decisions about the messages of a case, in the order of their receivers. */
    List<Decided> decisionsIn(String caseId) {
        return query(
                "SELECT d.message_id, coalesce(d.oin, ''), coalesce(d.function, ''), d.rulings FROM ketenpoort.decision d"
                        + " JOIN ketenpoort.message m USING (sender, message_id) WHERE m.case_id = ?"
                        + " ORDER BY m.received_at, d.position",
                row -> new Decided(row.getString(1), row.getString(2), row.getString(3), array(row.getString(4))),
                UUID.fromString(caseId));
    }

    /** A function in a case, and who has it. */
    record InCase(String oin, String function) {}

    /** Who has which function in a case. */
    List<InCase> partiesOf(String caseId) {
        return query("SELECT oin, function FROM ketenpoort.case_party WHERE case_id = ? ORDER BY oin, function",
                row -> new InCase(row.getString(1), row.getString(2)), UUID.fromString(caseId));
    }

    /**
     * MessageIDs of which a delivery is still under way to an endpoint, or of which a notice is; the notices that are yet
     * to become a delivery are among them.
     */
    List<String> underWay() {
        return query("""
                SELECT message_id FROM ketenpoort.delivery WHERE state IN ('WAITING', 'SENDING')
                UNION
                SELECT told.message_id FROM ketenpoort.notice JOIN ketenpoort.delivery AS told ON told.id = notice.about
                 WHERE NOT EXISTS (SELECT FROM ketenpoort.delivery WHERE delivery.id = notice.id)""",
                row -> row.getString(1));
    }

    /** How far the audit trail of the whole region is. */
    long mark() {
        return query("SELECT coalesce(max(sequence), 0) FROM ketenpoort.audit_record", row -> row.getLong(1))
                .getFirst();
    }

    /** What was recorded, after the mark, of changes of this agreement in the register of partners. */
    List<Entry> changesOf(String agreement, long mark) {
        return query(
                "SELECT kind, at, facts FROM ketenpoort.audit_record"
                        + " WHERE kind = 'PARTNERS_CHANGED' AND facts ->> 'agreement' = ? AND sequence > ?"
                        + " ORDER BY sequence",
                row -> new Entry(row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant(), "", "",
                        object(row.getString(3))),
                agreement, mark);
    }

    /** The rule by which a receiver did not get data of a category about a person. */
    Optional<JsonObject> ruling(String caseId, String messageId, String function, String category, String person) {
        return decisionsIn(caseId).stream()
                .filter(decided -> decided.messageId().equals(messageId) && decided.function().equals(function))
                .flatMap(decided -> decided.rulings().getValuesAs(JsonObject.class).stream())
                .filter(ruling -> ruling.getString("category").equals(category)
                        && ruling.getString("person", "").equals(person))
                .findFirst();
    }

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> query(String sql, Row<T> row, Object... parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            var found = new ArrayList<T>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(row.read(rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("The records cannot be read", e);
        }
    }

    private static JsonObject object(String json) {
        try (var reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    private static JsonArray array(String json) {
        try (var reader = Json.createReader(new StringReader(json))) {
            return reader.readArray();
        }
    }
}
