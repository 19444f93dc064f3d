package nl.ketenpoort.tlslistener;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.PKIXRevocationChecker.Option;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** A listener as the server has one, without the network: what its engine and a client's say goes back and forth. */
final class Listener {

    /** From the block for documentation (RFC 5737): nobody can be asked for its name. */
    static final String ADDRESS = "192.0.2.7";
    private static final int ROOM = 1 << 16;

    final RefusalCounts refusals = new RefusalCounts();
    private final Authority authority;
    private final SSLContext context;

    /** Checks revocation as Elytron does: from these lists only, and without one nobody is let in. */
    Listener(Authority authority, X509CRL... lists) throws Exception {
        this(authority, new RequiredLists(List.of()), lists);
    }

    /** Has read these lists, and needs files too. */
    Listener(Authority authority, RequiredLists files, X509CRL... lists) throws Exception {
        this.authority = authority;
        this.context = SSLContext.getInstance("TLSv1.3", new TlsListenerProvider(files, refusals));
        context.init(keys(Optional.of(authority.credential("CN=localhost"))), new TrustManager[]{
                trust(authority.certificate, Optional.of(List.of(lists)))}, null);
    }

    SSLEngine engine() {
        var engine = context.createSSLEngine(ADDRESS, 40_000);
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(true);
        engine.setEnabledProtocols(new String[]{"TLSv1.3", "TLSv1.2"});
        return engine;
    }

    SSLEngine client(Optional<Authority.Credential> credential, String... protocols) throws Exception {
        var own = SSLContext.getInstance("TLS");
        own.init(keys(credential), new TrustManager[]{trust(authority.certificate, Optional.empty())}, null);
        var engine = own.createSSLEngine();
        engine.setUseClientMode(true);
        if (protocols.length > 0) {
            engine.setEnabledProtocols(protocols);
        }
        return engine;
    }

    /** Whether the listener let him in. */
    boolean letsIn(Authority.Credential credential, String... protocols) throws Exception {
        return connected(client(Optional.of(credential), protocols), engine());
    }

    /** Shakes hands until both are done or one refuses. */
    static boolean connected(SSLEngine client, SSLEngine server) throws SSLException {
        var toServer = ByteBuffer.allocate(ROOM);
        var toClient = ByteBuffer.allocate(ROOM);
        client.beginHandshake();
        server.beginHandshake();
        boolean served = false;
        boolean clientDone = false;
        for (int turn = 0; turn < 50 && !(served && clientDone); turn++) {
            try {
                clientDone |= turn(client, toClient, toServer);
            } catch (SSLException refusedByClient) {
                // The listener hears of it by the alert.
                tell(client, toServer);
                clientDone = true;
            }
            try {
                served |= turn(server, toServer, toClient);
            } catch (SSLException refused) {
                return false;
            }
        }
        return served;
    }

    /** Reads what is there, does what is to be done and says what is to be said; true once it has finished. */
    private static boolean turn(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        boolean finished = false;
        in.flip();
        try {
            while (true) {
                SSLEngineResult result;
                var status = engine.getHandshakeStatus();
                if (status == HandshakeStatus.NEED_TASK) {
                    engine.getDelegatedTask().run();
                    continue;
                } else if (status == HandshakeStatus.NEED_WRAP) {
                    result = engine.wrap(ByteBuffer.allocate(0), out);
                } else if (in.hasRemaining()) {
                    result = engine.unwrap(in, ByteBuffer.allocate(ROOM));
                } else {
                    return finished;
                }
                finished |= result.getHandshakeStatus() == HandshakeStatus.FINISHED;
                if (result.bytesConsumed() == 0 && result.bytesProduced() == 0
                        && engine.getHandshakeStatus() == status) {
                    return finished;
                }
            }
        } finally {
            in.compact();
        }
    }

    private static void tell(SSLEngine engine, ByteBuffer out) throws SSLException {
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            engine.wrap(ByteBuffer.allocate(0), out);
        }
    }

    /** Somebody says this first. */
    static void hear(SSLEngine server, byte[] said) {
        try {
            turn(server, ByteBuffer.allocate(ROOM).put(said), ByteBuffer.allocate(ROOM));
        } catch (SSLException refused) {
            return;
        }
        throw new AssertionError("nothing was refused in " + new String(said, StandardCharsets.ISO_8859_1));
    }

    private static KeyManager[] keys(Optional<Authority.Credential> credential) throws Exception {
        if (credential.isEmpty()) {
            return new KeyManager[0];
        }
        var factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(credential.get().store(), Authority.PASSWORD.toCharArray());
        return factory.getKeyManagers();
    }

    private static TrustManager trust(X509Certificate anchor, Optional<List<X509CRL>> lists) throws Exception {
        var anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("anchor", anchor);
        var parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
        parameters.setRevocationEnabled(lists.isPresent());
        if (lists.isPresent()) {
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists.get())));
            var checker = (PKIXRevocationChecker) CertPathBuilder.getInstance("PKIX").getRevocationChecker();
            checker.setOptions(EnumSet.of(Option.PREFER_CRLS, Option.NO_FALLBACK));
            parameters.addCertPathChecker(checker);
        }
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(new CertPathTrustManagerParameters(parameters));
        return factory.getTrustManagers()[0];
    }
}
