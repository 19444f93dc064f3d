package nl.ketenpoort.consent;

import java.util.List;

import nl.ketenpoort.casefile.CaseId;

/** The consents of a case. */
public interface ConsentRegister {

    /**
     * The consents of the case, locked against withdrawal until the transaction ends; others may read them at the same
     * time. Order of locks everywhere: message, case, consents.
     */
    List<Consent> lockedForReading(CaseId caseId);
}
