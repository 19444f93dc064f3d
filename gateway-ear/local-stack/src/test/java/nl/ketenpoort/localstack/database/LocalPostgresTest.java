package nl.ketenpoort.localstack.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalPostgresTest {

    private LocalPostgres database;
    private Path directory;

    @BeforeAll
    void start(@TempDir Path temporary) {
        directory = temporary;
        database = LocalPostgres.in(directory).start();
    }

    @AfterAll
    void stop() {
        database.close();
    }

    @Test
    void aCommitIsDurable() throws SQLException {
        for (String setting : new String[]{"fsync", "synchronous_commit", "full_page_writes", "data_checksums"}) {
            assertThat(ask(database.server(), "show " + setting)).as(setting).isEqualTo("on");
        }
        assertThat(ask(database.server(), "show server_version")).startsWith("18.");
    }

    @Test
    void aCommittedRowOutlivesAKillAndAnUncommittedOneDoesNot() throws SQLException {
        execute(database.owner(), "create schema if not exists ketenpoort", "create table survivor (id int)",
                "insert into survivor values (1)");
        int port = database.port();
        Connection open = database.dataSource(database.owner()).getConnection();
        open.setAutoCommit(false);
        try (Statement statement = open.createStatement()) {
            statement.execute("insert into survivor values (2)");
        }
        database.kill();
        assertThat(database.isRunning()).isFalse();
        assertThatThrownBy(open::commit).isInstanceOf(SQLException.class);
        database.start();
        assertThat(database.port()).isEqualTo(port);
        assertThat(ask(database.owner(), "select string_agg(id::text, ',') from survivor")).isEqualTo("1");
        execute(database.owner(), "drop table survivor");
    }

    @Test
    void theSameDirectoryOpenedAgainHasTheSamePortAndPasswords() {
        LocalPostgres again = LocalPostgres.in(directory);
        assertThat(again.port()).isEqualTo(database.port());
        assertThat(again.server()).isEqualTo(database.server());
    }

    @Test
    void theServersRoleMayNotChangeTheShapeOfTheDatabase() {
        assertThatThrownBy(() -> execute(database.server(), "create schema other")).isInstanceOf(SQLException.class)
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> execute(database.server(), "create temporary table other (id int)"))
                .isInstanceOf(SQLException.class).hasMessageContaining("permission denied");
    }

    @Test
    void aWrongPasswordIsRefused() {
        assertThatThrownBy(() -> ask(new DatabaseAccount("ketenpoort_owner", "wrong"), "select 1"))
                .isInstanceOf(SQLException.class).hasMessageContaining("password authentication failed");
    }

    @Test
    void theLogNamesNoValueOfAStatementThatFailed() throws Exception {
        assertThatThrownBy(() -> ask(database.server(), "select 'Geheim Persoon'::int"))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> ask(database.server(), "select * from onbekend where naam = 'Geheim Persoon'"))
                .isInstanceOf(SQLException.class);
        assertThat(Files.readString(directory.resolve("postgres.log"))).contains("ready to accept connections")
                .doesNotContain("Geheim Persoon");
    }

    @Test
    void onlyTheOwnerMayReadThePasswords() throws Exception {
        assertThat(PosixFilePermissions
                .toString(Files.getPosixFilePermissions(directory.resolve("access.properties"))))
                .isEqualTo("rw-------");
    }

    private String ask(DatabaseAccount account, String query) throws SQLException {
        try (Connection connection = database.dataSource(account).getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            assertThat(result.next()).isTrue();
            return String.valueOf(result.getString(1));
        }
    }

    private void execute(DatabaseAccount account, String... statements) throws SQLException {
        try (Connection connection = database.dataSource(account).getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
