package nl.ketenpoort.operator;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

import nl.ketenpoort.partner.Endpoint;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.Organisation;
import nl.ketenpoort.partner.PartnerFunction;

/**
 * The register of partners, or a part of it.
 *
 * @param organisations by number
 * @param intermediaryFor whose messages an organisation may bring
 * @param endpoints by organisation and function
 * @param agreements by id
 */
record Register(Map<Oin, Organisation> organisations, Map<Oin, Set<Oin>> intermediaryFor,
        Map<Address, Endpoint> endpoints, Map<String, Agreement> agreements) {

    record Address(Oin oin, PartnerFunction function) {}

    /** Valid at {@code from} and until, but not at, {@code until}. */
    record Agreement(String id, String kind, String description, Instant from, Instant until, Set<Oin> parties) {

        Agreement {
            parties = Set.copyOf(parties);
        }

        Agreement endingAt(Instant end) {
            return new Agreement(id, kind, description, from, end, parties);
        }
    }

    Set<Oin> signersOf(Oin intermediary) {
        return intermediaryFor.getOrDefault(intermediary, Set.of());
    }
}
