package nl.ketenpoort.casefile;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import nl.ketenpoort.messagetype.PersonRole;
import nl.ketenpoort.partner.PartnerFunction;

/** Which organisation has which function in a new case, by region: configuration in {@code policies/routes}. */
public interface Routes {

    /**
     * The parties of a new case; empty when no route covers the municipality.
     *
     * @param municipality gemeentecode
     * @param minors whether a minor is in the case
     * @param on the day the case opens, in the Netherlands; a route or municipality that is not in force then covers nothing
     */
    List<Party> partiesFor(String municipality, boolean minors, LocalDate on);

    /**
     * Roles of the persons whom a function serves in the municipality, also one that joins only when it is named; empty when
     * no route in force that day says so.
     */
    Optional<Set<PersonRole>> servedBy(PartnerFunction function, String municipality, LocalDate on);
}
