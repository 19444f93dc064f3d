package nl.ketenpoort.casefile;

import java.time.LocalDate;
import java.util.List;

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
}
