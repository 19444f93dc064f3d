package nl.ketenpoort.consent.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jdbi.v3.core.Jdbi;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.consent.Consent;
import nl.ketenpoort.consent.ConsentRegister;
import nl.ketenpoort.messagetype.Category;
import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.partner.PartnerFunction;

final class PostgresConsentRegister implements ConsentRegister {

    private final Jdbi database;

    PostgresConsentRegister(Jdbi database) {
        this.database = database;
    }

    /** FOR SHARE: several may read at once, and a withdrawal, which updates the row, waits for all of them. */
    @Override
    public List<Consent> lockedForReading(CaseId caseId) {
        return database.withHandle(handle -> handle.createQuery("""
                SELECT id, person_id, purpose, from_functions, to_functions, categories, valid_from, valid_until,
                       withdrawn_at
                  FROM consent WHERE case_id = :case ORDER BY id FOR SHARE""").bind("case", caseId.value())
                .map((row, context) -> consent(caseId, row)).list());
    }

    private static Consent consent(CaseId caseId, ResultSet row) throws SQLException {
        return new Consent(row.getObject("id", UUID.class), caseId, new PersonId(row.getString("person_id")),
                new Purpose(row.getString("purpose")), set(row, "from_functions", PartnerFunction::new),
                set(row, "to_functions", PartnerFunction::new), set(row, "categories", Category::valueOf),
                moment(row, "valid_from").orElseThrow(), moment(row, "valid_until").orElseThrow(),
                moment(row, "withdrawn_at"));
    }

    private static <T> Set<T> set(ResultSet row, String column, Function<String, T> read) throws SQLException {
        return Arrays.stream((Object[]) row.getArray(column).getArray()).map(Object::toString).map(read)
                .collect(Collectors.toSet());
    }

    private static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
