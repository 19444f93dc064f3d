package nl.ketenpoort.casefile.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import nl.ketenpoort.casefile.Ban;
import nl.ketenpoort.casefile.CaseFile;
import nl.ketenpoort.casefile.CaseFile.RequestedParty;
import nl.ketenpoort.casefile.CaseFiles;
import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.casefile.PersonInCase;
import nl.ketenpoort.casefile.Phase;
import nl.ketenpoort.casefile.ProtectedFrom;
import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.messagetype.PersonRole;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.signature.MessageId;

final class PostgresCaseFiles implements CaseFiles {

    private final Jdbi database;

    PostgresCaseFiles(Jdbi database) {
        this.database = database;
    }

    /** Not against a delivery that is added beside it: its foreign key asks for the key of the case, which never changes. */
    @Override
    public Optional<CaseFile> lock(CaseId id) {
        return database.withHandle(handle -> find(handle, id, "FOR NO KEY UPDATE"));
    }

    @Override
    public Optional<CaseFile> read(CaseId id) {
        return database.withHandle(handle -> find(handle, id, ""));
    }

    @Override
    public Optional<Origin> origin(CaseId id) {
        return database.withHandle(handle -> handle
                .createQuery("SELECT municipality, opened_at FROM case_file WHERE id = :id").bind("id", id.value())
                .map((row, context) -> new Origin(row.getString("municipality"),
                        row.getObject("opened_at", OffsetDateTime.class).toInstant()))
                .findOne());
    }

    @Override
    public boolean create(NewCase opened) {
        return database.withHandle(handle -> {
            int created = handle.createUpdate("""
                    INSERT INTO case_file (id, municipality, decision_number, phase, regie_oin, regie_function,
                           opened_at)
                    VALUES (:id, :municipality, :number, :phase, :regieOin, :regieFunction, :at)
                    ON CONFLICT (municipality, decision_number) DO NOTHING""").bind("id", opened.id().value())
                    .bind("municipality", opened.municipality()).bind("number", opened.decisionNumber())
                    .bind("phase", Phase.OPEN.name())
                    .bind("regieOin", opened.regie().map(party -> party.oin().value()).orElse(null))
                    .bind("regieFunction", opened.regie().map(party -> party.function().code()).orElse(null))
                    .bind("at", opened.openedAt()).execute();
            if (created == 0) {
                return false;
            }
            opened.parties().forEach(party -> add(handle, opened.id(), party, opened.openedAt()));
            var persons = handle.prepareBatch(
                    "INSERT INTO case_person (case_id, person_id, role) VALUES (:case, :person, :role)");
            opened.persons().forEach(person -> persons.bind("case", opened.id().value())
                    .bind("person", person.id().value()).bind("role", person.role().code()).add());
            persons.execute();
            return true;
        });
    }

    @Override
    public void setPhase(CaseId id, Phase phase, Instant now) {
        database.useHandle(handle -> handle.createUpdate("""
                UPDATE case_file SET phase = :phase, closed_at = :closed WHERE id = :id""").bind("id", id.value())
                .bind("phase", phase.name()).bind("closed", phase == Phase.AFGESLOTEN ? now : null).execute());
    }

    @Override
    public void setBan(CaseId id, Ban ban) {
        database.useHandle(handle -> handle.createUpdate("""
                UPDATE case_file SET ban_start = coalesce(ban_start, :start), ban_term = :term, ban_end = :end
                 WHERE id = :id""").bind("id", id.value()).bind("start", ban.start().orElse(null))
                .bind("term", ban.term().orElse(null)).bind("end", ban.end().orElse(null)).execute());
    }

    @Override
    public void protect(CaseId id, List<ProtectedFrom> protections) {
        database.useHandle(handle -> {
            var batch = handle.prepareBatch("""
                    INSERT INTO case_protection (case_id, who, from_person, since) VALUES (:case, :who, :from, :since)
                    ON CONFLICT (case_id, who, from_person) DO UPDATE SET since = :since""");
            protections.forEach(pair -> batch.bind("case", id.value()).bind("who", pair.who().value())
                    .bind("from", pair.from().value()).bind("since", pair.since()).add());
            batch.execute();
        });
    }

    @Override
    public void addPersons(CaseId id, List<PersonInCase> persons) {
        database.useHandle(handle -> {
            var batch = handle.prepareBatch("""
                    INSERT INTO case_person (case_id, person_id, role) VALUES (:case, :person, :role)
                    ON CONFLICT DO NOTHING""");
            persons.forEach(person -> batch.bind("case", id.value()).bind("person", person.id().value())
                    .bind("role", person.role().code()).add());
            batch.execute();
        });
    }

