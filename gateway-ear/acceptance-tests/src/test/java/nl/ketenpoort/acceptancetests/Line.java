package nl.ketenpoort.acceptancetests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.Region;
import nl.ketenpoort.localstack.certificates.KeyFile;
import nl.ketenpoort.localstack.certificates.PartnerCertificates;
import nl.ketenpoort.partnerclient.attack.RawHttp;
import nl.ketenpoort.partnerclient.attack.RawKey;
import nl.ketenpoort.partnerclient.attack.RawSoap;

/** A line to the gateway on which anything can be sent, by whoever has a key. */
final class Line {

    private static final Pattern PROLOG = Pattern.compile("\\A<\\?xml[^>]*>\\s*(<!--.*?-->\\s*)*", Pattern.DOTALL);
    /** A store takes longer to open than a message to send. */
    private static final Map<Path, RawKey> OPENED = new ConcurrentHashMap<>();
    private static final String SOAP_CONTENT = "text/xml; charset=utf-8";

    private final Region region;
    private final Ledger ledger;

    Line(Region region) {
        this.region = region;
        this.ledger = new Ledger(region);
    }

    /** Keys of a partner, or of somebody who is none. */
    PartnerCertificates keysOf(Partner partner) {
        return partner.keys(region.stack().certificates());
    }

    PartnerCertificates keysOf(String oin, String name) {
        return region.stack().certificates().partner(oin, name);
    }

    static RawKey raw(KeyFile file) {
        return OPENED.computeIfAbsent(file.path(), path -> new RawKey(file.privateKey(), file.chain()));
    }

    /** A message that is right in everything, until the test says otherwise. */
    RawSoap message(Partner sender, String payload) {
        return message(raw(keysOf(sender).sign()), payload);
    }

    RawSoap message(RawKey signer, String payload) {
        return request(signer, "verzenden", payload);
    }

    /** A message that only somebody else than the gateway can read. */
    RawSoap encryptedTo(X509Certificate reader, Partner sender, String payload) {
        return RawSoap.request(raw(keysOf(sender).sign()), reader, region.gateway().toString(), "verzenden",
                withoutProlog(payload));
    }

    /** Any operation of the gateway. */
    RawSoap request(RawKey signer, String operation, String payload) {
        return RawSoap.request(signer, region.stack().certificates().gatewayDecrypt().certificate(),
                region.gateway().toString(), operation, withoutProlog(payload));
    }

    private static String withoutProlog(String xml) {
        return PROLOG.matcher(xml).replaceFirst("");
    }

    /** Sends on the partner's own connection; the answer is for the partner. */
    Answered send(Partner partner, RawSoap soap) {
        return send(keysOf(partner), raw(keysOf(partner).sign()), soap);
    }

    /**
     * Sends on somebody's connection.
     *
     * @param reader whom the answer is for
     */
    Answered send(PartnerCertificates connection, RawKey reader, RawSoap soap) {
        return sendWith(raw(connection.tls()), reader, soap);
    }

    /** Sends on a connection with this certificate. */
    Answered sendWith(RawKey connection, RawKey reader, RawSoap soap) {
        return send(connection, reader, soap.bytes(), soap.action(), SOAP_CONTENT).of(soap);
    }

    /** Sends on a connection of this partner that is open already. */
    Answered send(RawHttp open, Partner partner, RawSoap soap) {
        var keys = keysOf(partner);
        var before = ledger.standing();
        try {
            return new Answered(region, ledger, before, raw(keys.sign()), raw(keys.tls()), open.post(soap)).of(soap);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Sends bytes as they are. */
    Answered send(Partner partner, byte[] bytes, String action, String contentType) {
        return send(raw(keysOf(partner).tls()), raw(keysOf(partner).sign()), bytes, action, contentType);
    }

    private Answered send(RawKey connection, RawKey reader, byte[] bytes, String action, String contentType) {
        var before = ledger.standing();
        try (var http = http(connection)) {
            return new Answered(region, ledger, before, reader, connection, http.post(bytes, action, contentType));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** A connection with this certificate. */
    RawHttp http(RawKey key) {
        return new RawHttp(region.gateway(), Optional.of(key),
                List.of(region.stack().certificates().rootCertificate()));
    }

    /** A connection with this certificate in this version of TLS. */
    RawHttp http(RawKey key, String protocol) {
        return new RawHttp(region.gateway(), Optional.of(key),
                List.of(region.stack().certificates().rootCertificate()), protocol);
    }

    /** A connection without a certificate. */
    RawHttp httpWithoutCertificate() {
        return new RawHttp(region.gateway(), Optional.empty(),
                List.of(region.stack().certificates().rootCertificate()));
    }
}
