package nl.ketenpoort.operator;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

import org.jdbi.v3.core.Jdbi;

import nl.ketenpoort.localstack.certificates.PartnerCertificates;
import nl.ketenpoort.localstack.certificates.TestCertificates;
import nl.ketenpoort.localstack.database.LocalPostgres;

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

    List<Map<String, Object>> auditRecords() {
        return owner.withHandle(handle -> handle
                .createQuery(
                        "SELECT id, kind, at, facts::text AS facts, salt, leaf FROM audit_record ORDER BY sequence")
                .mapToMap().list());
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
