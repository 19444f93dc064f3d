package nl.ketenpoort.signature.wss4j;

import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import nl.ketenpoort.signature.AnswerSealing;
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

    private Wss4jWiring(Configuration configuration) {
        this.configuration = configuration;
        this.directory = new TrustDirectory(configuration.trustDirectory(), configuration.securityTime().instant());
        this.trust = new CertificateTrust(configuration.anchors(), directory, configuration.securityTime());
        this.sealer = new EnvelopeSealer(new GatewayKeys(List.of(configuration.sign())), reader,
                configuration.securityTime());
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

    private Opening opening(SecurityEngine engine) {
        return new Opening(engine, reader, trust, new Freshness(configuration.securityTime()),
                configuration.mostBytes());
    }
}
