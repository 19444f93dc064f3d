package nl.ketenpoort.acceptance.postgres;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import jakarta.json.Json;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import nl.ketenpoort.acceptance.AcceptedMessage;
import nl.ketenpoort.acceptance.MessageStore;
import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.evidence.Salt;
import nl.ketenpoort.minimisation.Minimised;
import nl.ketenpoort.minimisation.ReceiverDecision;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.purpose.DecisionOutcome;
import nl.ketenpoort.purpose.Ruling;
import nl.ketenpoort.safekeeping.ContentVault;
import nl.ketenpoort.signature.MessageId;

final class PostgresMessageStore implements MessageStore {

    private final Jdbi database;
    private final ContentVault vault;

    PostgresMessageStore(Jdbi database, ContentVault vault) {
        this.database = database;
        this.vault = vault;
    }

    /** The unique key makes the second of two claims wait until the first has ended, and then shows how. */
    @Override
    public Claim claim(Oin sender, MessageId id, byte[] body) {
        return database.withHandle(handle -> {
            int claimed = handle.createUpdate("""
                    INSERT INTO message_claim (sender, message_id) VALUES (:sender, :id)
                    ON CONFLICT DO NOTHING""").bind("sender", sender.value()).bind("id", id.value()).execute();
            return claimed == 1 ? new Fresh() : earlier(handle, sender, id, body);
        });
    }

    private static Claim earlier(Handle handle, Oin sender, MessageId id, byte[] body) {
        return handle.createQuery("""
                SELECT digest, salt, receipt FROM message
                 WHERE sender = :sender AND message_id = :id""").bind("sender", sender.value()).bind("id", id.value())
                .<Claim>map((row, context) -> new Salt(row.getBytes("salt")).commit(body)
                        .equals(new Digest(row.getBytes("digest")))
                                ? new Same(row.getBytes("receipt"))
                                : new Other())
                .one();
    }

    @Override
    public List<Earlier> earlier(CaseId caseId, MessageId id) {
        return database.withHandle(handle -> handle.createQuery("""
                SELECT type_name, sender, sender_function,
                       ARRAY(SELECT CAST(oin AS text) FROM decision
                              WHERE decision.sender = message.sender AND decision.message_id = message.message_id
                                AND outcome = :permit) AS receivers
                  FROM message WHERE case_id = :case AND message_id = :id ORDER BY received_at""")
                .bind("case", caseId.value()).bind("id", id.value()).bind("permit", DecisionOutcome.PERMIT.name())
                .map((row, context) -> earlier(row)).list());
    }

    private static Earlier earlier(ResultSet row) throws SQLException {
        var receivers = Arrays.stream((Object[]) row.getArray("receivers").getArray()).map(Object::toString)
                .map(Oin::new).collect(Collectors.toSet());
        return new Earlier(row.getString("type_name"), new Oin(row.getString("sender")),
                new PartnerFunction(row.getString("sender_function")), receivers);
    }

    @Override
    public void keep(AcceptedMessage accepted) {
        database.useHandle(handle -> {
            var certificate = keepCertificate(handle, accepted);
            keepMessage(handle, accepted, certificate);
            keepDecisions(handle, accepted);
        });
    }

    private static Digest keepCertificate(Handle handle, AcceptedMessage accepted) {
        var der = encoded(accepted.message().verified().sender().certificate());
        var digest = Digest.of(der);
        handle.createUpdate("""
                INSERT INTO certificate (digest, der, verified_at) VALUES (:digest, :der, :at)
                ON CONFLICT DO NOTHING""").bind("digest", digest.bytes()).bind("der", der)
                .bind("at", accepted.receivedAt()).execute();
        return digest;
    }

    private void keepMessage(Handle handle, AcceptedMessage accepted, Digest certificate) {
        var message = accepted.message();
        var verified = message.verified();
        var sealed = vault.seal(accepted.caseId(),
                ContentVault.messageRow(verified.sender().signer(), verified.messageId()),
                verified.envelope());
        handle.createUpdate("""
                INSERT INTO message (sender, message_id, case_id, type_name, type_version, sender_function, phase,
                       urgent, safety_effect, reference, received_at, digest, salt, audit_leaf, certificate, bundle,
                       key_wrapped, envelope, receipt)
                VALUES (:sender, :id, :case, :type, :version, :function, :phase, :urgent, :safety, :reference, :at,
                       :digest, :salt, :leaf, :certificate, :bundle, :key, :envelope, :receipt)""")
                .bind("sender", verified.sender().signer().value()).bind("id", verified.messageId().value())
                .bind("case", accepted.caseId().value()).bind("type", message.type().name().name())
                .bind("version", message.type().name().version())
                .bind("function", message.envelope().senderFunction().code()).bind("phase", accepted.phase().name())
                .bind("urgent", message.urgent()).bind("safety", message.hasSafetyEffect())
                .bind("reference", message.envelope().reference().map(MessageId::value).orElse(null))
                .bind("at", accepted.receivedAt()).bind("digest", accepted.digest().bytes())
                .bind("salt", accepted.salt().bytes()).bind("leaf", accepted.auditLeaf().bytes())
                .bind("certificate", certificate.bytes()).bind("bundle", accepted.bundle())
                .bind("key", sealed.wrappedKey()).bind("envelope", sealed.ciphertext())
                .bind("receipt", accepted.receipt()).execute();
    }

    private static void keepDecisions(Handle handle, AcceptedMessage accepted) {
        var verified = accepted.message().verified();
        var batch = handle.prepareBatch("""
                INSERT INTO decision (sender, message_id, position, oin, function, purpose, outcome, code, omitted,
                       rulings)
                VALUES (:sender, :id, :position, :oin, :function, :purpose, :outcome, :code, :omitted,
                       CAST(:rulings AS jsonb))""");
        int position = 0;
        for (var decision : accepted.decisions()) {
            batch.bind("sender", verified.sender().signer().value()).bind("id", verified.messageId().value())
                    .bind("position", position++).bind("oin", decision.addressed().oin().map(Oin::value).orElse(null))
                    .bind("function", decision.addressed().function().map(PartnerFunction::code).orElse(null))
                    .bind("purpose", decision.purpose().code()).bind("outcome", decision.outcome().name())
                    .bind("code", decision.refusal().map(refusal -> refusal.code().toString()).orElse(null))
                    .bindArray("omitted", String.class,
                            decision.minimised().map(Minimised::omitted).orElse(List.of()))
                    .bind("rulings", rulings(decision)).add();
        }
        batch.execute();
    }

    private static String rulings(ReceiverDecision decision) {
        var all = Json.createArrayBuilder();
        decision.rulings().forEach((data, ruling) -> {
            var one = Json.createObjectBuilder().add("category", data.category().name())
                    .add("permitted", ruling.permits()).add("policies", Json.createArrayBuilder(ruling.policies()));
            data.person().ifPresent(person -> one.add("person", person.value()));
            if (ruling instanceof Ruling.Denied denied) {
                one.add("code", denied.refusal().code().toString());
            }
            all.add(one);
        });
        return all.build().toString();
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException unreadable) {
            throw new IllegalStateException("a verified certificate cannot be written", unreadable);
        }
    }
}
