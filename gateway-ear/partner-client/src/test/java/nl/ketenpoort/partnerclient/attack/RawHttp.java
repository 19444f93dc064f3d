package nl.ketenpoort.partnerclient.attack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/**
 * Posts bytes over TLS, with or without a client certificate. Checks the other side's chain against the given roots,
 * but no revocation list: it is for asking, not for trusting. HTTP/1.1, no redirects, a minute at most.
 */
public final class RawHttp implements AutoCloseable {

    private final URI endpoint;
    private final HttpClient client;

    /** @param key the client certificate; empty for none */
    public RawHttp(URI endpoint, Optional<RawKey> key, Collection<X509Certificate> roots) {
        this(endpoint, key, roots, "TLSv1.3", "TLSv1.2");
    }

    /** With these TLS versions only. */
    public RawHttp(URI endpoint, Optional<RawKey> key, Collection<X509Certificate> roots, String... protocols) {
        this.endpoint = endpoint;
        var parameters = new SSLParameters();
        parameters.setProtocols(protocols);
        this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER).connectTimeout(Duration.ofSeconds(10))
                .sslContext(context(key, roots)).sslParameters(parameters).build();
    }

    private static SSLContext context(Optional<RawKey> key, Collection<X509Certificate> roots) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusting(roots));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(key.isPresent() ? keyManagers(key.get()) : new KeyManager[0], trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyStore trusting(Collection<X509Certificate> roots) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            for (X509Certificate root : roots) {
                trusted.setCertificateEntry(root.getSerialNumber().toString(), root);
            }
            return trusted;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyManager[] keyManagers(RawKey key) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(RawKey.store(key), RawKey.PASSWORD.toCharArray());
        return factory.getKeyManagers();
    }

    /** What came back. */
    public record Answer(int status, HttpHeaders headers, byte[] body) {

        /** As UTF-8. */
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** Posts a message as {@code text/xml; charset=utf-8} with its action as SOAPAction. */
    public Answer post(RawSoap soap) throws IOException {
        return post(soap.bytes(), soap.action());
    }

    /** Posts bytes as {@code text/xml; charset=utf-8}. */
    public Answer post(byte[] body, String soapAction) throws IOException {
        return post(body, soapAction, "text/xml; charset=utf-8");
    }

    /** Posts bytes; a failed handshake is an {@link IOException}. */
    public Answer post(byte[] body, String soapAction, String contentType) throws IOException {
        return send(HttpRequest.newBuilder(endpoint).timeout(Duration.ofMinutes(1)).header("Content-Type", contentType)
                .header("SOAPAction", "\"" + soapAction + "\"").POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    }

    /** GET, with nothing. */
    public Answer get() throws IOException {
        return send(HttpRequest.newBuilder(endpoint).timeout(Duration.ofMinutes(1)).GET().build());
    }

    private Answer send(HttpRequest request) throws IOException {
        try {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        // HttpClient became closeable in Java 21; shutdownNow does not wait for an answer that never comes.
        client.shutdownNow();
    }
}
