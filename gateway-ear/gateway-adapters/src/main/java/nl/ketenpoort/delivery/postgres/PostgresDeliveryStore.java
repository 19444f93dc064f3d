package nl.ketenpoort.delivery.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.casefile.Phase;
import nl.ketenpoort.delivery.Attempts;
import nl.ketenpoort.delivery.DeliveryId;
import nl.ketenpoort.delivery.DeliveryStore;
import nl.ketenpoort.delivery.Lane;
import nl.ketenpoort.delivery.NewDelivery;
import nl.ketenpoort.delivery.WaitingDelivery;
import nl.ketenpoort.delivery.WaitingDelivery.Notice;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.evidence.Salt;
import nl.ketenpoort.messagetype.Category;
import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.purpose.DataClass;
import nl.ketenpoort.refusal.ErrorCode;
import nl.ketenpoort.safekeeping.ContentVault;
import nl.ketenpoort.safekeeping.ContentVault.SealedContent;
import nl.ketenpoort.signature.MessageId;

final class PostgresDeliveryStore implements DeliveryStore {

    private final Jdbi database;
    private final ContentVault vault;

    PostgresDeliveryStore(Jdbi database, ContentVault vault) {
        this.database = database;
        this.vault = vault;
    }

    private static final String WITH_ITS_MESSAGE = """
            SELECT delivery.*, message.sender_function, message.safety_effect, message.reference, message.received_at,
                   message.digest, message.audit_leaf, message.certificate, message.key_wrapped, message.envelope,
                   notice.receiver AS told_receiver, notice.function AS told_function, notice.standing, notice.code AS told_code,
                   notice.since AS told_since, notice.omitted,
                   (SELECT array_agg((ruling ->> 'category') || ' ' || coalesce(ruling ->> 'person', ''))
                      FROM decision CROSS JOIN jsonb_array_elements(decision.rulings) AS ruling
                     WHERE decision.sender = delivery.sender AND decision.message_id = delivery.message_id
                       AND decision.oin = delivery.receiver AND decision.function = delivery.function
                       AND decision.purpose = delivery.purpose AND decision.outcome = 'PERMIT'
                       AND (ruling ->> 'permitted')::boolean) AS permitted
              FROM delivery JOIN message USING (sender, message_id) LEFT JOIN notice ON notice.id = delivery.id
            """;

    @Override
    public Optional<WaitingDelivery> lockHead(Lane lane) {
        return database.withHandle(handle -> {
            lock(handle, lane);
            return handle.createQuery(WITH_ITS_MESSAGE + """
                    WHERE delivery.lane = :lane AND delivery.state IN ('WAITING', 'SENDING')
                    ORDER BY delivery.sequence LIMIT 1""")
                    .bind("lane", lane.name()).map((row, context) -> waiting(row)).findOne();
        });
    }

    @Override
    public boolean lockAttempt(Lane lane, DeliveryId id, Attempts begun) {
        return database.withHandle(handle -> {
            lock(handle, lane);
            return handle
                    .createQuery(
                            """
                    SELECT EXISTS (SELECT FROM delivery WHERE id = :id AND state = 'SENDING' AND attempts = :attempts)""")
                    .bind("id", id.value()).bind("attempts", begun.count()).mapTo(Boolean.class).one();
        });
    }

    private static void lock(Handle handle, Lane lane) {
        handle.createQuery("SELECT next_sequence FROM delivery_lane WHERE lane = :lane FOR UPDATE")
                .bind("lane", lane.name()).mapTo(Long.class).findOne();
    }

    /**
     * The lanes first, as whoever sends does, and then the deliveries as a fetch has them: who locks in another order would
     * wait for ever.
     */
    @Override
    public List<WaitingDelivery> lockUndisclosed(CaseId caseId) {
        return database.withHandle(handle -> {
            handle.createQuery("""
                    SELECT lane FROM delivery_lane
                     WHERE lane IN (SELECT lane FROM delivery WHERE case_id = :case AND state IN ('WAITING', 'MAILBOX', 'DISCLOSED'))
                     ORDER BY lane FOR UPDATE""").bind("case", caseId.value()).mapTo(String.class).list();
            return handle.createQuery(WITH_ITS_MESSAGE + """
                    WHERE delivery.case_id = :case AND delivery.state IN ('WAITING', 'MAILBOX')
                    ORDER BY delivery.urgent DESC, delivery.arrival FOR UPDATE OF delivery""")
                    .bind("case", caseId.value())
                    .map((row, context) -> waiting(row)).list();
        });
    }

    @Override
    public List<DeliveryId> underWay(CaseId caseId) {
        return database.withHandle(handle -> handle
                .createQuery("SELECT id FROM delivery WHERE case_id = :case AND state = 'SENDING' ORDER BY id")
                .bind("case", caseId.value()).mapTo(UUID.class).map(DeliveryId::new).list());
    }

