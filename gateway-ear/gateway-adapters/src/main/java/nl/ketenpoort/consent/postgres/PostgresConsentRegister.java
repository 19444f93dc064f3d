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
import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.consent.Consent;
import nl.ketenpoort.consent.Consent.Registrar;
import nl.ketenpoort.consent.ConsentRegister;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.messagetype.Category;
import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.partner.NamedFunction;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.validation.PartnerRequest.RegisterConsent;

final class PostgresConsentRegister implements ConsentRegister {

    private final Jdbi database;

    PostgresConsentRegister(Jdbi database) {
        this.database = database;
    }

    private static final String OF_A_CASE = """
            SELECT id, person_id, purpose, from_functions, to_functions, categories, valid_from, valid_until,
                   withdrawn_at, registered_by, registered_function
              FROM consent WHERE case_id = :case ORDER BY registered_at, id
            """;

    /** FOR SHARE: several may read at once, and a withdrawal, which updates the row, waits for all of them. */
    @Override
    public List<Consent> lockedForReading(CaseId caseId) {
        return select(caseId, OF_A_CASE + " FOR SHARE");
    }

    @Override
    public List<Consent> of(CaseId caseId) {
        return select(caseId, OF_A_CASE);
    }

    private List<Consent> select(CaseId caseId, String query) {
        return database.withHandle(handle -> handle.createQuery(query).bind("case", caseId.value())
                .map((row, context) -> consent(caseId, row)).list());
    }

    @Override
    public void register(UUID id, RegisterConsent consent, Party registrar, Instant now) {
        database.useHandle(handle -> handle.createUpdate("""
                INSERT INTO consent (id, case_id, person_id, purpose, from_functions, to_functions, categories,
                       valid_from, valid_until, giver, framework, language, independent_interpreter, form,
                       document_digest, other_party_present, registered_by, registered_function, registered_at)
                VALUES (:id, :case, :person, :purpose, :from, :to, :categories, :validFrom, :validUntil, :giver,
                        :framework, :language, :interpreter, :form, :document, :other, :by, :function, :now)""")
                .bind("id", id).bind("case", consent.caseId().value()).bind("person", consent.person().value())
                .bind("purpose", consent.purpose().code()).bindArray("from", String.class, texts(consent.from()))
                .bindArray("to", String.class, texts(consent.to()))
                .bindArray("categories", String.class, texts(consent.categories()))
                .bind("validFrom", consent.validFrom()).bind("validUntil", consent.validUntil())
                .bind("giver", consent.giver().name()).bind("framework", consent.framework().name())
                .bind("language", consent.language()).bind("interpreter", consent.independentInterpreter())
                .bind("form", consent.form().name())
                .bind("document", consent.document().map(Digest::bytes).orElse(null))
                .bind("other", consent.otherPartyPresent()).bind("by", registrar.oin().value())
                .bind("function", registrar.function().code()).bind("now", now).execute());
    }

    @Override
    public boolean withdraw(CaseId caseId, UUID id, boolean possiblyUnderDuress, Instant now) {
        return database.withHandle(handle -> handle.createUpdate("""
                UPDATE consent SET withdrawn_at = :now, possibly_under_duress = :duress
                 WHERE case_id = :case AND id = :id AND withdrawn_at IS NULL""").bind("now", now)
                .bind("duress", possiblyUnderDuress).bind("case", caseId.value()).bind("id", id).execute()) == 1;
    }

    private static List<String> texts(Set<?> values) {
        return values.stream().map(Object::toString).toList();
    }

    private static Consent consent(CaseId caseId, ResultSet row) throws SQLException {
        return new Consent(row.getObject("id", UUID.class), caseId, new PersonId(row.getString("person_id")),
                new Purpose(row.getString("purpose")), set(row, "from_functions", NamedFunction::parse),
                set(row, "to_functions", NamedFunction::parse), set(row, "categories", Category::valueOf),
                moment(row, "valid_from").orElseThrow(), moment(row, "valid_until").orElseThrow(),
                moment(row, "withdrawn_at"), new Registrar(new Oin(row.getString("registered_by")),
                        new PartnerFunction(row.getString("registered_function"))));
    }

    private static <T> Set<T> set(ResultSet row, String column, Function<String, T> read) throws SQLException {
        return Arrays.stream((Object[]) row.getArray(column).getArray()).map(Object::toString).map(read)
                .collect(Collectors.toSet());
    }

    private static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
