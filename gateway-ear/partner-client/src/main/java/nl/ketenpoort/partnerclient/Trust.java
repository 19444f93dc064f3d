package nl.ketenpoort.partnerclient;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.AbstractCollection;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Whom a partner trusts, for TLS and for signatures alike: a chain to an anchor, dates in force, and no certificate on
 * a revocation list. A list that is missing or out of date refuses (Digikoppeling WT004, PKI002–004): not knowing is
 * not the same as not revoked. Dates are compared with the system's clock.
 */
public final class Trust {

    private final Set<TrustAnchor> anchors;
    private final List<X509Certificate> intermediates;
    private final Supplier<? extends Collection<X509CRL>> revocationLists;

    /**
     * @param trusted         the roots
     * @param intermediates   issuing authorities, which a WS-Security token does not bring along
     * @param revocationLists asked anew at every check, so that a fresh list counts at once
     */
    public Trust(Collection<X509Certificate> trusted, Collection<X509Certificate> intermediates,
            Supplier<? extends Collection<X509CRL>> revocationLists) {
        if (trusted.isEmpty()) {
            throw new IllegalArgumentException("Nobody is trusted: give at least one root certificate");
        }
        this.anchors = new HashSet<>();
        trusted.forEach(root -> anchors.add(new TrustAnchor(root, null)));
        this.intermediates = List.copyOf(intermediates);
        this.revocationLists = revocationLists;
    }

    /** The certificates of a trust store: the self-issued ones are anchors, the others help to build a path. */
    public static Trust from(KeyStore trustStore, Supplier<? extends Collection<X509CRL>> revocationLists) {
        return from(trustStore, List.of(), revocationLists);
    }

    /** As {@link #from(KeyStore, Supplier)}, with issuing authorities that the store does not hold. */
    public static Trust from(KeyStore trustStore, Collection<X509Certificate> intermediates,
            Supplier<? extends Collection<X509CRL>> revocationLists) {
        Set<X509Certificate> roots = new HashSet<>();
        Set<X509Certificate> others = new HashSet<>(intermediates);
        try {
            for (Iterator<String> aliases = trustStore.aliases().asIterator(); aliases.hasNext();) {
                if (trustStore.getCertificate(aliases.next()) instanceof X509Certificate certificate) {
                    boolean selfIssued = certificate.getSubjectX500Principal()
                            .equals(certificate.getIssuerX500Principal());
                    (selfIssued ? roots : others).add(certificate);
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("Cannot read the trust store", e);
        }
        return new Trust(roots, others, revocationLists);
    }

    /** Returns when the certificate is trusted now; refuses with the reason otherwise. */
    public void check(X509Certificate certificate) throws CertificateException {
        try {
            certificate.checkValidity();
            var target = new X509CertSelector();
            target.setCertificate(certificate);
            CertPathBuilder.getInstance("PKIX").build(parameters(target));
        } catch (CertificateException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new CertificateException("Not trusted: " + certificate.getSubjectX500Principal(), e);
        }
    }

    /** The same judgement for the other side of a TLS connection; its host name is checked where the connection asks. */
    X509ExtendedTrustManager forTls() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(new CertPathTrustManagerParameters(parameters(new X509CertSelector())));
            return Arrays.stream(factory.getTrustManagers()).filter(X509ExtendedTrustManager.class::isInstance)
                    .map(X509ExtendedTrustManager.class::cast).findFirst().orElseThrow();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK refuses its own PKIX trust manager", e);
        }
    }

    private PKIXBuilderParameters parameters(X509CertSelector target) throws GeneralSecurityException {
        var parameters = new PKIXBuilderParameters(anchors, target);
        parameters.setRevocationEnabled(true);
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(intermediates)));
        parameters
                .addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(new LiveLists())));
        return parameters;
    }

    /** Reads the lists at each look; a collection store keeps the reference that it was given. */
    private final class LiveLists extends AbstractCollection<X509CRL> {

        @Override
        public Iterator<X509CRL> iterator() {
            return List.<X509CRL>copyOf(revocationLists.get()).iterator();
        }

        @Override
        public int size() {
            return revocationLists.get().size();
        }
    }
}
