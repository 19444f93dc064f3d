package nl.ketenpoort.localstack.server;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.ServerOnlyTlsAuthentication;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

import nl.ketenpoort.localstack.certificates.KeyFile;
import nl.ketenpoort.localstack.certificates.TestCertificates;

/** One HTTP request over TLS, showing what was negotiated. */
final class TlsClient {

    private final TestCertificates certificates;
    private final int port;

    TlsClient(TestCertificates certificates, int port) {
        this.certificates = certificates;
        this.port = port;
    }

    /** What the server answered, and how it was protected. */
    record Answer(String status, String headersAndBody, String protocol, String cipherSuite) {}

    Answer get(String path, Optional<KeyFile> key, String... protocols) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers(key), trustManagers().getTrustManagers(), new SecureRandom());
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port)) {
            socket.setSoTimeout(10_000);
            if (protocols.length > 0) {
                socket.setEnabledProtocols(protocols);
            }
            socket.startHandshake();
            // In TLS 1.3 a client learns only with the first answer whether its certificate was accepted.
            socket.getOutputStream().write(request(path).getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(),
                    StandardCharsets.UTF_8);
            String status = answer.lines().findFirst().orElse("");
            return new Answer(status, answer, socket.getSession().getProtocol(), socket.getSession().getCipherSuite());
        }
    }

    /**
     * What the server chooses when a client of another make offers only this, which may be as old-fashioned as is
     * asked; nothing when it refuses. How the handshake goes on after the choice does not matter.
     */
    Optional<Integer> suiteChosenFrom(ProtocolVersion version, int... offered) throws IOException {
        var chosen = new AtomicReference<Optional<Integer>>(Optional.empty());
        var client = new DefaultTlsClient(new BcTlsCrypto(new SecureRandom())) {

            @Override
            protected ProtocolVersion[] getSupportedVersions() {
                return version.only();
            }

            @Override
            public int[] getCipherSuites() {
                return offered;
            }

            @Override
            public void notifySelectedCipherSuite(int suite) {
                chosen.set(Optional.of(suite));
                super.notifySelectedCipherSuite(suite);
            }

            @Override
            public TlsAuthentication getAuthentication() {
                return new ServerOnlyTlsAuthentication() {
                    @Override
                    public void notifyServerCertificate(TlsServerCertificate certificate) {
                        // Who the server is does not matter to a test of what it accepts.
                    }
                };
            }
        };
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            new TlsClientProtocol(socket.getInputStream(), socket.getOutputStream()).connect(client);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            // A refusal is an alert or a closed connection, before or after the choice.
            return chosen.get();
        }
        return chosen.get();
    }

    private static String request(String path) {
        return String.join("\r\n",
                List.of("GET " + path + " HTTP/1.1", "Host: localhost", "Connection: close", "", ""));
    }

    private static KeyManager[] keyManagers(Optional<KeyFile> key) throws GeneralSecurityException {
        if (key.isEmpty()) {
            return new KeyManager[0];
        }
        var factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(key.get().keyStore(), key.get().password().toCharArray());
        return factory.getKeyManagers();
    }

    private TrustManagerFactory trustManagers() throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(certificates.trustStore());
        return factory;
    }
}
