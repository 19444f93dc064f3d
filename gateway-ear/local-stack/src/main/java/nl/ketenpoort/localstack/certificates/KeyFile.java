package nl.ketenpoort.localstack.certificates;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.crypto.SecretKey;

/**
 * One key in a PKCS#12 file: where it is, under which alias, and the password of both file and entry. A private key
 * comes with its chain, leaf first, without the root; a secret key has no chain.
 */
public record KeyFile(Path path, String alias, String password) {

    /** The directory entry next to the file that holds the leaf certificate in PEM. */
    public Path certificateFile() {
        String name = path.getFileName().toString();
        return path.resolveSibling(name.substring(0, name.length() - ".p12".length()) + ".crt");
    }

    /** The whole store, freshly read. */
    public KeyStore keyStore() {
        try (InputStream in = Files.newInputStream(path)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot read " + path, e);
        }
    }

    /** The private key; refuses when the entry is a secret key. */
    public PrivateKey privateKey() {
        return (PrivateKey) key();
    }

    /** The secret key; refuses when the entry is a private key. */
    public SecretKey secretKey() {
        return (SecretKey) key();
    }

    /** The leaf certificate. */
    public X509Certificate certificate() {
        return chain().getFirst();
    }

    /** Leaf first, then the issuing authority. */
    public List<X509Certificate> chain() {
        try {
            return Arrays.stream(keyStore().getCertificateChain(alias)).map(X509Certificate.class::cast).toList();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot read the chain of " + alias + " in " + path, e);
        }
    }

    private Key key() {
        try {
            return Objects.requireNonNull(keyStore().getKey(alias, password.toCharArray()),
                    () -> "No key " + alias + " in " + path);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot read key " + alias + " in " + path, e);
        }
    }

    /** Names the place only: the password must not reach a log. */
    @Override
    public String toString() {
        return "KeyFile[" + path + ", " + alias + "]";
    }
}
