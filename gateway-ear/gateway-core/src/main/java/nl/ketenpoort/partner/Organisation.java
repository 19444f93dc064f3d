package nl.ketenpoort.partner;

import java.util.Objects;
import java.util.Set;

/**
 * An organisation connected to the gateway.
 *
 * @param oin its number
 * @param name as registered; may be shown to partners
 * @param active false once renamed, merged or disconnected: nothing is accepted from it or delivered to it
 * @param profile functions it may be given in a case
 * @param ownGroundForBsn whether it has a ground of its own to process a BSN (Wabb 10–12)
 */
public record Organisation(Oin oin, String name, boolean active, Set<PartnerFunction> profile,
        boolean ownGroundForBsn) {

    /** Copies the profile. */
    public Organisation {
        Objects.requireNonNull(oin);
        Objects.requireNonNull(name);
        profile = Set.copyOf(profile);
    }

    /** Whether it takes part in this function now: whatever a case says, one that was taken away neither sends nor receives. */
    public boolean actsAs(PartnerFunction function) {
        return active && profile.contains(function);
    }
}
