package nl.ketenpoort.partner;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The organisations, intermediaries, endpoints and agreements of now, as {@code deploy/partners apply} set them. */
public interface PartnerRegister {

    /** The organisation, active or not; empty when it was never connected. */
    Optional<Organisation> find(Oin oin);

    /** Whether {@code intermediary} may bring messages that {@code signer} signed (Digikoppeling: intermediair). */
    boolean isIntermediaryFor(Oin intermediary, Oin signer);

    /** Where the function is reached; empty when nothing was registered. */
    Optional<Endpoint> endpointOf(Oin oin, PartnerFunction function);

    /** Whether the organisation takes part in this function now, and fetches what comes to it from its mailbox. */
    default boolean fetches(Oin oin, PartnerFunction function) {
        return find(oin).filter(known -> known.actsAs(function)).isPresent()
                && endpointOf(oin, function).filter(known -> known.push().isEmpty()).isPresent();
    }

    /** Every endpoint and mailbox of the organisation. */
    List<Endpoint> endpointsOf(Oin oin);

    /** Kinds of the agreements that are valid at {@code at} and bind both organisations. */
    Set<String> agreementsBetween(Oin one, Oin other, Instant at);
}
