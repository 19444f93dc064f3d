package nl.ketenpoort.consent;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.validation.PartnerRequest.RegisterConsent;

/** The consents of a case. */
public interface ConsentRegister {

    /**
     * The consents of the case, locked against withdrawal until the transaction ends; others may read them at the same
     * time. Decision record 0004 has the order of locks.
     */
    List<Consent> lockedForReading(CaseId caseId);

    /** Keeps a new consent. */
    void register(UUID id, RegisterConsent consent, Party registrar, Instant now);

    /** The consents of the case, withdrawn ones too. */
    List<Consent> of(CaseId caseId);

    /**
     * Withdraws a consent, waiting for whoever is about to give something on its ground.
     *
     * @return whether it was; false when the case has none with this number that still holds
     */
    boolean withdraw(CaseId caseId, UUID id, boolean possiblyUnderDuress, Instant now);
}
