package nl.ketenpoort.casefile;

import java.util.Objects;
import java.util.Set;

import nl.ketenpoort.messagetype.PersonRole;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;

/**
 * An organisation in its function in a case.
 *
 * @param oin organisation
 * @param function function
 * @param serves roles of the persons it serves, from the route of the region
 */
public record Party(Oin oin, PartnerFunction function, Set<PersonRole> serves) {

    /** Copies the roles. */
    public Party {
        Objects.requireNonNull(oin);
        Objects.requireNonNull(function);
        serves = Set.copyOf(serves);
    }

    /** Whether it is the same organisation in the same function, whomever it serves. */
    public boolean isSame(Party other) {
        return oin.equals(other.oin) && function.equals(other.function);
    }

    /** Whether it serves the one who was banned and not the one who stays. */
    public boolean servesWhoWasBannedAndNotWhoStays() {
        return serves.contains(PersonRole.UITHUISGEPLAATSTE) && !serves.contains(PersonRole.ACHTERBLIJVER);
    }
}
