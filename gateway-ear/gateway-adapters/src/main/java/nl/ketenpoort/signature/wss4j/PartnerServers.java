package nl.ketenpoort.signature.wss4j;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertificateException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;

import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts the TLS servers of partners as far as the trust directory of now allows: path, host name, validity, and the
 * revocation list of every authority on the path (WT004). Trusts no client: the listener does that.
 */
final class PartnerServers extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager pkix;
    private final TrustDirectory directory;
    private final Clock clock;

    PartnerServers(Set<X509Certificate> anchors, TrustDirectory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
        try {
            var parameters = new PKIXBuilderParameters(
                    anchors.stream().map(anchor -> new TrustAnchor(anchor, null)).collect(Collectors.toSet()),
                    new X509CertSelector());
            parameters.addCertStore(directory.store());
            parameters.addCertPathChecker(CertificateTrust.revocation(
                    (PKIXRevocationChecker) CertPathBuilder.getInstance("PKIX").getRevocationChecker()));
            var factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(new CertPathTrustManagerParameters(parameters));
            this.pkix = (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException unusable) {
            throw new IllegalArgumentException("The trust anchors cannot be used for TLS", unusable);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        directory.refresh(clock.instant());
        pkix.checkServerTrusted(chain, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        directory.refresh(clock.instant());
        pkix.checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("Without the connection the host name cannot be checked");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("The gateway is the client here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return pkix.getAcceptedIssuers();
    }
}
