package nl.ketenpoort.partnerclient;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.UUID;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Mutual TLS (WT001): the own key is always offered, and the other side is the gateway by its OIN, or nobody. */
final class TlsProfile {

    static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final Identity own;
    private final Trust trust;
    private final String gatewayOin;

    TlsProfile(Identity own, Trust trust, String gatewayOin) {
        this.own = own;
        this.trust = trust;
        this.gatewayOin = gatewayOin;
    }

    KeyManager[] keyManagers() {
        try {
            char[] password = UUID.randomUUID().toString().toCharArray();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("tls", own.privateKey(), password, own.chain().toArray(X509Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, password);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("Cannot use the TLS key", e);
        }
    }

    TrustManager[] trustManagers() {
        return new TrustManager[]{new OnlyTheGateway(trust.forTls(), gatewayOin)};
    }

    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(), trustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK has no TLS", e);
        }
    }

    private static final class OnlyTheGateway extends X509ExtendedTrustManager {

        private final X509ExtendedTrustManager chain;
        private final String gatewayOin;

        OnlyTheGateway(X509ExtendedTrustManager chain, String gatewayOin) {
            this.chain = chain;
            this.gatewayOin = gatewayOin;
        }

        private void demandGateway(X509Certificate[] presented) throws CertificateException {
            if (!Oin.of(presented[0]).filter(gatewayOin::equals).isPresent()) {
                throw new CertificateException("Not the gateway: " + presented[0].getSubjectX500Principal());
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] presented, String authType, Socket socket)
                throws CertificateException {
            chain.checkClientTrusted(presented, authType, socket);
            demandGateway(presented);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] presented, String authType, Socket socket)
                throws CertificateException {
            chain.checkServerTrusted(presented, authType, socket);
            demandGateway(presented);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] presented, String authType, SSLEngine engine)
                throws CertificateException {
            chain.checkClientTrusted(presented, authType, engine);
            demandGateway(presented);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] presented, String authType, SSLEngine engine)
                throws CertificateException {
            chain.checkServerTrusted(presented, authType, engine);
            demandGateway(presented);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] presented, String authType) throws CertificateException {
            chain.checkClientTrusted(presented, authType);
            demandGateway(presented);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] presented, String authType) throws CertificateException {
            chain.checkServerTrusted(presented, authType);
            demandGateway(presented);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return chain.getAcceptedIssuers();
        }
    }
}
