package nl.ketenpoort.partner.postgres;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jdbi.v3.core.Handle;

import nl.ketenpoort.partner.Endpoint;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.Organisation;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.partner.Separation;

/** The register at one version. */
record RegisterSnapshot(long version, Map<Oin, Organisation> organisations, Map<Oin, Set<Oin>> intermediaries,
        Map<Address, Endpoint> endpoints, List<Agreement> agreements) {

    record Address(Oin oin, PartnerFunction function) {}

    record Agreement(String kind, Instant from, Instant until, Set<Oin> parties) {}

    static RegisterSnapshot none() {
        return new RegisterSnapshot(-1, Map.of(), Map.of(), Map.of(), List.of());
    }

    Set<String> agreementsBetween(Oin one, Oin other, Instant at) {
        return agreements.stream()
                .filter(agreement -> agreement.parties().contains(one) && agreement.parties().contains(other))
                .filter(agreement -> !at.isBefore(agreement.from()) && at.isBefore(agreement.until()))
                .map(Agreement::kind).collect(toSet());
    }

    static RegisterSnapshot read(Handle handle, long version) {
        var functions = new HashMap<Oin, Set<PartnerFunction>>();
        handle.createQuery("SELECT oin, function FROM organisation_function")
                .map((row, context) -> new Address(new Oin(row.getString("oin")),
                        new PartnerFunction(row.getString("function"))))
                .forEach(row -> functions.computeIfAbsent(row.oin(), oin -> new HashSet<>()).add(row.function()));
        var organisations = handle.createQuery("SELECT oin, name, active, own_ground_for_bsn FROM organisation")
                .map((row, context) -> {
                    var oin = new Oin(row.getString("oin"));
                    return new Organisation(oin, row.getString("name"), row.getBoolean("active"),
                            functions.getOrDefault(oin, Set.of()), row.getBoolean("own_ground_for_bsn"));
                }).stream().collect(toMap(Organisation::oin, organisation -> organisation));
        var intermediaries = new HashMap<Oin, Set<Oin>>();
        handle.createQuery("SELECT intermediary, signer FROM intermediary")
                .map((row, context) -> List.of(new Oin(row.getString("intermediary")),
                        new Oin(row.getString("signer"))))
                .forEach(pair -> intermediaries.computeIfAbsent(pair.getFirst(), oin -> new HashSet<>())
                        .add(pair.getLast()));
        var endpoints = handle
                .createQuery(
                        """
                SELECT oin, function, push_uri, certificate, separated, separation_document, sealed_parts FROM endpoint""")
                .map((row, context) -> endpoint(row)).stream()
                .collect(toMap(endpoint -> new Address(endpoint.oin(), endpoint.function()), endpoint -> endpoint));
        var agreements = handle.createQuery("""
                SELECT kind, valid_from, valid_until, array_agg(oin) AS parties
                  FROM agreement JOIN agreement_party ON agreement = id GROUP BY id""")
                .map((row, context) -> agreement(row)).list();
        return new RegisterSnapshot(version, organisations, intermediaries, endpoints, agreements);
    }

    private static Endpoint endpoint(ResultSet row) throws SQLException {
        return new Endpoint(new Oin(row.getString("oin")), new PartnerFunction(row.getString("function")),
                Optional.ofNullable(row.getString("push_uri")).map(URI::create),
                Optional.ofNullable(row.getBytes("certificate")).map(RegisterSnapshot::certificate),
                new Separation(row.getBoolean("separated"), Optional.ofNullable(row.getString("separation_document")),
                        row.getBoolean("sealed_parts")));
    }

    private static Agreement agreement(ResultSet row) throws SQLException {
        var parties = new HashSet<Oin>();
        for (var oin : (Object[]) row.getArray("parties").getArray()) {
            parties.add(new Oin(oin.toString()));
        }
        return new Agreement(row.getString("kind"), row.getObject("valid_from", OffsetDateTime.class).toInstant(),
                row.getObject("valid_until", OffsetDateTime.class).toInstant(), parties);
    }

    private static X509Certificate certificate(byte[] der) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException unreadable) {
            throw new IllegalStateException("the register holds a certificate that cannot be read", unreadable);
        }
    }
}
