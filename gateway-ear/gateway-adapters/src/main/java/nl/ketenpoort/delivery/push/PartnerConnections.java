package nl.ketenpoort.delivery.push;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

import nl.ketenpoort.delivery.push.PushWiring.Connection;

/** Connections over mutual TLS 1.3 or 1.2 (WT001, TLS003, TLSCIPH001); no redirects, everything bounded. */
final class PartnerConnections {

    private static final int SECONDS_OF_A_SESSION = 3600;

    /** NCSC guidelines 2025, good or sufficient. */
    private static final String[] SUITES = {"TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"};

    private final Connection connection;
    private final HttpClient client;

    PartnerConnections(Connection connection) {
        this.connection = connection;
        var context = context(connection);
        var supported = Arrays.asList(context.getSupportedSSLParameters().getCipherSuites());
        var parameters = new SSLParameters(Stream.of(SUITES).filter(supported::contains).toArray(String[]::new),
                new String[]{"TLSv1.3", "TLSv1.2"});
        this.client = HttpClient.newBuilder().version(Version.HTTP_1_1).followRedirects(Redirect.NEVER)
                .connectTimeout(connection.connect()).sslContext(context).sslParameters(parameters)
                .executor(Executors.newVirtualThreadPerTaskExecutor()).build();
    }

    /**
     * Posts a SOAP envelope.
     *
     * @throws IOException if there is no whole answer in time; {@link AnswerTooLarge} if it has no end
     */
    HttpResponse<byte[]> post(URI to, String action, byte[] envelope) throws IOException {
        var request = HttpRequest.newBuilder(to).timeout(connection.exchange())
                .header("Content-Type", "text/xml; charset=utf-8").header("SOAPAction", '"' + action + '"')
                .POST(BodyPublishers.ofByteArray(envelope)).build();
        var answer = client.sendAsync(request, head -> new BoundedAnswer(connection.mostBytes()));
        try {
            // The client's own timeout ends with the headers; a body that drips must not hold a delivery.
            return answer.get(connection.exchange().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException why ? why : new IOException(failed.getCause());
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw new IOException("No whole answer in time", late);
        } catch (InterruptedException stopped) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("Stopped while waiting", stopped);
        }
    }

    private static SSLContext context(Connection connection) {
        try {
            var password = UUID.randomUUID().toString().toCharArray();
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("tls", connection.key().getPrivateKey(), password,
                    connection.key().getCertificateChain());
            var keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, password);
            KeyManager[] own = keys.getKeyManagers();
            var context = SSLContext.getInstance("TLS");
            context.init(own, new TrustManager[]{connection.servers()}, null);
            // A resumed session is not checked against revocation lists again (WT008).
            context.getClientSessionContext().setSessionTimeout(SECONDS_OF_A_SESSION);
            return context;
        } catch (GeneralSecurityException | IOException unusable) {
            throw new IllegalArgumentException("The TLS key of the gateway cannot be used", unusable);
        }
    }
}
