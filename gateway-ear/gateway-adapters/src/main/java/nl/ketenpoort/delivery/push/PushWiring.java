package nl.ketenpoort.delivery.push;

import java.security.KeyStore.PrivateKeyEntry;
import java.time.Duration;
import javax.net.ssl.X509ExtendedTrustManager;

import nl.ketenpoort.delivery.PushChannel;
import nl.ketenpoort.signature.wss4j.Wss4jWiring.PartnerExchange;

/** The door of this package, for the composition root alone. */
public final class PushWiring {

    private PushWiring() {}

    /**
     * How the gateway connects.
     *
     * @param key its TLS key
     * @param servers which servers it trusts
     * @param connect at most, for a connection
     * @param exchange at most, from the request to the last byte of the answer
     * @param mostBytes of an answer
     */
    public record Connection(PrivateKeyEntry key, X509ExtendedTrustManager servers, Duration connect,
            Duration exchange, int mostBytes) {

        /** With ten seconds to connect, thirty to answer, and answers of 256 KiB: they hold an id and a digest. */
        public static Connection of(PrivateKeyEntry key, X509ExtendedTrustManager servers) {
            return new Connection(key, servers, Duration.ofSeconds(10), Duration.ofSeconds(30), 1 << 18);
        }
    }

    /** A channel that many threads may use at once. */
    public static PushChannel channel(PartnerExchange exchange, Connection connection) {
        return new HttpPushChannel(exchange, new PartnerConnections(connection));
    }
}
