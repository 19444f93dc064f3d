package nl.ketenpoort.partner;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A register of partners in memory; changed by the test, as an operator changes the real one. */
public final class KnownPartners implements PartnerRegister {

    private final Map<Oin, Organisation> organisations = new HashMap<>();
    private final Set<Pair> intermediaries = new HashSet<>();
    private final Map<Place, Endpoint> endpoints = new HashMap<>();
    private final Map<Set<Oin>, Set<String>> agreements = new HashMap<>();

    private record Pair(Oin intermediary, Oin signer) {}

    private record Place(Oin oin, PartnerFunction function) {}

    /** An active organisation that may be given these functions. */
    public KnownPartners connect(Oin oin, PartnerFunction... profile) {
        organisations.put(oin, new Organisation(oin, "Partner " + oin, true, Set.of(profile), false));
        return this;
    }

    /** The organisation is disconnected. */
    public KnownPartners end(Oin oin) {
        var known = organisations.get(oin);
        organisations.put(oin, new Organisation(oin, known.name(), false, known.profile(), known.ownGroundForBsn()));
        return this;
    }

    /** It has a ground of its own to process a BSN. */
    public KnownPartners mayUseBsn(Oin oin) {
        var known = organisations.get(oin);
        organisations.put(oin, new Organisation(oin, known.name(), known.active(), known.profile(), true));
        return this;
    }

    public KnownPartners intermediary(Oin intermediary, Oin signer) {
        intermediaries.add(new Pair(intermediary, signer));
        return this;
    }

    /** Fetches from a mailbox. */
    public KnownPartners mailbox(Oin oin, PartnerFunction function, Separation separation) {
        return mailbox(oin, function, Optional.empty(), separation);
    }

    /** Fetches from a mailbox that only this certificate opens. */
    public KnownPartners mailbox(Oin oin, PartnerFunction function, X509Certificate certificate) {
        return mailbox(oin, function, Optional.of(certificate), Separation.ofItsOwn());
    }

    private KnownPartners mailbox(Oin oin, PartnerFunction function, Optional<X509Certificate> certificate,
            Separation separation) {
        endpoints.put(new Place(oin, function), new Endpoint(oin, function, Optional.empty(), certificate, separation));
        return this;
    }

    /** Has a system of its own that the gateway delivers to. */
    public KnownPartners push(Oin oin, PartnerFunction function) {
        endpoints.put(new Place(oin, function), new Endpoint(oin, function,
                Optional.of(URI.create("https://partner.example/bezorgen")), Optional.empty(), Separation.ofItsOwn()));
        return this;
    }

    public KnownPartners withoutEndpoint(Oin oin, PartnerFunction function) {
        endpoints.remove(new Place(oin, function));
        return this;
    }

    public KnownPartners agreement(Oin one, Oin other, String kind) {
        agreements.computeIfAbsent(Set.of(one, other), pair -> new HashSet<>()).add(kind);
        return this;
    }

    @Override
    public Optional<Organisation> find(Oin oin) {
        return Optional.ofNullable(organisations.get(oin));
    }

    @Override
    public boolean isIntermediaryFor(Oin intermediary, Oin signer) {
        return intermediaries.contains(new Pair(intermediary, signer));
    }

    @Override
    public Optional<Endpoint> endpointOf(Oin oin, PartnerFunction function) {
        return Optional.ofNullable(endpoints.get(new Place(oin, function)));
    }

    @Override
    public List<Endpoint> endpointsOf(Oin oin) {
        return endpoints.values().stream().filter(endpoint -> endpoint.oin().equals(oin)).toList();
    }

    @Override
    public Set<String> agreementsBetween(Oin one, Oin other, Instant at) {
        return one.equals(other) ? Set.of() : agreements.getOrDefault(Set.of(one, other), Set.of());
    }
}
