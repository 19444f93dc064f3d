package nl.ketenpoort.operator;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jdbi.v3.core.Handle;

import nl.ketenpoort.evidence.AuditRecord;
import nl.ketenpoort.evidence.Salt;
import nl.ketenpoort.partner.Endpoint;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.Organisation;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.partner.Separation;

/** The register in the database, in the transaction of the handle. */
final class RegisterTables {

    private final Handle handle;

    RegisterTables(Handle handle) {
        this.handle = handle;
    }

    long version() {
        return handle.createQuery("SELECT version FROM register_version").mapTo(Long.class).one();
    }

    /** Lets nobody else change the register until the transaction ends. */
    long lockVersion() {
        return handle.createQuery("SELECT version FROM register_version FOR UPDATE").mapTo(Long.class).one();
    }

    void raiseVersionTo(long version) {
        handle.createUpdate("UPDATE register_version SET version = :version").bind("version", version).execute();
    }

    Register read() {
        var functions = new HashMap<String, Set<PartnerFunction>>();
        handle.createQuery("SELECT oin, function FROM organisation_function")
                .map((row, context) -> Map.entry(row.getString("oin"), new PartnerFunction(row.getString("function"))))
                .forEach(row -> functions.computeIfAbsent(row.getKey(), oin -> new HashSet<>()).add(row.getValue()));
        var organisations = handle.createQuery("SELECT oin, name, active, own_ground_for_bsn FROM organisation")
                .map((row, context) -> new Organisation(new Oin(row.getString("oin")), row.getString("name"),
                        row.getBoolean("active"), functions.getOrDefault(row.getString("oin"), Set.of()),
                        row.getBoolean("own_ground_for_bsn")))
                .collectToMap(Organisation::oin, organisation -> organisation);
        var intermediaryFor = handle.createQuery("SELECT intermediary, signer FROM intermediary")
                .map((row, context) -> Map.entry(new Oin(row.getString("intermediary")),
                        new Oin(row.getString("signer"))))
                .stream().collect(Collectors.groupingBy(Map.Entry::getKey,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toUnmodifiableSet())));
        var endpoints = handle
                .createQuery(
                        """
                SELECT oin, function, push_uri, certificate, separated, separation_document, sealed_parts FROM endpoint""")
                .map((row, context) -> endpoint(row))
                .collectToMap(endpoint -> new Register.Address(endpoint.oin(), endpoint.function()),
                        endpoint -> endpoint);
        var parties = handle.createQuery("SELECT agreement, oin FROM agreement_party")
                .map((row, context) -> Map.entry(row.getString("agreement"), new Oin(row.getString("oin")))).stream()
                .collect(Collectors.groupingBy(Map.Entry::getKey,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
        var agreements = handle.createQuery("SELECT id, kind, description, valid_from, valid_until FROM agreement")
                .map((row, context) -> new Register.Agreement(row.getString("id"), row.getString("kind"),
                        row.getString("description"), row.getObject("valid_from", OffsetDateTime.class).toInstant(),
                        row.getObject("valid_until", OffsetDateTime.class).toInstant(),
                        parties.getOrDefault(row.getString("id"), Set.of())))
                .collectToMap(Register.Agreement::id, agreement -> agreement);
        return new Register(organisations, intermediaryFor, endpoints, agreements);
    }

    void write(Organisation organisation) {
        handle.createUpdate("""
                INSERT INTO organisation (oin, name, active, own_ground_for_bsn) VALUES (:oin, :name, :active, :bsn)
                ON CONFLICT (oin) DO UPDATE SET name = excluded.name, active = excluded.active,
                    own_ground_for_bsn = excluded.own_ground_for_bsn""").bind("oin", organisation.oin().value())
                .bind("name", organisation.name()).bind("active", organisation.active())
                .bind("bsn", organisation.ownGroundForBsn()).execute();
        handle.createUpdate("DELETE FROM organisation_function WHERE oin = :oin")
                .bind("oin", organisation.oin().value()).execute();
        for (var function : organisation.profile()) {
            handle.createUpdate("INSERT INTO organisation_function (oin, function) VALUES (:oin, :function)")
                    .bind("oin", organisation.oin().value()).bind("function", function.code()).execute();
        }
    }

    void writeSigners(Oin intermediary, Set<Oin> signers) {
        handle.createUpdate("DELETE FROM intermediary WHERE intermediary = :oin").bind("oin", intermediary.value())
                .execute();
        for (var signer : signers) {
            handle.createUpdate("INSERT INTO intermediary (intermediary, signer) VALUES (:intermediary, :signer)")
                    .bind("intermediary", intermediary.value()).bind("signer", signer.value()).execute();
        }
    }

    void write(Endpoint endpoint) {
        handle.createUpdate("""
                INSERT INTO endpoint (oin, function, push_uri, certificate, separated, separation_document, sealed_parts)
                VALUES (:oin, :function, :push, :certificate, :separated, :document, :sealed)
                ON CONFLICT (oin, function) DO UPDATE SET push_uri = excluded.push_uri,
                    certificate = excluded.certificate, separated = excluded.separated,
                    separation_document = excluded.separation_document, sealed_parts = excluded.sealed_parts""")
                .bind("oin", endpoint.oin().value()).bind("function", endpoint.function().code())
                .bind("push", endpoint.push().map(URI::toString).orElse(null))
                .bind("certificate", endpoint.certificate().map(RegisterTables::der).orElse(null))
                .bind("separated", endpoint.separation().fromOtherFunctions())
                .bind("document", endpoint.separation().document().orElse(null))
                .bind("sealed", endpoint.separation().ofSealedParts()).execute();
    }

    void remove(Register.Address address) {
        handle.createUpdate("DELETE FROM endpoint WHERE oin = :oin AND function = :function")
                .bind("oin", address.oin().value()).bind("function", address.function().code()).execute();
    }

    void write(Register.Agreement agreement) {
        handle.createUpdate("""
                INSERT INTO agreement (id, kind, description, valid_from, valid_until)
                VALUES (:id, :kind, :description, :from, :until)
                ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, description = excluded.description,
                    valid_from = excluded.valid_from, valid_until = excluded.valid_until""").bind("id", agreement.id())
                .bind("kind", agreement.kind()).bind("description", agreement.description())
                .bind("from", agreement.from()).bind("until", agreement.until()).execute();
        handle.createUpdate("DELETE FROM agreement_party WHERE agreement = :id").bind("id", agreement.id()).execute();
        for (var party : agreement.parties()) {
            handle.createUpdate("INSERT INTO agreement_party (agreement, oin) VALUES (:id, :oin)")
                    .bind("id", agreement.id()).bind("oin", party.value()).execute();
        }
    }

    void append(AuditRecord record, Salt salt) {
        var names = record.facts().keySet().toArray(String[]::new);
        var values = record.facts().values().toArray(String[]::new);
        handle.createUpdate("""
                INSERT INTO audit_record (id, kind, at, case_id, sender, message_id, facts, salt, leaf)
                VALUES (:id, :kind, :at, NULL, NULL, NULL, jsonb_object(:names, :values), :salt, :leaf)""")
                .bind("id", record.id()).bind("kind", record.kind().name()).bind("at", record.at())
                .bindArray("names", String.class, (Object[]) names).bindArray("values", String.class, (Object[]) values)
                .bind("salt", salt.bytes()).bind("leaf", record.leaf(salt).bytes()).execute();
    }

    static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("a certificate that was read can be written", impossible);
        }
    }

    private static Endpoint endpoint(ResultSet row) throws SQLException {
        return new Endpoint(new Oin(row.getString("oin")), new PartnerFunction(row.getString("function")),
                Optional.ofNullable(row.getString("push_uri")).map(URI::create),
                Optional.ofNullable(row.getBytes("certificate")).map(RegisterTables::certificate),
                new Separation(row.getBoolean("separated"), Optional.ofNullable(row.getString("separation_document")),
                        row.getBoolean("sealed_parts")));
    }

    private static X509Certificate certificate(byte[] der) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException unreadable) {
            throw new IllegalStateException("the register holds a certificate that cannot be read", unreadable);
        }
    }
}
