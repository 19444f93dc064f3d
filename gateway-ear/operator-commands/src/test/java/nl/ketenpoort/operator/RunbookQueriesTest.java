package nl.ketenpoort.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import nl.ketenpoort.localstack.database.DatabaseAccount;
import nl.ketenpoort.localstack.database.LocalPostgres;
import nl.ketenpoort.localstack.server.Distribution;

/** What the runbooks have somebody ask of the database can be asked of it, by the role that they make for it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunbookQueriesTest {

    private static final Pattern STATEMENTS = Pattern.compile("(?s)```sql\n(.*?)```");
    private static final DatabaseAccount READER = new DatabaseAccount("ketenpoort_reader", "van-de-proef");

    private LocalPostgres database;

    @BeforeAll
    void start(@TempDir Path temporary) {
        database = LocalPostgres.in(temporary).start();
        Migrate.apply(database.jdbcUrl(), database.owner().user(), database.owner().password());
        var making = statements().filter(sql -> sql.startsWith("CREATE ROLE")).toList();
        assertThat(making).singleElement().satisfies(sql -> execute(database.superuser(), sql));
        execute(database.superuser(), "ALTER ROLE ketenpoort_reader PASSWORD '" + READER.password() + "'");
    }

    @AfterAll
    void stop() {
        database.close();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void theReaderMayAskIt(String query) {
        assertThatCode(() -> execute(READER, query)).doesNotThrowAnyException();
    }

    @Test
    void theRunbooksAskSomething() {
        assertThat(queries()).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT envelope FROM message", "SELECT key_wrapped FROM message",
            "SELECT salt FROM message",
            "SELECT salt FROM audit_record", "SELECT * FROM case_key", "SELECT delivered_salt FROM delivery"})
    void theReaderSeesNoContentNorWhatHelpsToGuessIt(String forbidden) {
        assertThatThrownBy(() -> execute(READER, forbidden.replace("FROM ", "FROM ketenpoort.")))
                .hasMessageContaining("permission denied");
    }

    @Test
    void theReaderChangesNothingAlsoWhenItAsksTo() {
        assertThatThrownBy(() -> execute(READER, """
                SET TRANSACTION READ WRITE;
                UPDATE ketenpoort.delivery SET state = 'WAITING'""")).hasMessageContaining("permission denied");
    }

    /** With a value for each variable of psql. */
    static List<String> queries() {
        return statements().filter(sql -> sql.startsWith("SELECT"))
                .map(sql -> sql.replaceAll(":'(case|kenmerk)'", "'00000000-0000-4000-8000-000000000000'")
                        .replaceAll(":'\\w+'", "'0363'").replaceAll("(?<!:):seen\\b", "0"))
                .toList();
    }

    private static Stream<String> statements() {
        try (var runbooks = Files.list(Distribution.checkout().resolve("deploy/runbooks"))) {
            return runbooks.sorted().map(RunbookQueriesTest::read).toList().stream()
                    .flatMap(text -> STATEMENTS.matcher(text).results()).map(block -> block.group(1).strip());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void execute(DatabaseAccount account, String sql) {
        try (var connection = database.dataSource(account).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure.getMessage(), failure);
        }
    }
}
