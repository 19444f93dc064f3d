package nl.ketenpoort.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.callback.CallbackHandler;

import org.apache.wss4j.common.crypto.Merlin;
import org.jspecify.annotations.Nullable;

/**
 * The floor's keys, unlocked once: a plain WSS4J key store would unlock them anew for every message, and that would
 * only make the floor look worse. Beside them the certificates of authorities and of a receiver.
 */
final class FloorKeys extends Merlin {

    private static final String SUITE = "ws-security.custom.alg.suite.";

    private final Map<PublicKey, PrivateKey> own = new HashMap<>();

    FloorKeys(Properties settings) throws GeneralSecurityException, IOException {
        var all = store(settings, "trust");
        for (var name : List.of("decrypt", "sign")) {
            var store = store(settings, name);
            var alias = Collections.list(store.aliases()).getFirst();
            var key = (PrivateKey) store.getKey(alias, password(settings));
            all.setKeyEntry(name, key, password(settings), store.getCertificateChain(alias));
            own.put(store.getCertificate(alias).getPublicKey(), key);
        }
        try (var issuing = Files.newInputStream(Path.of(settings.getProperty("issuing")))) {
            all.setCertificateEntry("issuing", CertificateFactory.getInstance("X.509").generateCertificate(issuing));
        }
        if (settings.containsKey("receiver")) {
            var store = store(settings, "receiver");
            all.setCertificateEntry("receiver", store.getCertificate(Collections.list(store.aliases()).getFirst()));
        }
        setKeyStore(all);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(X509Certificate certificate, CallbackHandler handler) {
        return own.get(certificate.getPublicKey());
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(PublicKey key, CallbackHandler handler) {
        return own.get(key);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias, String password) {
        try {
            return own.get(getKeyStore().getCertificate(alias).getPublicKey());
        } catch (KeyStoreException never) {
            throw new IllegalStateException(never);
        }
    }

    /** What the policy of the WSDL leaves open. */
    Map<String, Object> profile(String encryptTo) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(SUITE + "digest.algorithm", "http://www.w3.org/2001/04/xmlenc#sha256");
        properties.put(SUITE + "encryption.algorithm", "http://www.w3.org/2009/xmlenc11#aes256-gcm");
        properties.put(SUITE + "asymmetric.key.encryption.algorithm",
                "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p");
        properties.put(SUITE + "asymmetric.signature", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256");
        properties.put("security.signature.crypto", this);
        properties.put("security.encryption.crypto", this);
        properties.put("security.signature.username", "sign");
        properties.put("security.encryption.username", encryptTo);
        properties.put("security.callback-handler", (CallbackHandler) callbacks -> {});
        properties.put("ws-security.enable.timestamp.cache", "false");
        properties.put("ws-security.enable.nonce.cache", "false");
        return properties;
    }

    static SSLContext tls(Properties settings) throws GeneralSecurityException, IOException {
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store(settings, "tls"), password(settings));
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store(settings, "trust"));
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore store(Properties settings, String name) throws GeneralSecurityException, IOException {
        return KeyStore.getInstance(Path.of(settings.getProperty(name)).toFile(), password(settings));
    }

    private static char[] password(Properties settings) {
        return settings.getProperty("password").toCharArray();
    }
}
