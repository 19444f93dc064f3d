package nl.ketenpoort.acceptance.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import nl.ketenpoort.acceptance.AnswerWriting.ReceiverStatus;
import nl.ketenpoort.acceptance.AnswerWriting.Standing;
import nl.ketenpoort.acceptance.MessageStatus;
import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.refusal.ErrorCode;
import nl.ketenpoort.signature.MessageId;

final class PostgresMessageStatus implements MessageStatus {

    private final Jdbi database;

    PostgresMessageStatus(Jdbi database) {
        this.database = database;
    }

    @Override
    public Optional<Status> of(Oin sender, MessageId id) {
        return database.withHandle(handle -> handle
                .createQuery("SELECT case_id, sender_function FROM message WHERE sender = :sender AND message_id = :id")
                .bind("sender", sender.value()).bind("id", id.value())
                .map((row, context) -> new Status(new CaseId(row.getObject("case_id", UUID.class)),
                        new PartnerFunction(row.getString("sender_function")), receiversOf(handle, sender, id)))
                .findOne());
    }

    private static List<ReceiverStatus> receiversOf(Handle handle, Oin sender, MessageId id) {
        return handle.createQuery("""
                SELECT decision.oin, decision.function, coalesce(delivery.state, 'REFUSED') AS state,
                       coalesce(delivery.since, message.received_at) AS since,
                       coalesce(delivery.code, decision.code) AS code
                  FROM decision JOIN message USING (sender, message_id)
                  LEFT JOIN delivery ON delivery.sender = decision.sender
                       AND delivery.message_id = decision.message_id AND delivery.receiver = decision.oin
                       AND delivery.function = decision.function AND delivery.purpose = decision.purpose AND delivery.about IS NULL
                 WHERE decision.sender = :sender AND decision.message_id = :id ORDER BY position""")
                .bind("sender", sender.value()).bind("id", id.value())
                .map((row, context) -> receiver(row)).list();
    }

    private static ReceiverStatus receiver(ResultSet row) throws SQLException {
        return new ReceiverStatus(Optional.ofNullable(row.getString("oin")).map(Oin::new),
                Optional.ofNullable(row.getString("function")).map(PartnerFunction::new),
                standing(row.getString("state")), row.getObject("since", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getString("code")).map(ErrorCode::parse));
    }

    private static Standing standing(String state) {
        return switch (state) {
            case "REFUSED" -> Standing.GEWEIGERD;
            case "WAITING", "MAILBOX" -> Standing.WACHT;
            case "SENDING" -> Standing.ONDERWEG;
            case "DISCLOSED" -> Standing.VERSTREKT;
            case "DELIVERED" -> Standing.BEZORGD;
            case "PARKED" -> Standing.OPZIJ_GEZET;
            case "CANCELLED" -> Standing.GEANNULEERD;
            default -> throw new IllegalStateException("the database holds no such state");
        };
    }
}
