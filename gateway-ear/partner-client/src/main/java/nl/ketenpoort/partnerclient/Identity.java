package nl.ketenpoort.partnerclient;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * One private key with its certificate chain, leaf first. Refuses a chain without a leaf.
 */
public record Identity(PrivateKey privateKey, List<X509Certificate> chain) {

    /** Copies the chain. */
    public Identity {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("An identity needs the certificate that belongs to its key");
        }
    }

    /** The only private key of a PKCS#12 file; refuses a file with none or more than one, because a guess would sign. */
    public static Identity fromPkcs12(Path file, String password) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            List<String> keys = Collections.list(store.aliases()).stream().filter(alias -> isKey(store, alias))
                    .toList();
            if (keys.size() != 1) {
                throw new IllegalArgumentException(file + " holds " + keys.size() + " private keys; one is wanted");
            }
            String alias = keys.getFirst();
            return new Identity((PrivateKey) store.getKey(alias, password.toCharArray()),
                    Arrays.stream(store.getCertificateChain(alias)).map(X509Certificate.class::cast).toList());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("Cannot read the key store " + file, e);
        }
    }

    private static boolean isKey(KeyStore store, String alias) {
        try {
            return store.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The leaf. */
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /** The OIN in the leaf; refuses a leaf without one. */
    public String oin() {
        return Oin.of(certificate()).orElseThrow(
                () -> new IllegalStateException(
                        "No OIN in subject:serialNumber of " + certificate().getSubjectX500Principal()));
    }

    /** Names the subject only: a key must not reach a log. */
    @Override
    public String toString() {
        return "Identity[" + certificate().getSubjectX500Principal() + "]";
    }
}
