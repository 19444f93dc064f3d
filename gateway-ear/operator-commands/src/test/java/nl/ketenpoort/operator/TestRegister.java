package nl.ketenpoort.operator;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jdbi.v3.core.Jdbi;

import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.evidence.Salt;
import nl.ketenpoort.localstack.certificates.PartnerCertificates;
import nl.ketenpoort.localstack.certificates.TestCertificates;
import nl.ketenpoort.localstack.database.LocalPostgres;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.Organisation;

/** A migrated database with an empty register, and certificates of the test PKI. */
final class TestRegister implements AutoCloseable {

    static final String POLICE = "00000099000000010000";
    static final String OM = "00000099000000040000";

    private final LocalPostgres database;
    private final Jdbi owner;
    private final TestCertificates certificates;

    TestRegister(Path directory) {
        database = LocalPostgres.in(directory.resolve("database")).start();
        Migrate.apply(database.jdbcUrl(), database.owner().user(), database.owner().password());
        owner = Jdbi.create(database.dataSource(database.owner()));
        certificates = TestCertificates.in(directory.resolve("certificates"));
    }

    LocalPostgres database() {
        return database;
    }

    PartnerCertificates certificatesOf(String oin) {
        return certificates.partner(oin, "Partner " + oin);
    }

    ApplyPartners applyAt(Clock clock) {
        return new ApplyPartners(owner, clock, false);
    }

    void empty() {
        owner.useHandle(handle -> handle.execute("""
                TRUNCATE organisation, organisation_function, intermediary, endpoint, agreement, agreement_party,
                    case_file, audit_record CASCADE; UPDATE register_version SET version = 1"""));
    }

    Register content() {
        return owner.withHandle(handle -> new RegisterTables(handle).read());
    }

    long version() {
        return owner.withHandle(handle -> new RegisterTables(handle).version());
    }

    Organisation organisation(String oin) {
        return Optional.ofNullable(content().organisations().get(new Oin(oin))).orElseThrow();
    }

    Register.Agreement agreement(String id) {
        return Optional.ofNullable(content().agreements().get(id)).orElseThrow();
    }

    /** A row of the audit table, without its facts. */
    record AuditRow(UUID id, String kind, Instant at, Salt salt, Digest leaf) {}

    List<AuditRow> auditRecords() {
        return owner.withHandle(
                handle -> handle.createQuery("SELECT id, kind, at, salt, leaf FROM audit_record ORDER BY sequence")
                        .map((row, context) -> new AuditRow(row.getObject("id", UUID.class), row.getString("kind"),
                                row.getObject("at", OffsetDateTime.class).toInstant(), new Salt(row.getBytes("salt")),
                                new Digest(row.getBytes("leaf"))))
                        .list());
    }

    /** Names and values of the facts, record by record. */
    List<Map<String, String>> facts() {
        return owner.withHandle(handle -> handle
                .createQuery("SELECT sequence FROM audit_record ORDER BY sequence").mapTo(Long.class).list().stream()
                .map(sequence -> handle
                        .createQuery("SELECT key, value FROM audit_record, jsonb_each_text(facts)"
                                + " WHERE sequence = :sequence")
                        .bind("sequence", sequence).map((row, context) -> Map
                                .entry(row.getString("key"), row.getString("value")))
                        .collectToMap(Map.Entry::getKey, Map.Entry::getValue))
                .toList());
    }

    @Override
    public void close() {
        database.close();
    }
}
