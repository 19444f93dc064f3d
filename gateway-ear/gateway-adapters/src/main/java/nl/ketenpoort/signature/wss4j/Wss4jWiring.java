package nl.ketenpoort.signature.wss4j;

import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.X509ExtendedTrustManager;

import org.w3c.dom.Element;

import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.refusal.Refusal;
import nl.ketenpoort.signature.AnswerSealing;
import nl.ketenpoort.signature.MessageId;
import nl.ketenpoort.signature.SignatureVerification;

/** The door of this package, for the composition root alone. Everything it gives may be used by many threads at once. */
public final class Wss4jWiring {

    private final BoundedReader reader = new BoundedReader(Limits.DEFAULT);
    private final Configuration configuration;
    private final TrustDirectory directory;
    private final CertificateTrust trust;
    private final EnvelopeSealer sealer;

    /**
     * What the gateway needs to know.
     *
     * @param sign the key it signs with
     * @param decrypt the keys partners may encrypt to: the present one, and an earlier one while partners change over
     * @param anchors roots; nothing below them, so that every authority below is itself checked
     * @param trustDirectory certificates of authorities and revocation lists, read again when a file changes
     * @param endpoints what a partner may write in {@code wsa:To}, and the first of them is the gateway's
     *        {@code wsa:From}; the query does not count
     * @param mostBytes of a message
     * @param securityTime system time
     */
    public record Configuration(PrivateKeyEntry sign, List<PrivateKeyEntry> decrypt, Set<X509Certificate> anchors,
            Path trustDirectory, List<URI> endpoints, int mostBytes, Clock securityTime) {

        /** Bytes of a message if nothing else is configured: 1 MiB. */
        public static final int MOST_BYTES = 1 << 20;

        /** @throws IllegalArgumentException if there is no key, no anchor or no absolute endpoint */
        public Configuration {
            Objects.requireNonNull(sign);
            Objects.requireNonNull(trustDirectory);
            Objects.requireNonNull(securityTime);
            decrypt = List.copyOf(decrypt);
            anchors = Set.copyOf(anchors);
            endpoints = List.copyOf(endpoints);
            if (decrypt.isEmpty() || anchors.isEmpty() || endpoints.isEmpty()
                    || !endpoints.stream().allMatch(endpoint -> Addressing.place(endpoint.toString()).isPresent())) {
                throw new IllegalArgumentException(
                        "Name a key to decrypt with, a trust anchor and the absolute URI of the endpoint");
            }
        }
    }

    /** Requests of the gateway to partners, and their answers; for the push channel. */
    public interface PartnerExchange {

        /** Signs and encrypts a request, if the receiver's certificate may still be encrypted to. */
        Sealing seal(Outgoing request);

        /**
         * Verifies an answer: its signature, that the receiver of the request made it, that it belongs to the request
         * and confirms its signature (a fault need not).
         *
         * @param answer SOAP envelope
         * @param contentType HTTP {@code Content-Type}
         */
        Reading read(byte[] answer, Optional<String> contentType, Sealed sent);
    }

    /**
     * A request of the gateway.
     *
     * @param to the endpoint
     * @param body the one element of the Body, UTF-8
     * @param receiver the organisation that has to answer
     * @param encryptTo its certificate
     */
    public record Outgoing(URI to, String action, MessageId id, byte[] body, Oin receiver, X509Certificate encryptTo) {}

    /** What became of a request. */
    public sealed interface Sealing {}

    /** It is ready to be sent; the rest is what its answer is held against. */
    public record Sealed(byte[] bytes, byte[] signatureValue, MessageId id, Oin receiver) implements Sealing {}

    /** The receiver's certificate is expired, revoked or not his: nothing is encrypted to it. */
    public record Withheld(Refusal why) implements Sealing {}

    /** What an answer turned out to be. */
    public sealed interface Reading {}

    /**
     * A proven one.
     *
     * @param content the one element of its Body
     * @param fault whether that is a SOAP fault
     */
    public record Answer(String action, Element content, boolean fault) implements Reading {}

    /** Whoever gave it did not prove it. */
    public record Unproven(Refusal why) implements Reading {}

    private Wss4jWiring(Configuration configuration) {
        this.configuration = configuration;
        this.directory = new TrustDirectory(configuration.trustDirectory(), configuration.securityTime().instant());
        this.trust = new CertificateTrust(configuration.anchors(), directory, configuration.securityTime());
        this.sealer = new EnvelopeSealer(new GatewayKeys(List.of(configuration.sign())),
                new BoundedReader(Limits.OWN), configuration.securityTime());
    }

    /** Over these keys and this trust. */
    public static Wss4jWiring with(Configuration configuration) {
        return new Wss4jWiring(configuration);
    }

    /** Proves who sent a request. */
    public SignatureVerification verification() {
        var engine = new SecurityEngine(new GatewayKeys(configuration.decrypt()), reader);
        var endpoints = configuration.endpoints().stream().map(URI::toString)
                .map(endpoint -> Addressing.place(endpoint).orElseThrow()).collect(Collectors.toUnmodifiableSet());
        return new Wss4jVerification(() -> opening(engine), endpoints);
    }

    /** Seals answers. */
    public AnswerSealing sealing() {
        return new Wss4jSealing(sealer);
    }

    /**
     * Speaks to partners. Their answers are encrypted to the certificate of the request (WB012), therefore the key that
     * signs may decrypt here, and only here.
     */
    public PartnerExchange exchange() {
        var keys = new ArrayList<>(List.of(configuration.sign()));
        keys.addAll(configuration.decrypt());
        var engine = new SecurityEngine(new GatewayKeys(keys), reader);
        var own = Subject.oin((X509Certificate) configuration.sign().getCertificate())
                .orElseThrow(() -> new IllegalArgumentException("The certificate that signs has no OIN"));
        var from = Addressing.place(configuration.endpoints().getFirst().toString()).orElseThrow();
        return new Wss4jExchange(sealer, trust, () -> opening(engine), URI.create(from + "?OIN=" + own));
    }

    /** Trusts the TLS servers of partners, with revocation lists and host name. */
    public X509ExtendedTrustManager partnerServers() {
        return new PartnerServers(configuration.anchors(), directory, configuration.securityTime());
    }

    private Opening opening(SecurityEngine engine) {
        return new Opening(engine, reader, trust, new Freshness(configuration.securityTime()),
                configuration.mostBytes());
    }
}
