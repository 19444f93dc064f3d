package nl.ketenpoort.casefile;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import nl.ketenpoort.casefile.CaseFile.RequestedParty;

/** The cases. Every change is made in the transaction that is under way. */
public interface CaseFiles {

    /** The case, locked until the transaction ends; empty when there is none. */
    Optional<CaseFile> lock(CaseId id);

    /** The case as it stands, without a lock; empty when there is none. */
    Optional<CaseFile> read(CaseId id);

    /** Where and when the case was opened; empty when there is none. */
    Optional<Origin> origin(CaseId id);

    /**
     * What chooses the route of a case.
     *
     * @param municipality gemeentecode
     * @param openedAt case time
     */
    record Origin(String municipality, Instant openedAt) {}

    /**
     * Makes a case, locked until the transaction ends.
     *
     * @return false when this municipality already has a case for the decision number; then nothing is made
     */
    boolean create(NewCase opened);

    /** The phase becomes this; AFGESLOTEN also notes when. */
    void setPhase(CaseId id, Phase phase, Instant now);

    /** The period of the ban becomes this; a start that is there already stays. */
    void setBan(CaseId id, Ban ban);

    /** Adds the protections, or replaces the record of the same pair; none is ever removed. */
    void protect(CaseId id, List<ProtectedFrom> protections);

    /** Adds persons; one who is there already stays as he is. */
    void addPersons(CaseId id, List<PersonInCase> persons);

    /** Adds a party, or leaves it as it is when the organisation has the function already. */
    void addParty(CaseId id, Party party, Instant now);

    /** Notes a party that a request brings in. */
    void addRequested(CaseId id, RequestedParty requested, Instant now);

    /** This party of the case holds regie from now on; one who is no party of it takes regie from nobody. */
    void setRegie(CaseId id, Party holder);

    /**
     * A case that is to be made.
     *
     * @param id number
     * @param municipality gemeentecode
     * @param decisionNumber number of the decision, unique for the municipality
     * @param parties who has which function, by the route of the region
     * @param persons whom it is about
     * @param regie function that holds regie from the start, where the manifest names one
     * @param openedAt case time
     */
    record NewCase(CaseId id, String municipality, String decisionNumber, List<Party> parties,
            List<PersonInCase> persons, Optional<Party> regie, Instant openedAt) {

        /** Copies the lists. */
        public NewCase {
            parties = List.copyOf(parties);
            persons = List.copyOf(persons);
        }
    }
}
