package nl.ketenpoort.acceptance;

import nl.ketenpoort.casefile.CaseFile;
import nl.ketenpoort.refusal.Examined;
import nl.ketenpoort.validation.ValidMessage;

/** Opens a case from a message whose type has the effect OPENS_CASE. */
public interface CaseOpening {

    /**
     * The new case with the parties of its region's route, locked; refused when this municipality already has a case
     * for the decision number.
     */
    Examined<CaseFile> open(ValidMessage valid);
}
