package nl.ketenpoort.wiring;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.KeyStore.SecretKeyEntry;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.crypto.SecretKey;

import org.eclipse.microprofile.config.Config;

import nl.ketenpoort.partner.Oin;

/**
 * What an installation configures, by MicroProfile Config; read and checked once, at start. A value that is missing or
 * wrong stops the start with a message that says what to do.
 */
final class GatewayConfiguration {

    private static final int LARGEST_MESSAGE = 1 << 20;

    private final Config config;

    GatewayConfiguration(Config config) {
        this.config = config;
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
        return Arrays
                .stream(text("ketenpoort.endpoints", "give the address of the partner interface as partners see it,"
                        + " for instance https://ketenpoort.example/ketenpoort/v1/berichten").split(",", -1))
                .map(String::strip).map(URI::create).toList();
    }

    /** Bytes a message may have. */
    int largestMessage() {
        return config.getOptionalValue("ketenpoort.largest-message", Integer.class).orElse(LARGEST_MESSAGE);
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
        var store = keyStore(trust().resolve("truststore.p12"));
        var anchors = new HashSet<X509Certificate>();
        try {
            for (var alias : Collections.list(store.aliases())) {
                anchors.add((X509Certificate) store.getCertificate(alias));
            }
        } catch (GeneralSecurityException unreadable) {
            throw new IllegalStateException("truststore.p12 cannot be read", unreadable);
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
                            + " make another as deploy/runbooks/certificates-and-keys.md describes",
                    untranslated);
        }
    }

    /** The master key over the keys of cases. */
    SecretKey contentMaster() {
        return entry("content-master", "content-master-" + contentMasterVersion(), SecretKeyEntry.class).getSecretKey();
    }

    /** Which master key is used for new cases. */
    int contentMasterVersion() {
        return config.getOptionalValue("ketenpoort.content-master.version", Integer.class).orElse(1);
    }

    /** Name of this node. */
    String node() {
        return config.getOptionalValue("jboss.node.name", String.class).orElse("node");
    }

    private <E extends KeyStore.Entry> E entry(String file, String alias, Class<E> kind) {
        var path = directory("ketenpoort.keys.directory", "name the folder with the gateway's keys")
                .resolve(file + ".p12");
        try {
            return kind.cast(keyStore(path).getEntry(alias, new KeyStore.PasswordProtection(password())));
        } catch (GeneralSecurityException | ClassCastException unreadable) {
            throw new IllegalStateException(path + " has no readable entry " + alias
                    + "; make it as deploy/runbooks/certificates-and-keys.md describes", unreadable);
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
        return config.getOptionalValue(name, String.class).filter(value -> !value.isBlank())
                .orElseThrow(() -> wrong(name, "is not configured", remedy));
    }

    private static IllegalStateException wrong(String name, String what, String remedy) {
        return new IllegalStateException(name + " " + what + "; " + remedy);
    }
}
