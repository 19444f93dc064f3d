package nl.ketenpoort.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import nl.ketenpoort.localstack.database.DatabaseAccount;
import nl.ketenpoort.localstack.database.LocalPostgres;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MigrateTest {

    private LocalPostgres database;
    private Migrate.Outcome first;

    @BeforeAll
    void start(@TempDir Path temporary) {
        database = LocalPostgres.in(temporary).start();
        first = migrate();
    }

    @AfterAll
    void stop() {
        database.close();
    }

    @Test
    void everyMigrationThereIsIsApplied() throws IOException, URISyntaxException {
        try (var files = Files
                .list(Path.of(Migrate.class.getResource("/nl/ketenpoort/migrations").toURI()))) {
            assertThat(first.applied()).isEqualTo((int) files.count()).isPositive();
        }
    }

    @Test
    void aSecondRunDoesNothing() {
        assertThat(migrate()).isEqualTo(new Migrate.Outcome(0, first.version()));
    }

    @Test
    void theServersRoleMayAddAndReadAuditRecords() {
        execute(database.server(), """
                INSERT INTO audit_record (id, kind, at, facts, salt, leaf)
                VALUES (gen_random_uuid(), 'ALARM', now(), '{}', '\\x00', '\\x00')""");
        execute(database.server(), "SELECT * FROM audit_record");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE audit_record SET kind = 'ACCEPTED'", "DELETE FROM audit_record",
            "TRUNCATE audit_record", "UPDATE organisation SET active = true", "DELETE FROM organisation",
            "INSERT INTO organisation VALUES ('00000099000000010000', 'Politie', true, true)",
            "INSERT INTO organisation_function VALUES ('00000099000000010000', 'OM')",
            "UPDATE register_version SET version = 9", "UPDATE endpoint SET push_uri = 'https://elders.example'",
            "UPDATE agreement SET valid_until = 'infinity'", "DELETE FROM message_claim", "DELETE FROM case_file",
            "UPDATE decision SET outcome = 'DELIVER'", "SELECT * FROM flyway_schema_history"})
    void theServersRoleMayNotAlterEvidenceOrTheRegister(String forbidden) {
        assertThatThrownBy(() -> execute(database.server(), forbidden)).hasMessageContaining("permission denied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATE TABLE other (id int)", "ALTER TABLE audit_record ADD COLUMN extra int",
            "DROP TABLE audit_record", "CREATE SCHEMA other", "DROP INDEX audit_of_case",
            "CREATE RULE quiet AS ON INSERT TO audit_record DO INSTEAD NOTHING",
            "CREATE TEMPORARY TABLE audit_record (id int)"})
    void theServersRoleMayNotChangeTheShape(String forbidden) {
        assertThatThrownBy(() -> execute(database.server(), forbidden)).isInstanceOf(IllegalStateException.class)
                .hasMessageMatching("(?s).*(permission denied|must be owner).*");
    }

    private Migrate.Outcome migrate() {
        return Migrate.apply(database.jdbcUrl(), database.owner().user(), database.owner().password());
    }

    private void execute(DatabaseAccount account, String sql) {
        try (Connection connection = database.dataSource(account).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure.getMessage(), failure);
        }
    }
}
