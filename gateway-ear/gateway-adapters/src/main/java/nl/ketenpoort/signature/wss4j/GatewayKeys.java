package nl.ketenpoort.signature.wss4j;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.CallbackHandler;

import org.apache.wss4j.common.crypto.Merlin;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.apache.wss4j.dom.engine.WSSConfig;

/**
 * The gateway's own keys for WSS4J: found by certificate as WSS4J finds them, but held in memory, because a PKCS#12
 * store decrypts its entry at every use, which costs more than a signature.
 */
final class GatewayKeys extends Merlin {

    /** Alias of the first key given. */
    static final String FIRST = "key-0";

    private final Map<X509Certificate, PrivateKey> byCertificate = new HashMap<>();
    private final X509Certificate first;

    /** The first is the one that signs. */
    GatewayKeys(List<KeyStore.PrivateKeyEntry> keys) {
        // Whoever uses keys uses algorithms, and these are not known before.
        WSSConfig.init();
        this.first = (X509Certificate) keys.getFirst().getCertificate();
        try {
            var certificates = KeyStore.getInstance("PKCS12");
            certificates.load(null, null);
            for (int i = 0; i < keys.size(); i++) {
                var certificate = (X509Certificate) keys.get(i).getCertificate();
                certificates.setCertificateEntry("key-" + i, certificate);
                byCertificate.put(certificate, keys.get(i).getPrivateKey());
            }
            setKeyStore(certificates);
        } catch (GeneralSecurityException | IOException unusable) {
            throw new IllegalArgumentException("The keys for WS-Security cannot be used", unusable);
        }
        setDefaultX509Identifier(FIRST);
    }

    X509Certificate firstCertificate() {
        return first;
    }

    @Override
    public PrivateKey getPrivateKey(X509Certificate certificate, CallbackHandler unused) throws WSSecurityException {
        return held(certificate);
    }

    private PrivateKey held(X509Certificate certificate) throws WSSecurityException {
        var key = byCertificate.get(certificate);
        if (key == null) {
            throw new WSSecurityException(WSSecurityException.ErrorCode.FAILED_CHECK);
        }
        return key;
    }

    @Override
    public PrivateKey getPrivateKey(PublicKey publicKey, CallbackHandler unused) throws WSSecurityException {
        throw new WSSecurityException(WSSecurityException.ErrorCode.FAILED_CHECK);
    }

    @Override
    public PrivateKey getPrivateKey(String identifier, String unused) throws WSSecurityException {
        return held(first);
    }
}
