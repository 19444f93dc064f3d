package nl.ketenpoort.localstack.certificates;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import org.bouncycastle.asn1.x509.KeyUsage;

/**
 * A test PKI in one directory, made on first use and kept afterwards, so that a database encrypted under its keys can
 * be opened again. Files that hold keys are readable by their owner only; one random password, in the file
 * {@code password}, protects all of them.
 *
 * <pre>
 * password                                   of every .p12 below
 * authority/{root,issuing,unknown}.p12       the authorities' own keys; no server needs them
 * authority/revoked.properties               serial number = moment of revocation
 * trust/{root,issuing}.{crt,crl}             PEM certificates, DER revocation lists
 * trust/truststore.p12                       the root only, so that the issuing authority is itself checked
 * trust/issuers.p12                          the issuing authority only, for the TLS listener (deploy/wildfly/20-tls.cli)
 * gateway/{tls,sign,decrypt,receipt}.{p12,crt}   alias = file name
 * gateway/content-master.p12                 AES-256, alias content-master-1
 * gateway/bsn-lookup.p12                     HMAC-SHA256, alias bsn-lookup-1
 * partners/OIN/{tls,sign}.{p12,crt}          alias = file name
 * partners/OIN/{tls,sign}-FLAW.{p12,crt}     FLAW as in {@link Flaw}, in lower case
 * </pre>
 */
public final class TestCertificates {

    /** The gateway of the tests; an OIN with the prefix for fictitious organisations. */
    public static final String GATEWAY_OIN = "00000099000000001000";

    private static final Duration LIST_VALIDITY = Duration.ofDays(7);
    private static final Duration LEAF_VALIDITY = Duration.ofDays(365);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Pattern TWENTY_DIGITS = Pattern.compile("\\d{20}");
    /** Signing certificates receive encrypted keys too (Digikoppeling WB012). */
    private static final int SIGN_AND_RECEIVE = KeyUsage.digitalSignature | KeyUsage.keyEncipherment;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path directory;
    private final String password;
    private final Clock clock;
    private final CertificateAuthority root;
    private final CertificateAuthority issuing;
    private final CertificateAuthority unknown;

    private TestCertificates(Path directory, Clock clock) {
        this.directory = directory.toAbsolutePath().normalize();
        this.clock = clock;
        for (String part : new String[]{"", "authority", "trust", "gateway", "partners"}) {
            makeDirectory(this.directory.resolve(part));
        }
        this.password = passwordIn(this.directory.resolve("password"));
        Instant now = clock.instant();
        this.root = authority("root", () -> CertificateAuthority.root("Ketenpoort Test Root", now));
        this.issuing = authority("issuing", () -> root.subordinate("Ketenpoort Test Issuing", now));
        this.unknown = authority("unknown", () -> CertificateAuthority.root("Ketenpoort Test Issuing", now));
        writeTrust();
        writeGatewayKeys();
        renewRevocationLists();
    }

    /** Opens the PKI in the directory, and makes what is missing. Lists that are out of date are published anew. */
    public static TestCertificates in(Path directory) {
        return new TestCertificates(directory, Clock.systemUTC());
    }

    /** Where everything is. */
    public Path directory() {
        return directory;
    }

    /** Of every key file and of the trust store. */
    public String password() {
        return password;
    }

    /** A partner; its keys are made when asked for. The OIN has twenty digits. */
    public PartnerCertificates partner(String oin, String name) {
        if (!TWENTY_DIGITS.matcher(oin).matches()) {
            throw new IllegalArgumentException("An OIN has twenty digits: " + oin);
        }
        return new PartnerCertificates(this, oin, name);
    }

    /** The gateway's key for its TLS listener and for its connections to partners. */
    public KeyFile gatewayTls() {
        return gatewayKey("tls");
    }

    /** The gateway's key for WS-Security signatures. */
    public KeyFile gatewaySign() {
        return gatewayKey("sign");
    }

    /** The gateway's key to which partners encrypt. */
    public KeyFile gatewayDecrypt() {
        return gatewayKey("decrypt");
    }

    /** The key under receipts. */
    public KeyFile gatewayReceipt() {
        return gatewayKey("receipt");
    }

    /** The first version of the AES-256 key over the keys of cases. */
    public KeyFile contentMasterKey() {
        return new KeyFile(directory.resolve("gateway/content-master.p12"), "content-master-1", password);
    }

    /** The first version of the HMAC-SHA256 key under which identifiers are looked up. */
    public KeyFile bsnLookupKey() {
        return new KeyFile(directory.resolve("gateway/bsn-lookup.p12"), "bsn-lookup-1", password);
    }

    /** The directory with the gateway's keys. */
    public Path keysDirectory() {
        return directory.resolve("gateway");
    }

    /** The directory with trust store, authorities and revocation lists. */
    public Path trustDirectory() {
        return directory.resolve("trust");
    }

