package nl.ketenpoort.wiring;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.KeyStore.SecretKeyEntry;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.crypto.SecretKey;

import org.eclipse.microprofile.config.Config;

import nl.ketenpoort.partner.Oin;

/**
 * What an installation configures, by MicroProfile Config; read and checked once, at start. A value that is missing or
 * wrong stops the start with a message that says what to do.
 */
final class GatewayConfiguration {

    private static final int LARGEST_MESSAGE = 1 << 20;
    /** Certificate, signature and wrapped key alone take some ten thousand bytes. */
    private static final int LEAST_LARGEST_MESSAGE = 1 << 14;
    /** A message is held in memory, more than once. */
    private static final int MOST_LARGEST_MESSAGE = 1 << 26;
    private static final int MASTER_KEY_BYTES = 32;
    private static final String RUNBOOK = "deploy/runbooks/certificates-and-keys.md";

    private final Function<String, Optional<String>> given;

    /** @param given what an installation gives, by name */
    GatewayConfiguration(Function<String, Optional<String>> given) {
        this.given = given;
    }

    static GatewayConfiguration of(Config config) {
        return new GatewayConfiguration(name -> config.getOptionalValue(name, String.class));
    }

    /** OIN of the gateway itself. */
    Oin oin() {
        var value = text("ketenpoort.gateway.oin", "give the OIN under which the gateway is known");
        if (!Oin.valid(value)) {
            throw wrong("ketenpoort.gateway.oin", "is not an OIN", "give the OIN under which the gateway is known");
        }
        return new Oin(value);
    }

    /** What partners may write in {@code wsa:To}; the first is the gateway's own address. */
    List<URI> endpoints() {
        var remedy = "give the address of the partner interface as partners see it,"
                + " for instance https://ketenpoort.example/ketenpoort/v1/berichten";
        return Arrays.stream(text("ketenpoort.endpoints", remedy).split(",", -1)).map(String::strip)
                .map(address -> absolute(address).orElseThrow(
                        () -> wrong("ketenpoort.endpoints", "has an address that is not absolute", remedy)))
                .toList();
    }

    private static Optional<URI> absolute(String address) {
        try {
            return Optional.of(new URI(address)).filter(uri -> uri.isAbsolute() && uri.getRawAuthority() != null);
        } catch (URISyntaxException none) {
            return Optional.empty();
        }
    }

    /** Bytes a message may have. */
    int largestMessage() {
        return number("ketenpoort.largest-message", LARGEST_MESSAGE, LEAST_LARGEST_MESSAGE, MOST_LARGEST_MESSAGE,
                "give the bytes that a whole request may have, or leave it out for " + LARGEST_MESSAGE);
    }

    /** Where the policy bundle is. */
    Path policies() {
        return directory("ketenpoort.policies.directory", "name the folder of the policy bundle (policies/)");
    }

    /** Authorities and revocation lists. */
    Path trust() {
        return directory("ketenpoort.trust.directory",
                "name the folder with truststore.p12, the issuers' certificates and the revocation lists");
    }

    /** Roots; nothing below them is trusted without being checked. */
    Set<X509Certificate> anchors() {
        var path = trust().resolve("truststore.p12");
        var store = keyStore(path);
        var anchors = new HashSet<X509Certificate>();
        try {
            for (var alias : Collections.list(store.aliases())) {
                if (store.getCertificate(alias) instanceof X509Certificate anchor) {
                    anchors.add(anchor);
                }
            }
        } catch (GeneralSecurityException unreadable) {
            throw new IllegalStateException(path + " cannot be read", unreadable);
        }
        if (anchors.isEmpty()) {
            throw new IllegalStateException(path + " has no certificate; make it as " + RUNBOOK + " describes");
        }
        return anchors;
    }

    /** A key of the gateway: {@code tls}, {@code sign}, {@code decrypt} or {@code receipt}. */
    PrivateKeyEntry key(String name) {
        var read = entry(name, name, PrivateKeyEntry.class);
        return new PrivateKeyEntry(ofPreferredProvider(name, read.getPrivateKey()), read.getCertificateChain());
    }

    /** A faster provider, if the server has one, works with keys of its own making only. A key in hardware stays. */
    private static PrivateKey ofPreferredProvider(String name, PrivateKey key) {
        try {
            return key.getEncoded() == null
                    ? key
                    : (PrivateKey) KeyFactory.getInstance(key.getAlgorithm()).translateKey(key);
        } catch (GeneralSecurityException untranslated) {
            throw new IllegalStateException(
                    "key " + name + " is not one that the first provider of its algorithm takes;"
                            + " make another as " + RUNBOOK + " describes",
                    untranslated);
        }
    }

    /** The master key over the keys of cases, AES-256. */
    SecretKey contentMaster() {
        var alias = "content-master-" + contentMasterVersion();
        var key = entry("content-master", alias, SecretKeyEntry.class).getSecretKey();
        if (!key.getAlgorithm().equals("AES") || key.getEncoded().length != MASTER_KEY_BYTES) {
            throw new IllegalStateException("key " + alias + " is not one of AES with 256 bits; make another as "
                    + RUNBOOK + " describes, and only for a database that holds no case yet");
        }
        return key;
    }

    /**
     * Which master key is over the keys of all cases. A case whose key was wrapped under another version does not open:
     * another version is for another database.
     */
    int contentMasterVersion() {
        return number("ketenpoort.content-master.version", 1, 1, Integer.MAX_VALUE,
                "give the number at the end of the alias in content-master.p12, or leave it out for 1");
    }

    /** Name of this node. */
    String node() {
        return given.apply("jboss.node.name").orElse("node");
    }

    private <E extends KeyStore.Entry> E entry(String file, String alias, Class<E> kind) {
        var path = directory("ketenpoort.keys.directory", "name the folder with the gateway's keys")
                .resolve(file + ".p12");
        var missing = path + " has no readable entry " + alias + "; make it as " + RUNBOOK + " describes";
        try {
            return Optional.ofNullable(keyStore(path).getEntry(alias, new PasswordProtection(password())))
                    .map(kind::cast).orElseThrow(() -> new IllegalStateException(missing));
        } catch (GeneralSecurityException | ClassCastException unreadable) {
            throw new IllegalStateException(missing, unreadable);
        }
    }

    private KeyStore keyStore(Path path) {
        try (InputStream file = Files.newInputStream(path)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(file, password());
            return store;
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalStateException(path + " cannot be opened; check the file and ketenpoort.keys.password",
                    unreadable);
        }
    }

    private char[] password() {
        return text("ketenpoort.keys.password", "give the password of the key stores").toCharArray();
    }

    private Path directory(String name, String remedy) {
        var path = Path.of(text(name, remedy));
        if (!Files.isDirectory(path)) {
            throw wrong(name, "is not a folder", remedy);
        }
        return path;
    }

    private String text(String name, String remedy) {
        return given.apply(name).filter(value -> !value.isBlank())
                .orElseThrow(() -> wrong(name, "is not configured", remedy));
    }

    private int number(String name, int otherwise, int least, int most, String remedy) {
        var written = given.apply(name);
        try {
            int value = written.map(String::strip).map(Integer::valueOf).orElse(otherwise);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException none) {
            throw wrong(name, "is not a whole number", remedy);
        }
        throw wrong(name, "is not between " + least + " and " + most, remedy);
    }

    private static IllegalStateException wrong(String name, String what, String remedy) {
        return new IllegalStateException(name + " " + what + "; " + remedy);
    }
}