    @Override
    public List<WaitingDelivery> lockInMailbox(Mailboxes mailboxes, int maximum) {
        return database.withHandle(handle -> handle
                .createQuery(WITH_ITS_MESSAGE + """
                WHERE delivery.receiver = :receiver
                  AND (CAST(:function AS text) IS NULL OR delivery.function = :function)
                  AND delivery.function <> ALL (:closed)
                  AND delivery.state IN ('MAILBOX', 'DISCLOSED')
                ORDER BY delivery.urgent DESC, delivery.arrival LIMIT :maximum FOR UPDATE OF delivery""")
                .bind("receiver", mailboxes.receiver().value()).bind("function", code(mailboxes.function()))
                .bindArray("closed", String.class, closed(mailboxes)).bind("maximum", maximum)
                .map((row, context) -> waiting(row)).list());
    }

    @Override
    public int countInMailbox(Mailboxes mailboxes) {
        return database.withHandle(handle -> handle.createQuery("""
                SELECT count(*) FROM delivery
                 WHERE receiver = :receiver AND (CAST(:function AS text) IS NULL OR function = :function)
                   AND function <> ALL (:closed) AND state IN ('MAILBOX', 'DISCLOSED')""")
                .bind("receiver", mailboxes.receiver().value()).bind("function", code(mailboxes.function()))
                .bindArray("closed", String.class, closed(mailboxes)).mapTo(Integer.class).one());
    }

    @Override
    public List<Mailboxes> mailboxesInUse() {
        return database.withHandle(handle -> handle.createQuery("""
                SELECT DISTINCT receiver, function FROM delivery WHERE state IN ('MAILBOX', 'DISCLOSED')""")
                .map((row, context) -> new Mailboxes(new Oin(row.getString("receiver")),
                        Optional.of(new PartnerFunction(row.getString("function"))), Set.of()))
                .list());
    }

    @Override
    public Optional<Disclosed> lockDisclosed(Oin receiver, DeliveryId id) {
        return database.withHandle(handle -> handle.createQuery(WITH_ITS_MESSAGE + """
                WHERE delivery.id = :id AND delivery.receiver = :receiver
                  AND (delivery.state IN ('DISCLOSED', 'DELIVERED')
                       OR delivery.state IN ('WAITING', 'CANCELLED', 'PARKED') AND delivery.may_have_arrived)
                FOR UPDATE OF delivery""").bind("id", id.value()).bind("receiver", receiver.value())
                .map((row, context) -> new Disclosed(waiting(row), new Digest(row.getBytes("delivered_digest")),
                        switch (row.getString("state")) {
                            case "DISCLOSED", "WAITING" -> Disclosed.End.NONE_YET;
                            case "DELIVERED" -> Disclosed.End.CONFIRMED;
                            default -> Disclosed.End.STOPPED;
                        }))
                .findOne());
    }

    private static Object[] closed(Mailboxes mailboxes) {
        return mailboxes.closed().stream().map(PartnerFunction::code).toArray();
    }

    private static String code(Optional<PartnerFunction> function) {
        return function.map(PartnerFunction::code).orElse(null);
    }

    private WaitingDelivery waiting(ResultSet row) throws SQLException {
        var sender = new Oin(row.getString("sender"));
        var id = new MessageId(row.getString("message_id"));
        var caseId = new CaseId(row.getObject("case_id", UUID.class));
        var message = new WaitingDelivery.OfMessage(sender, id, caseId,
                new PartnerFunction(row.getString("sender_function")), Phase.valueOf(row.getString("phase")),
                row.getBoolean("safety_effect"), Optional.ofNullable(row.getString("reference")).map(MessageId::new),
                row.getObject("received_at", OffsetDateTime.class).toInstant(), new Digest(row.getBytes("digest")),
                new Digest(row.getBytes("audit_leaf")), new Digest(row.getBytes("certificate")),
                opened(row, caseId, sender, id));
        return new WaitingDelivery(new DeliveryId(row.getObject("id", UUID.class)), row.getLong("sequence"),
                new Oin(row.getString("receiver")), new PartnerFunction(row.getString("function")),
                new Purpose(row.getString("purpose")), row.getBoolean("urgent"),
                new Attempts(row.getInt("attempts"), row.getInt("unconfirmed"), row.getBoolean("may_have_arrived")),
                Optional.ofNullable(row.getBytes("delivered_salt")).map(Salt::new), permitted(row), message,
                notice(row));
    }

    /** One that does not open must not keep the others from being read. */
    private Optional<byte[]> opened(ResultSet row, CaseId caseId, Oin sender, MessageId id) throws SQLException {
        var key = row.getBytes("key_wrapped");
        var envelope = row.getBytes("envelope");
        if (key == null || envelope == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(vault.open(caseId, ContentVault.messageRow(sender, id),
                    new SealedContent(key, envelope)));
        } catch (IllegalStateException doesNotOpen) {
            return Optional.empty();
        }
    }