    /** A PKCS#12 store that trusts the root and nothing else. */
    public Path trustStoreFile() {
        return trustDirectory().resolve("truststore.p12");
    }

    /** The trust store, freshly read. */
    public KeyStore trustStore() {
        return new KeyFile(trustStoreFile(), "root", password).keyStore();
    }

    /** The trust anchor. */
    public X509Certificate rootCertificate() {
        return root.certificate();
    }

    /** The authority that issues to partners and gateway. */
    public X509Certificate issuingCertificate() {
        return issuing.certificate();
    }

    /** The list of the root, about the issuing authority; as it is on disk now. */
    public X509CRL rootRevocationList() {
        return readList(revocationListFile("root"));
    }

    /** The list of the issuing authority, about gateway and partners; as it is on disk now. */
    public X509CRL issuingRevocationList() {
        return readList(revocationListFile("issuing"));
    }

    /** Either {@code root} or {@code issuing}. */
    public Path revocationListFile(String authority) {
        return trustDirectory().resolve(authority + ".crl");
    }

    /** Revokes as of now and publishes both lists. A running server has to read them again. */
    public void revoke(X509Certificate certificate) {
        Map<BigInteger, Instant> revoked = revoked();
        revoked.putIfAbsent(certificate.getSerialNumber(), clock.instant());
        Properties properties = new Properties();
        revoked.forEach((serial, at) -> properties.setProperty(serial.toString(), at.toString()));
        replace(directory.resolve("authority/revoked.properties"),
                out -> properties.store(out, "serial number = moment of revocation"));
        publishRevocationLists();
    }

    /** Publishes lists that are valid from a moment ago for seven days. */
    public void publishRevocationLists() {
        Instant now = clock.instant();
        publish(now.minus(Duration.ofMinutes(5)), now.plus(LIST_VALIDITY));
    }

    /** Publishes lists whose next update was due an hour ago: whoever relies on them must refuse (WT004). */
    public void publishOutdatedRevocationLists() {
        Instant now = clock.instant();
        publish(now.minus(LIST_VALIDITY), now.minus(Duration.ofHours(1)));
    }

    KeyFile leafOf(PartnerCertificates partner, String use, Optional<Flaw> flaw) {
        Path folder = directory.resolve("partners").resolve(partner.oin());
        String file = flaw.map(found -> use + "-" + found.fileSuffix()).orElse(use);
        KeyFile keyFile = new KeyFile(folder.resolve(file + ".p12"), use, password);
        if (Files.exists(keyFile.path())) {
            return keyFile;
        }
        makeDirectory(folder);
        Subject subject = Subject.of(partner.name(), partner.oin());
        Instant now = clock.instant();
        Leaf valid = new Leaf(issuing, subject, now.minus(DAY), now.plus(LEAF_VALIDITY));
        Leaf leaf = flaw.map(found -> switch (found) {
            case EXPIRED -> new Leaf(issuing, subject, now.minus(LEAF_VALIDITY), now.minus(DAY));
            case NOT_YET_VALID -> new Leaf(issuing, subject, now.plus(DAY), now.plus(LEAF_VALIDITY));
            case UNKNOWN_AUTHORITY -> new Leaf(unknown, subject, valid.from(), valid.until());
            case WITHOUT_OIN -> new Leaf(issuing, subject.withoutOin(), valid.from(), valid.until());
            case REVOKED -> valid;
        }).orElse(valid);
        X509Certificate certificate = write(keyFile, leaf, SIGN_AND_RECEIVE);
        if (flaw.filter(Flaw.REVOKED::equals).isPresent()) {
            revoke(certificate);
        }
        return keyFile;
    }

    private KeyFile gatewayKey(String use) {
        return new KeyFile(directory.resolve("gateway").resolve(use + ".p12"), use, password);
    }

    private void writeGatewayKeys() {
        Instant now = clock.instant();
        Leaf leaf = new Leaf(issuing, Subject.of("Ketenpoort testregio", GATEWAY_OIN), now.minus(DAY),
                now.plus(LEAF_VALIDITY));
        writeOnce(gatewayTls(), leaf, SIGN_AND_RECEIVE);
        writeOnce(gatewaySign(), leaf, KeyUsage.digitalSignature);
        writeOnce(gatewayDecrypt(), leaf, KeyUsage.keyEncipherment);
        writeOnce(gatewayReceipt(), leaf, KeyUsage.digitalSignature | KeyUsage.nonRepudiation);
        writeOnce(contentMasterKey(), TestCertificates::newAesKey);
        writeOnce(bsnLookupKey(), TestCertificates::newHmacKey);
    }

    private void writeOnce(KeyFile file, Leaf leaf, int keyUsage) {
        if (!Files.exists(file.path())) {
            write(file, leaf, keyUsage);
        }
    }

