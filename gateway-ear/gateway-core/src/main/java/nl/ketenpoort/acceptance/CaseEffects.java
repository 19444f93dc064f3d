package nl.ketenpoort.acceptance;

import java.util.List;

import nl.ketenpoort.casefile.CaseFile;
import nl.ketenpoort.minimisation.ReceiverDecision;
import nl.ketenpoort.validation.ValidMessage;

/** Changes the case as the effects of an accepted message's type say. */
public interface CaseEffects {

    /** Applies every effect in the transaction that is under way. */
    void apply(ValidMessage valid, CaseFile file, List<ReceiverDecision> permitted);
}
