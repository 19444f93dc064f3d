package nl.ketenpoort.operator;

import java.util.Optional;

import org.flywaydb.core.Flyway;

/**
 * Brings schema {@code ketenpoort} of a database to the shape that this version of the gateway wants. Runs before the
 * server, as the role that owns the database ({@code ketenpoort_owner}): the server's own role may not change the shape.
 * A migration that was applied is never applied again; when two of these run at once, one waits for the other.
 */
public final class Migrate {

    private static final String SCHEMA = "ketenpoort";
    private static final String LOCATION = "classpath:nl/ketenpoort/migrations";

    private Migrate() {}

    /**
     * Applies what is not applied yet. Roles {@code ketenpoort_owner} and {@code ketenpoort_server} must be there.
     *
     * @param jdbcUrl for the driver of PostgreSQL, without user and password
     * @param user the owner of the database
     * @param password his password
     * @return what was done
     * @throws org.flywaydb.core.api.FlywayException if a migration fails, which leaves nothing of it behind, or if one
     *         that was applied has been altered since
     */
    public static Outcome apply(String jdbcUrl, String user, String password) {
        var result = Flyway.configure(Migrate.class.getClassLoader()).dataSource(jdbcUrl, user, password)
                .schemas(SCHEMA).defaultSchema(SCHEMA).createSchemas(true).locations(LOCATION)
                .failOnMissingLocations(true).validateMigrationNaming(true).cleanDisabled(true).load().migrate();
        return new Outcome(result.migrationsExecuted,
                Optional.ofNullable(result.targetSchemaVersion)
                        .or(() -> Optional.ofNullable(result.initialSchemaVersion)).orElse(""));
    }

    /**
     * What a run did.
     *
     * @param applied number of migrations that were applied; 0 if there was nothing to do
     * @param version version of the schema now, for instance {@code 0006}
     */
    public record Outcome(int applied, String version) {}
}