    private void writeOnce(KeyFile file, Making<SecretKey> making) {
        if (!Files.exists(file.path())) {
            store(file.path(), store -> store.setEntry(file.alias(), new KeyStore.SecretKeyEntry(making.make()),
                    new KeyStore.PasswordProtection(password.toCharArray())));
        }
    }

    private X509Certificate write(KeyFile file, Leaf leaf, int keyUsage) {
        KeyPair pair = CertificateAuthority.newKeyPair();
        X509Certificate certificate = leaf.issuer().issue(pair, leaf.subject(), leaf.from(), leaf.until(), keyUsage);
        writePem(file.certificateFile(), certificate);
        store(file.path(), store -> store.setKeyEntry(file.alias(), pair.getPrivate(), password.toCharArray(),
                new X509Certificate[]{certificate, leaf.issuer().certificate()}));
        return certificate;
    }

    private CertificateAuthority authority(String name, Making<CertificateAuthority> making) {
        KeyFile file = new KeyFile(directory.resolve("authority").resolve(name + ".p12"), name, password);
        if (Files.exists(file.path())) {
            return new CertificateAuthority(file.privateKey(), file.certificate());
        }
        CertificateAuthority made = making(making);
        store(file.path(), store -> store.setKeyEntry(name, made.key(), password.toCharArray(),
                new X509Certificate[]{made.certificate()}));
        return made;
    }

    private void writeTrust() {
        if (Files.exists(trustStoreFile())) {
            return;
        }
        writePem(trustDirectory().resolve("root.crt"), root.certificate());
        writePem(trustDirectory().resolve("issuing.crt"), issuing.certificate());
        store(trustDirectory().resolve("issuers.p12"),
                store -> store.setCertificateEntry("issuing", issuing.certificate()));
        store(trustStoreFile(), store -> store.setCertificateEntry("root", root.certificate()));
    }

    private void renewRevocationLists() {
        Path newest = revocationListFile("issuing");
        if (!Files.exists(newest) || readList(newest).getNextUpdate().toInstant().isBefore(clock.instant().plus(DAY))) {
            publishRevocationLists();
        }
    }

    private void publish(Instant thisUpdate, Instant nextUpdate) {
        Map<BigInteger, Instant> revoked = revoked();
        writeList("root", root.revocationList(Map.of(), thisUpdate, nextUpdate));
        writeList("issuing", issuing.revocationList(revoked, thisUpdate, nextUpdate));
    }

    private void writeList(String authority, X509CRL list) {
        replace(revocationListFile(authority), out -> out.write(making(list::getEncoded)));
    }

    private Map<BigInteger, Instant> revoked() {
        Path file = directory.resolve("authority/revoked.properties");
        Map<BigInteger, Instant> revoked = new TreeMap<>();
        if (Files.exists(file)) {
            Properties properties = new Properties();
            try (InputStream in = Files.newInputStream(file)) {
                properties.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            properties.stringPropertyNames()
                    .forEach(serial -> revoked.put(new BigInteger(serial),
                            Instant.parse(properties.getProperty(serial))));
        }
        return revoked;
    }

    private static X509CRL readList(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Not a revocation list: " + file, e);
        }
    }

    private void store(Path file, Filling filling) {
        replace(file, out -> {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            filling.fill(store);
            store.store(out, password.toCharArray());
        });
    }

    private static void writePem(Path file, X509Certificate certificate) {
        replace(file, out -> {
            String body = Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(certificate.getEncoded());
            String pem = "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
            out.write(pem.getBytes(StandardCharsets.US_ASCII));
        });
    }

    private static String passwordIn(Path file) {
        if (!Files.exists(file)) {
            byte[] random = new byte[24];
            RANDOM.nextBytes(random);
            replace(file, out -> out.write(Base64.getUrlEncoder().encode(random)));
        }
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SecretKey newAesKey() throws GeneralSecurityException {
        KeyGenerator generator = KeyGenerator.getInstance("AES");
        generator.init(256, RANDOM);
        return generator.generateKey();
    }

    private static SecretKey newHmacKey() {
        byte[] key = new byte[32];
        RANDOM.nextBytes(key);
        return new SecretKeySpec(key, "HmacSHA256");
    }

    private static void makeDirectory(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(path);
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Moved into place whole, because a running server may read the file at any moment. */
    private static void replace(Path file, Writing writing) {
        try {
            Path draft = Files.createTempFile(file.getParent(), "draft", null);
            try (OutputStream out = Files.newOutputStream(draft)) {
                writing.write(out);
            }
            try {
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot write " + file, e);
        }
    }

    private static <T> T making(Making<T> making) {
        try {
            return making.make();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Leaf(CertificateAuthority issuer, Subject subject, Instant from, Instant until) {}

    private interface Making<T> {
        T make() throws GeneralSecurityException;
    }

    private interface Filling {
        void fill(KeyStore store) throws GeneralSecurityException;
    }

    private interface Writing {
        void write(OutputStream out) throws IOException, GeneralSecurityException;
    }
}
