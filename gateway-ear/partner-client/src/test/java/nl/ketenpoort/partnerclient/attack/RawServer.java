package nl.ketenpoort.partnerclient.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;

/**
 * Answers over mutual TLS with whatever bytes the test gives: a gateway, or a partner's endpoint, that does wrong. Listens
 * on the loopback address only.
 */
public final class RawServer implements AutoCloseable {

    /** What to answer. */
    public record Reply(int status, byte[] body) {

        /** A SOAP message with the status that belongs to it. */
        public static Reply of(RawSoap soap) {
            byte[] body = soap.bytes();
            return new Reply(soap.action().endsWith(":fout") ? 500 : 200, body);
        }
    }

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();

    /** @param behaviour gets the request's bytes; an exception cuts the connection without an answer */
    public RawServer(RawKey tls, Collection<X509Certificate> roots, Function<byte[], Reply> behaviour) {
        try {
            SSLContext context = context(tls, roots);
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context) {

                @Override
                public void configure(HttpsParameters parameters) {
                    SSLParameters mutual = context.getDefaultSSLParameters();
                    mutual.setNeedClientAuth(true);
                    parameters.setSSLParameters(mutual);
                }
            });
            server.createContext("/", exchange -> answer(exchange, behaviour));
            server.setExecutor(threads);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SSLContext context(RawKey tls, Collection<X509Certificate> roots) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(RawKey.store(tls), RawKey.PASSWORD.toCharArray());
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(RawHttp.trusting(roots));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange, Function<byte[], Reply> behaviour) throws IOException {
        try (exchange) {
            byte[] request = exchange.getRequestBody().readAllBytes();
            received.add(request);
            Reply reply = behaviour.apply(request);
            exchange.getResponseHeaders().set("Content-Type", "text/xml; charset=utf-8");
            exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
            exchange.getResponseBody().write(reply.body());
        }
    }

    /** Bodies of requests, as they came out of TLS. */
    public BlockingQueue<byte[]> received() {
        return received;
    }

    /** Its address with this path. */
    public URI address(String path) {
        return URI.create("https://localhost:" + server.getAddress().getPort() + path);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
