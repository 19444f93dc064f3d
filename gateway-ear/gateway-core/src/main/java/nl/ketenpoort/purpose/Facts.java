package nl.ketenpoort.purpose;

import java.util.Set;

/**
 * The context of a decision; each fact is described in {@code policies/schema.cedarschema} under its Dutch name.
 *
 * @param senderFunction {@code zenderfunctie}
 * @param purpose {@code doel}
 * @param phase {@code fase}, as accepted
 * @param agreements {@code overeenkomsten}: kinds of valid agreements that bind sender and receiver
 * @param consent {@code toestemming}: a valid consent covers person, purpose, sender, receiver and category
 * @param override {@code afweging}: a weighing of duties is recorded
 * @param humanDecision {@code menselijkBesluit}
 * @param framework {@code kader} of youth care, or {@code GEEN}
 * @param minors {@code minderjarigen}: a minor is in the case
 * @param urgent {@code spoed}
 * @param servesThreat {@code beschermdTegen}: the receiver serves somebody the subject is protected from
 * @param separated {@code scheidingGeborgd}: within the receiving function, sealed parts are kept from whoever may not
 *        read them
 * @param ownGroundForBsn {@code eigenGrondBsn}
 * @param safetyEffect {@code veiligheidseffect} of this message
 * @param caseClosed {@code casusGesloten}
 * @param hearsAfterClosure {@code laatsteRegieOfVt}
 * @param correction {@code correctie}: the message corrects or recalls an earlier one
 */
public record Facts(String senderFunction, String purpose, String phase, Set<String> agreements, boolean consent,
        boolean override, boolean humanDecision, String framework, boolean minors, boolean urgent, boolean servesThreat,
        boolean separated, boolean ownGroundForBsn, boolean safetyEffect, boolean caseClosed, boolean hearsAfterClosure,
        boolean correction) {

    /** Copies the agreements. */
    public Facts {
        agreements = Set.copyOf(agreements);
    }

    /** With other agreements. */
    public Facts withAgreements(Set<String> others) {
        return new Facts(senderFunction, purpose, phase, others, consent, override, humanDecision, framework, minors,
                urgent, servesThreat, separated, ownGroundForBsn, safetyEffect, caseClosed, hearsAfterClosure,
                correction);
    }

    /** As if consent had been given. */
    public Facts withConsent() {
        return new Facts(senderFunction, purpose, phase, agreements, true, override, humanDecision, framework, minors,
                urgent, servesThreat, separated, ownGroundForBsn, safetyEffect, caseClosed, hearsAfterClosure,
                correction);
    }

    /** As if a weighing had been recorded. */
    public Facts withOverride() {
        return new Facts(senderFunction, purpose, phase, agreements, consent, true, humanDecision, framework, minors,
                urgent, servesThreat, separated, ownGroundForBsn, safetyEffect, caseClosed, hearsAfterClosure,
                correction);
    }

    /** As if a human had decided. */
    public Facts withHumanDecision() {
        return new Facts(senderFunction, purpose, phase, agreements, consent, override, true, framework, minors, urgent,
                servesThreat, separated, ownGroundForBsn, safetyEffect, caseClosed, hearsAfterClosure, correction);
    }
}
