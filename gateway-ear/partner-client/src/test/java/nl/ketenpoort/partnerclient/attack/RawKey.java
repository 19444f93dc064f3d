package nl.ketenpoort.partnerclient.attack;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.security.auth.callback.CallbackHandler;

import org.apache.wss4j.common.crypto.Merlin;
import org.apache.wss4j.common.ext.WSPasswordCallback;

/** A private key with its chain, leaf first: valid, expired, revoked or stolen, as the test wishes. */
public record RawKey(PrivateKey privateKey, List<X509Certificate> chain) {

    static final String ALIAS = "raw";
    static final String PASSWORD = "raw";

    /** Copies the chain. */
    public RawKey {
        chain = List.copyOf(chain);
    }

    /** The leaf. */
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /** This key under the certificates of another: what a thief of a certificate can do. */
    public RawKey claiming(RawKey other) {
        return new RawKey(privateKey, other.chain());
    }

    static KeyStore store(RawKey... keys) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < keys.length; i++) {
                store.setKeyEntry(i == 0 ? ALIAS : ALIAS + i, keys[i].privateKey, PASSWORD.toCharArray(),
                        keys[i].chain.toArray(X509Certificate[]::new));
            }
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Merlin crypto(RawKey... keys) {
        var crypto = new Merlin();
        crypto.setKeyStore(store(keys));
        return crypto;
    }

    static CallbackHandler passwords() {
        return callbacks -> {
            for (var callback : callbacks) {
                if (callback instanceof WSPasswordCallback wanted) {
                    wanted.setPassword(PASSWORD);
                }
            }
        };
    }
}