    @Override
    public void addParty(CaseId id, Party party, Instant now) {
        database.useHandle(handle -> add(handle, id, party, now));
    }

    @Override
    public void addRequested(CaseId id, RequestedParty requested, Instant now) {
        database.useHandle(handle -> handle.createUpdate("""
                INSERT INTO case_requested_party (case_id, oin, function, request, serves, since)
                VALUES (:case, :oin, :function, :request, :serves, :now) ON CONFLICT DO NOTHING""")
                .bind("case", id.value()).bind("oin", requested.party().oin().value())
                .bind("function", requested.party().function().code()).bind("request", requested.request().value())
                .bindArray("serves", String.class, roles(requested.party())).bind("now", now).execute());
    }

    private static List<String> roles(Party party) {
        return party.serves().stream().map(PersonRole::code).toList();
    }

    @Override
    public void setRegie(CaseId id, Party holder) {
        database.useHandle(handle -> handle
                .createUpdate("""
                        UPDATE case_file SET regie_oin = :oin, regie_function = :function
                         WHERE id = :id AND EXISTS (SELECT 1 FROM case_party
                                                     WHERE case_id = :id AND oin = :oin AND function = :function)""")
                .bind("id", id.value()).bind("oin", holder.oin().value()).bind("function", holder.function().code())
                .execute());
    }

    private static void add(Handle handle, CaseId id, Party party, Instant now) {
        handle.createUpdate("""
                INSERT INTO case_party (case_id, oin, function, serves, since) VALUES (:case, :oin, :function, :serves,
                       :now)
                ON CONFLICT DO NOTHING""").bind("case", id.value()).bind("oin", party.oin().value())
                .bind("function", party.function().code())
                .bindArray("serves", String.class, roles(party))
                .bind("now", now).execute();
    }

    private record Head(Phase phase, Optional<Oin> regieOin, Optional<PartnerFunction> regieFunction, Ban ban) {}

    private static Optional<CaseFile> find(Handle handle, CaseId id, String lock) {
        return handle.createQuery("""
                SELECT phase, regie_oin, regie_function, ban_start, ban_term, ban_end FROM case_file WHERE id = :id
                """ + lock)
                .bind("id", id.value()).map((row, context) -> head(row)).findOne()
                .map(head -> complete(handle, id, head));
    }

    private static CaseFile complete(Handle handle, CaseId id, Head head) {
        List<Party> parties = handle
                .createQuery("SELECT oin, function, serves FROM case_party WHERE case_id = :id ORDER BY function, oin")
                .bind("id", id.value()).map((row, context) -> party(row)).list();
        var requested = handle
                .createQuery("SELECT oin, function, serves, request FROM case_requested_party WHERE case_id = :id")
                .bind("id", id.value())
                .map((row, context) -> new RequestedParty(party(row), new MessageId(row.getString("request")))).list();
        var persons = handle
                .createQuery("SELECT person_id, role FROM case_person WHERE case_id = :id ORDER BY person_id")
                .bind("id", id.value()).map((row, context) -> new PersonInCase(new PersonId(row.getString("person_id")),
                        new PersonRole(row.getString("role"))))
                .list();
        var protections = handle
                .createQuery("SELECT who, from_person, since FROM case_protection WHERE case_id = :id")
                .bind("id", id.value()).map((row, context) -> new ProtectedFrom(new PersonId(row.getString("who")),
                        new PersonId(row.getString("from_person")),
                        row.getObject("since", OffsetDateTime.class).toInstant()))
                .list();
        var regie = parties.stream().filter(party -> head.regieOin().map(party.oin()::equals).orElse(false)
                && head.regieFunction().map(party.function()::equals).orElse(false)).findFirst();
        return new CaseFile(id, head.phase(), parties, requested, persons, protections, regie, head.ban());
    }

    private static Head head(ResultSet row) throws SQLException {
        return new Head(Phase.valueOf(row.getString("phase")),
                Optional.ofNullable(row.getString("regie_oin")).map(Oin::new),
                Optional.ofNullable(row.getString("regie_function")).map(PartnerFunction::new),
                new Ban(moment(row, "ban_start"), moment(row, "ban_term"), moment(row, "ban_end")));
    }

    private static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static Party party(ResultSet row) throws SQLException {
        Set<PersonRole> serves = Arrays.stream((Object[]) row.getArray("serves").getArray()).map(Object::toString)
                .map(PersonRole::new).collect(Collectors.toSet());
        return new Party(new Oin(row.getString("oin")), new PartnerFunction(row.getString("function")), serves);
    }
}
