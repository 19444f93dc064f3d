package nl.ketenpoort.localstack.certificates;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Map;
import java.util.Optional;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A name, a key and a certificate that sign certificates and revocation lists (RFC 5280). */
final class CertificateAuthority {

    private static final String SIGNATURE = "SHA256withRSA";
    private static final int KEY_BITS = 2048;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final PrivateKey key;
    private final X509Certificate certificate;

    CertificateAuthority(PrivateKey key, X509Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    static CertificateAuthority root(String name, Instant now) {
        KeyPair pair = newKeyPair();
        X500Name subject = authorityName(name);
        return signing(() -> {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(subject, newSerial(), yesterday(now),
                    yearsAfter(now, 10), subject, pair.getPublic());
            addAuthorityExtensions(builder, pair, pair.getPublic(), Optional.empty());
            return new CertificateAuthority(pair.getPrivate(), convert(builder, pair.getPrivate()));
        });
    }

    CertificateAuthority subordinate(String name, Instant now) {
        KeyPair pair = newKeyPair();
        return signing(() -> {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(certificate, newSerial(), yesterday(now),
                    yearsAfter(now, 5), authorityName(name), pair.getPublic());
            addAuthorityExtensions(builder, pair, certificate.getPublicKey(), Optional.of(0));
            return new CertificateAuthority(pair.getPrivate(), convert(builder, key));
        });
    }

    X509Certificate certificate() {
        return certificate;
    }

    PrivateKey key() {
        return key;
    }

    /** A leaf for a server that is also a client, valid between the given moments. */
    X509Certificate issue(KeyPair pair, Subject subject, Instant from, Instant until, int keyUsage) {
        return signing(() -> {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new JcaX509CertificateHolder(certificate).getSubject(), newSerial(), Date.from(from),
                    Date.from(until), subject.name(), pair.getPublic());
            var extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(keyUsage));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(
                    new KeyPurposeId[]{KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
            builder.addExtension(Extension.subjectAlternativeName, false,
                    new GeneralNames(new GeneralName[]{new GeneralName(GeneralName.dNSName, "localhost"),
                            new GeneralName(GeneralName.iPAddress, "127.0.0.1")}));
            builder.addExtension(Extension.subjectKeyIdentifier, false,
                    extensions.createSubjectKeyIdentifier(pair.getPublic()));
            builder.addExtension(Extension.authorityKeyIdentifier, false,
                    extensions.createAuthorityKeyIdentifier(certificate.getPublicKey()));
            return convert(builder, key);
        });
    }

    /** A revocation list of everything given, valid between the given moments. */
    X509CRL revocationList(Map<BigInteger, Instant> revoked, Instant thisUpdate, Instant nextUpdate) {
        return signing(() -> {
            var builder = new X509v2CRLBuilder(new JcaX509CertificateHolder(certificate).getSubject(),
                    Date.from(thisUpdate));
            builder.setNextUpdate(Date.from(nextUpdate));
            revoked.forEach(
                    (serial, at) -> builder.addCRLEntry(serial, Date.from(at), CRLReason.cessationOfOperation));
            builder.addExtension(Extension.authorityKeyIdentifier, false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate.getPublicKey()));
            builder.addExtension(Extension.cRLNumber, false,
                    new CRLNumber(BigInteger.valueOf(thisUpdate.toEpochMilli())));
            return new JcaX509CRLConverter().getCRL(builder.build(signer(key)));
        });
    }

    static KeyPair newKeyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS, RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java makes no RSA keys", e);
        }
    }

    private static void addAuthorityExtensions(X509v3CertificateBuilder builder, KeyPair pair,
            PublicKey issuer, Optional<Integer> pathLength) throws IOException, GeneralSecurityException {
        var extensions = new JcaX509ExtensionUtils();
        builder.addExtension(Extension.basicConstraints, true,
                pathLength.map(BasicConstraints::new).orElseGet(() -> new BasicConstraints(true)));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        builder.addExtension(Extension.subjectKeyIdentifier, false,
                extensions.createSubjectKeyIdentifier(pair.getPublic()));
        builder.addExtension(Extension.authorityKeyIdentifier, false,
                extensions.createAuthorityKeyIdentifier(issuer));
    }

    private static X500Name authorityName(String name) {
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.C, "NL").addRDN(BCStyle.O, "Ketenpoort test")
                .addRDN(BCStyle.CN, name).build();
    }

    private static BigInteger newSerial() {
        return new BigInteger(127, RANDOM).setBit(126);
    }

    private static Date yesterday(Instant now) {
        return Date.from(now.minus(Period.ofDays(1)));
    }

    private static Date yearsAfter(Instant now, int years) {
        return Date.from(now.atZone(ZoneOffset.UTC).plusYears(years).toInstant());
    }

    private static ContentSigner signer(PrivateKey key) throws OperatorCreationException {
        return new JcaContentSignerBuilder(SIGNATURE).build(key);
    }

    private static X509Certificate convert(X509v3CertificateBuilder builder, PrivateKey key)
            throws OperatorCreationException, GeneralSecurityException {
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer(key)));
    }

    private static <T> T signing(Signing<T> signing) {
        try {
            return signing.sign();
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("Cannot sign a certificate or revocation list", e);
        }
    }

    private interface Signing<T> {
        T sign() throws IOException, GeneralSecurityException, OperatorCreationException;
    }
}
