package nl.ketenpoort.tlslistener;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority that issues for a test, and what it issued; it lives as long as the test. */
final class Authority {

    static final String PASSWORD = "of-a-test";
    private static final Duration DAY = Duration.ofDays(1);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final X500Name name = new X500Name("C=NL,O=Ketenpoort test,CN=Issuing");
    private final KeyPair keys = newKeys();
    /** One for all: making keys is what takes time. */
    private final KeyPair holder = newKeys();
    final X509Certificate certificate = issue(name, keys, true, BigInteger.ONE, -1, 1);

    /** A key with its certificate. */
    record Credential(KeyPair keys, X509Certificate certificate, List<X509Certificate> chain) {

        KeyStore store() throws Exception {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("key", keys.getPrivate(), PASSWORD.toCharArray(),
                    chain.toArray(X509Certificate[]::new));
            return store;
        }
    }

    /** Valid from yesterday until tomorrow. */
    Credential credential(String subject) {
        return credential(subject, -1, 1);
    }

    /** Valid between these days from now. */
    Credential credential(String subject, int from, int until) {
        return credential(subject, new BigInteger(127, RANDOM).setBit(126), from, until);
    }

    Credential credential(String subject, BigInteger serial, int from, int until) {
        var issued = issue(new X500Name(subject), holder, false, serial, from, until);
        return new Credential(holder, issued, List.of(issued, certificate));
    }

    X509CRL revoking(X509Certificate... revoked) {
        return revocationList(1, revoked);
    }

    X509CRL outdatedRevocationList() {
        return revocationList(-1);
    }

    private X509CRL revocationList(int untilDay, X509Certificate... revoked) {
        try {
            var list = new X509v2CRLBuilder(name, day(-2));
            list.setNextUpdate(day(untilDay));
            for (var one : revoked) {
                list.addCRLEntry(one.getSerialNumber(), day(-1), CRLReason.keyCompromise);
            }
            return new JcaX509CRLConverter().getCRL(list.build(signer()));
        } catch (GeneralSecurityException | OperatorCreationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private X509Certificate issue(X500Name subject, KeyPair of, boolean authority, BigInteger serial, int from,
            int until) {
        try {
            var draft = new JcaX509v3CertificateBuilder(name, serial, day(from), day(until), subject, of.getPublic());
            draft.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            draft.addExtension(Extension.keyUsage, true,
                    new KeyUsage(authority
                            ? KeyUsage.keyCertSign | KeyUsage.cRLSign
                            : KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
            return new JcaX509CertificateConverter().getCertificate(draft.build(signer()));
        } catch (IOException | GeneralSecurityException | OperatorCreationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private ContentSigner signer() throws OperatorCreationException {
        return new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate());
    }

    private static Date day(int fromNow) {
        return Date.from(Instant.now().plus(DAY.multipliedBy(fromNow)));
    }

    private static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048, RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
