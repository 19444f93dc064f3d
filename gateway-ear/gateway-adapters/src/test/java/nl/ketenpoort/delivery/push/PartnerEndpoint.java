package nl.ketenpoort.delivery.push;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.KeyStore;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;

import nl.ketenpoort.localstack.certificates.KeyFile;
import nl.ketenpoort.signature.wss4j.Pki;

/** A partner's HTTPS server that demands a client certificate and answers what a test wants. */
final class PartnerEndpoint implements AutoCloseable {

    private final String host;
    private final HttpsServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private volatile Answering answering = (request, exchange) -> reply(exchange, 404, new byte[0]);
    private volatile Optional<Seen> seen = Optional.empty();

    interface Answering {
        void answer(byte[] request, HttpExchange exchange) throws Exception;
    }

    record Seen(String contentType, String soapAction, byte[] body) {}

    PartnerEndpoint(KeyFile tls) throws Exception {
        this(tls, "localhost");
    }

    PartnerEndpoint(KeyFile tls, String host) throws Exception {
        this.host = host;
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName(host), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(tls)) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ssl = getSSLContext().getDefaultSSLParameters();
                ssl.setNeedClientAuth(true);
                parameters.setSSLParameters(ssl);
            }
        });
        server.setExecutor(executor);
        server.createContext("/bezorging", this::handle);
        server.start();
    }

    URI uri() {
        return URI.create("https://" + host + ":" + server.getAddress().getPort() + "/bezorging");
    }

    void answers(Answering how) {
        answering = how;
    }

    Optional<Seen> seen() {
        return seen;
    }

    static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/xml; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = exchange.getRequestBody().readAllBytes();
            seen = Optional.of(new Seen(exchange.getRequestHeaders().getFirst("Content-Type"),
                    exchange.getRequestHeaders().getFirst("SOAPAction"), request));
            answering.answer(request, exchange);
        } catch (IOException hungUp) {
            throw hungUp;
        } catch (Exception failed) {
            throw new IOException(failed);
        }
    }

    private static SSLContext context(KeyFile tls) throws Exception {
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(tls.keyStore(), tls.password().toCharArray());
        KeyStore trusted = Pki.CERTIFICATES.trustStore();
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    @Override
    public void close() {
        server.stop(0);
        executor.close();
    }
}