    private static Set<DataClass> permitted(ResultSet row) throws SQLException {
        return texts(row, "permitted").stream().map(written -> written.split(" ", -1))
                .map(parts -> new DataClass(Category.valueOf(parts[0]),
                        Optional.of(parts[1]).filter(person -> !person.isEmpty()).map(PersonId::new)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        var array = row.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    private static Optional<Notice> notice(ResultSet row) throws SQLException {
        if (row.getString("told_receiver") == null) {
            return Optional.empty();
        }
        return Optional.of(new Notice(new Oin(row.getString("told_receiver")),
                new PartnerFunction(row.getString("told_function")), Notice.Standing.valueOf(row.getString("standing")),
                ErrorCode.parse(row.getString("told_code")),
                row.getObject("told_since", OffsetDateTime.class).toInstant(), texts(row, "omitted")));
    }

    @Override
    public void notice(DeliveryId id, DeliveryId about, Notice notice) {
        database.useHandle(handle -> handle.createUpdate("""
                INSERT INTO notice (id, about, receiver, function, standing, code, since, omitted)
                VALUES (:id, :about, :receiver, :function, :standing, :code, :since, :omitted)""")
                .bind("id", id.value()).bind("about", about.value()).bind("receiver", notice.receiver().value())
                .bind("function", notice.function().code()).bind("standing", notice.standing().name())
                .bind("code", notice.code().toString()).bind("since", notice.since())
                .bindArray("omitted", String.class, notice.omitted()).execute());
    }

    @Override
    public Optional<NewDelivery> unsentNotice(DeliveryId id) {
        return database.withHandle(handle -> handle.createQuery("""
                SELECT told.sender, told.message_id, told.case_id, told.purpose, told.urgent, told.phase, notice.about,
                       message.sender_function
                  FROM notice JOIN delivery AS told ON told.id = notice.about JOIN message USING (sender, message_id)
                 WHERE notice.id = :id AND NOT EXISTS (SELECT FROM delivery WHERE delivery.id = notice.id)""")
                .bind("id", id.value()).map((row, context) -> {
                    var sender = new Oin(row.getString("sender"));
                    var party = new Party(sender, new PartnerFunction(row.getString("sender_function")), Set.of());
                    return new NewDelivery(id, sender, new MessageId(row.getString("message_id")),
                            new CaseId(row.getObject("case_id", UUID.class)), party,
                            new Purpose(row.getString("purpose")), row.getBoolean("urgent"),
                            Phase.valueOf(row.getString("phase")),
                            Optional.of(new DeliveryId(row.getObject("about", UUID.class))));
                }).findOne());
    }

    @Override
    public void sending(DeliveryId id, Digest delivered, Salt salt, Attempts begun, Instant now) {
        database.useHandle(handle -> one(handle.createUpdate("""
                UPDATE delivery SET state = 'SENDING', since = :now, delivered_digest = :digest, delivered_salt = :salt,
                       attempts = :attempts, unconfirmed = :unconfirmed, may_have_arrived = :arrived
                 WHERE id = :id AND state IN ('WAITING', 'SENDING')""").bind("id", id.value()).bind("now", now)
                .bind("digest", delivered.bytes()).bind("salt", salt.bytes()).bind("attempts", begun.count())
                .bind("unconfirmed", begun.unconfirmed()).bind("arrived", begun.mayHaveArrived()).execute()));
    }

    @Override
    public void inMailbox(DeliveryId id, Instant now) {
        change(id, "MAILBOX", Optional.empty(), now);
    }

    @Override
    public boolean disclosed(DeliveryId id, Digest delivered, Salt salt, Instant now) {
        return database.withHandle(handle -> handle.createUpdate("""
                UPDATE delivery SET state = 'DISCLOSED', since = :now, delivered_digest = :digest,
                       delivered_salt = :salt, may_have_arrived = true, code = NULL
                 WHERE id = :id AND (state = 'MAILBOX' OR state = 'DISCLOSED' AND delivered_digest <> :digest)""")
                .bind("id", id.value()).bind("now", now).bind("digest", delivered.bytes()).bind("salt", salt.bytes())
                .execute() == 1);
    }

    @Override
    public void delivered(DeliveryId id, Instant now) {
        change(id, "DELIVERED", Optional.empty(), now);
    }

    @Override
    public void waitsAgain(DeliveryId id, ErrorCode why, Attempts attempts, Instant now) {
        database.useHandle(handle -> handle.createUpdate("""
                UPDATE delivery SET state = 'WAITING', since = :now, code = :code, attempts = :count,
                       unconfirmed = :unconfirmed, may_have_arrived = :arrived
                 WHERE id = :id AND state = 'SENDING'""").bind("id", id.value()).bind("now", now)
                .bind("code", why.toString()).bind("count", attempts.count())
                .bind("unconfirmed", attempts.unconfirmed()).bind("arrived", attempts.mayHaveArrived()).execute());
    }

    @Override
    public boolean undecided(DeliveryId id, ErrorCode why) {
        return database.withHandle(handle -> handle.createUpdate("""
                UPDATE delivery SET code = :code
                 WHERE id = :id AND state IN ('WAITING', 'SENDING', 'MAILBOX', 'DISCLOSED')
                   AND code IS DISTINCT FROM :code""").bind("id", id.value()).bind("code", why.toString())
                .execute() == 1);
    }

    @Override
    public void parked(DeliveryId id, ErrorCode why, Instant now) {
        change(id, "PARKED", Optional.of(why), now);
    }

    @Override
    public void cancelled(DeliveryId id, ErrorCode why, Instant now) {
        change(id, "CANCELLED", Optional.of(why), now);
    }

    private void change(DeliveryId id, String state, Optional<ErrorCode> why, Instant now) {
        database.useHandle(handle -> one(handle.createUpdate("""
                UPDATE delivery SET state = :state, since = :now, code = :code
                 WHERE id = :id AND state IN ('WAITING', 'SENDING', 'MAILBOX', 'DISCLOSED')""").bind("id", id.value())
                .bind("state", state)
                .bind("now", now).bind("code", why.map(ErrorCode::toString).orElse(null)).execute()));
    }

    /** Somebody else has ended this delivery: then this transaction must not record that it did. */
    private static void one(int changed) {
        if (changed != 1) {
            throw new IllegalStateException("the delivery has ended already");
        }
    }

    @Override
    public Optional<Failing> failing(Oin oin, PartnerFunction function) {
        return database.withHandle(handle -> handle.createQuery("""
                SELECT failures, failed_at, probed_until FROM endpoint_backoff
                 WHERE oin = :oin AND function = :function""").bind("oin", oin.value())
                .bind("function", function.code()).map((row, context) -> failing(row)).findOne());
    }

    private static Failing failing(ResultSet row) throws SQLException {
        return new Failing(row.getInt("failures"), row.getObject("failed_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("probed_until", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }

    @Override
    public Optional<Lane> oldestUrgent(Oin oin, PartnerFunction function) {
        return database.withHandle(handle -> handle.createQuery("""
                SELECT lane FROM delivery
                 WHERE receiver = :oin AND function = :function AND urgent AND state IN ('WAITING', 'SENDING')
                 ORDER BY attempts, arrival LIMIT 1""").bind("oin", oin.value()).bind("function", function.code())
                .mapTo(String.class).findOne().map(Lane::parse));
    }

    @Override
    public Optional<Instant> waitsSince(Lane lane) {
        return database.withHandle(handle -> handle.createQuery("""
                SELECT since FROM delivery
                 WHERE lane = :lane AND state IN ('WAITING', 'SENDING') ORDER BY sequence LIMIT 1""")
                .bind("lane", lane.name()).mapTo(Instant.class).findOne());
    }

    @Override
    public boolean probe(Oin oin, PartnerFunction function, Failing seen, Instant until) {
        return database.withHandle(handle -> handle.createUpdate("""
                UPDATE endpoint_backoff SET probed_until = :until
                 WHERE oin = :oin AND function = :function AND failures = :failures
                   AND probed_until IS NOT DISTINCT FROM CAST(:seen AS timestamptz)""").bind("oin", oin.value())
                .bind("function", function.code()).bind("failures", seen.failures()).bind("until", until)
                .bind("seen", seen.probedUntil().orElse(null)).execute() == 1);
    }

    @Override
    public Failing endpointFailed(Oin oin, PartnerFunction function, Instant began, Instant now) {
        database.useHandle(handle -> handle.createUpdate("""
                INSERT INTO endpoint_backoff AS known (oin, function, failures, failed_at)
                VALUES (:oin, :function, 1, :now)
                ON CONFLICT (oin, function) DO UPDATE
                   SET failures = known.failures + 1, failed_at = :now, probed_until = NULL
                 WHERE known.failed_at <= :began""").bind("oin", oin.value()).bind("function", function.code())
                .bind("now", now).bind("began", began).execute());
        return failing(oin, function).orElseThrow();
    }

    @Override
    public void endpointAnswered(Oin oin, PartnerFunction function) {
        database.useHandle(handle -> handle
                .createUpdate("DELETE FROM endpoint_backoff WHERE oin = :oin AND function = :function")
                .bind("oin", oin.value()).bind("function", function.code()).execute());
    }
}
