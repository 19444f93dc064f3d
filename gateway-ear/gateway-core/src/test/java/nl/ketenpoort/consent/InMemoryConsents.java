package nl.ketenpoort.consent;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.consent.Consent.Registrar;
import nl.ketenpoort.transaction.Undoable;
import nl.ketenpoort.validation.PartnerRequest.RegisterConsent;

/** Consents in memory. */
public final class InMemoryConsents implements ConsentRegister, Undoable {

    private Map<UUID, Consent> consents = new LinkedHashMap<>();

    @Override
    public List<Consent> lockedForReading(CaseId caseId) {
        return of(caseId);
    }

    @Override
    public void register(UUID id, RegisterConsent given, Party registrar, Instant now) {
        consents.put(id, new Consent(id, given.caseId(), given.person(), given.purpose(), given.from(), given.to(),
                given.categories(), given.validFrom(), given.validUntil(), Optional.empty(),
                new Registrar(registrar.oin(), registrar.function())));
    }

    @Override
    public List<Consent> of(CaseId caseId) {
        return consents.values().stream().filter(consent -> consent.caseId().equals(caseId)).toList();
    }

    @Override
    public boolean withdraw(CaseId caseId, UUID id, boolean possiblyUnderDuress, Instant now) {
        var known = Optional.ofNullable(consents.get(id))
                .filter(consent -> consent.caseId().equals(caseId) && consent.withdrawn().isEmpty());
        known.ifPresent(consent -> consents.put(id, new Consent(id, caseId, consent.person(), consent.purpose(),
                consent.from(), consent.to(), consent.categories(), consent.validFrom(), consent.validUntil(),
                Optional.of(now), consent.registrar())));
        return known.isPresent();
    }

    @Override
    public Runnable remember() {
        var before = new LinkedHashMap<>(consents);
        return () -> consents = before;
    }
}
