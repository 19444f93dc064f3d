package nl.ketenpoort.casefile;

import java.util.Optional;

/** The cases. */
public interface CaseFiles {

    /** The case, locked until the transaction ends; empty when there is none. */
    Optional<CaseFile> lock(CaseId id);

    /** The case as it stands, without a lock; empty when there is none. */
    Optional<CaseFile> read(CaseId id);
}
