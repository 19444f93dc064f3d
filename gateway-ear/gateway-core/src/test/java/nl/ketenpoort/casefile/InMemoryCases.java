package nl.ketenpoort.casefile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import nl.ketenpoort.casefile.CaseFile.RequestedParty;
import nl.ketenpoort.transaction.Undoable;

/** Cases in memory. Whoever locks is alone already: transactions in memory come one after the other. */
public final class InMemoryCases implements CaseFiles, Undoable {

    private record Decision(String municipality, String number) {}

    private Map<CaseId, CaseFile> files = new HashMap<>();
    private Map<Decision, CaseId> decisions = new HashMap<>();
    private Map<CaseId, Origin> origins = new HashMap<>();

    @Override
    public Optional<CaseFile> lock(CaseId id) {
        return read(id);
    }

    @Override
    public Optional<CaseFile> read(CaseId id) {
        return Optional.ofNullable(files.get(id));
    }

    @Override
    public Optional<Origin> origin(CaseId id) {
        return Optional.ofNullable(origins.get(id));
    }

    @Override
    public boolean create(NewCase opened) {
        var decision = new Decision(opened.municipality(), opened.decisionNumber());
        if (decisions.containsKey(decision)) {
            return false;
        }
        decisions.put(decision, opened.id());
        origins.put(opened.id(), new Origin(opened.municipality(), opened.openedAt()));
        files.put(opened.id(), new CaseFile(opened.id(), Phase.OPEN, opened.parties(), List.of(), opened.persons(),
                List.of(), opened.regie(), Ban.NONE));
        return true;
    }

    @Override
    public void setPhase(CaseId id, Phase phase, Instant now) {
        change(id, file -> new CaseFile(id, phase, file.parties(), file.requested(), file.persons(),
                file.protections(), file.regie(), file.ban()));
    }

    @Override
    public void setBan(CaseId id, Ban ban) {
        change(id, file -> new CaseFile(id, file.phase(), file.parties(), file.requested(), file.persons(),
                file.protections(), file.regie(),
                new Ban(file.ban().start().or(ban::start), ban.term(), ban.end())));
    }

    @Override
    public void protect(CaseId id, List<ProtectedFrom> protections) {
        change(id, file -> {
            var all = new ArrayList<>(file.protections());
            for (var pair : protections) {
                all.removeIf(known -> known.who().equals(pair.who()) && known.from().equals(pair.from()));
                all.add(pair);
            }
            return new CaseFile(id, file.phase(), file.parties(), file.requested(), file.persons(), all,
                    file.regie(), file.ban());
        });
    }

    @Override
    public void addPersons(CaseId id, List<PersonInCase> persons) {
        change(id, file -> {
            var all = new ArrayList<>(file.persons());
            persons.stream().filter(person -> file.roleOf(person.id()).isEmpty()).forEach(all::add);
            return new CaseFile(id, file.phase(), file.parties(), file.requested(), all, file.protections(),
                    file.regie(), file.ban());
        });
    }

    @Override
    public void addParty(CaseId id, Party party, Instant now) {
        change(id, file -> {
            if (file.party(party.oin(), party.function()).isPresent()) {
                return file;
            }
            var all = new ArrayList<>(file.parties());
            all.add(party);
            return new CaseFile(id, file.phase(), all, file.requested(), file.persons(), file.protections(),
                    file.regie(), file.ban());
        });
    }

    @Override
    public void addRequested(CaseId id, RequestedParty requested, Instant now) {
        change(id, file -> file.partyAnswering(requested.party().oin(), requested.party().function(),
                requested.request()).isPresent() ? file : file.withRequested(List.of(requested)));
    }

    @Override
    public void setRegie(CaseId id, Party holder) {
        change(id, file -> new CaseFile(id, file.phase(), file.parties(), file.requested(), file.persons(),
                file.protections(), file.party(holder.oin(), holder.function()).or(file::regie), file.ban()));
    }

    private void change(CaseId id, UnaryOperator<CaseFile> change) {
        files.computeIfPresent(id, (same, file) -> change.apply(file));
    }

    @Override
    public Runnable remember() {
        var filesBefore = new HashMap<>(files);
        var decisionsBefore = new HashMap<>(decisions);
        var originsBefore = new HashMap<>(origins);
        return () -> {
            files = filesBefore;
            decisions = decisionsBefore;
            origins = originsBefore;
        };
    }
}
