package nl.ketenpoort.partnerclient;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;

import org.apache.cxf.Bus;
import org.apache.cxf.bus.CXFBusFactory;
import org.apache.cxf.rt.security.SecurityConstants;
import org.apache.cxf.ws.security.policy.custom.DefaultAlgorithmSuiteLoader;
import org.apache.neethi.Policy;
import org.apache.wss4j.common.crypto.Merlin;
import org.apache.wss4j.common.ext.WSPasswordCallback;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.apache.wss4j.policy.SPConstants;

/**
 * What the WSDL's policy leaves open of profile 2W-be-SE: the algorithms of its CustomAlgorithmSuite, the keys, and who
 * may sign. Clock skew accepted: sixty seconds; age of a message: five minutes.
 */
final class WssProfile {

    static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    static final String SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";
    static final String AES256_GCM = "http://www.w3.org/2009/xmlenc11#aes256-gcm";
    static final String RSA_OAEP = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p";
    static final String EXCLUSIVE_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#";

    private static final String OWN = "own";
    private static final String GATEWAY = "gateway";
    private static final String SUITE = org.apache.cxf.ws.security.SecurityConstants.CUSTOM_ALG_SUITE_PREFIX;

    private final Merlin crypto;
    private final CallbackHandler passwords;
    private final GatewaySigner gatewaySigner;
    private final Optional<X509Certificate> encryptTo;

    /**
     * @param own            signs and decrypts
     * @param alsoDecrypting keys that decrypt only
     * @param encryptTo      absent on the answering side, which encrypts to the certificate of the request (WB012)
     */
    WssProfile(Identity own, List<Identity> alsoDecrypting, Optional<X509Certificate> encryptTo,
            GatewaySigner gatewaySigner) {
        this.encryptTo = encryptTo;
        this.gatewaySigner = gatewaySigner;
        String password = UUID.randomUUID().toString();
        this.passwords = callbacks -> answer(callbacks, password);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            put(store, OWN, own, password);
            for (int i = 0; i < alsoDecrypting.size(); i++) {
                put(store, "decrypting-" + i, alsoDecrypting.get(i), password);
            }
            if (encryptTo.isPresent()) {
                store.setCertificateEntry(GATEWAY, encryptTo.get());
            }
            this.crypto = new Merlin();
            crypto.setKeyStore(store);
            crypto.setDefaultX509Identifier(OWN);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("Cannot use the signing key", e);
        }
    }

    private static void put(KeyStore store, String alias, Identity identity, String password)
            throws GeneralSecurityException {
        store.setKeyEntry(alias, identity.privateKey(), password.toCharArray(),
                identity.chain().toArray(X509Certificate[]::new));
    }

    private static void answer(Callback[] callbacks, String password) {
        for (Callback callback : callbacks) {
            if (callback instanceof WSPasswordCallback wanted) {
                wanted.setPassword(password);
            }
        }
    }

    Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put(SUITE + "digest.algorithm", SHA256);
        properties.put(SUITE + "encryption.algorithm", AES256_GCM);
        properties.put(SUITE + "asymmetric.key.encryption.algorithm", RSA_OAEP);
        properties.put(SUITE + "asymmetric.signature", RSA_SHA256);
        properties.put(SUITE + "minimum.asymmetric.key.length", 2048);
        properties.put(SUITE + "maximum.asymmetric.key.length", 4096);
        properties.put(SecurityConstants.SIGNATURE_CRYPTO, crypto);
        properties.put(SecurityConstants.ENCRYPT_CRYPTO, crypto);
        properties.put(SecurityConstants.SIGNATURE_USERNAME, OWN);
        properties.put(SecurityConstants.ENCRYPT_USERNAME, encryptTo.isPresent() ? GATEWAY : "useReqSigCert");
        properties.put(SecurityConstants.CALLBACK_HANDLER, passwords);
        properties.put(org.apache.cxf.ws.security.SecurityConstants.SIGNATURE_TOKEN_VALIDATOR, gatewaySigner);
        properties.put(org.apache.cxf.ws.security.SecurityConstants.TIMESTAMP_TTL, "300");
        properties.put(org.apache.cxf.ws.security.SecurityConstants.TIMESTAMP_FUTURE_TTL, "60");
        // Repetition is harmless here by content: a receipt is verified again, a delivery is answered the same.
        properties.put(org.apache.cxf.ws.security.SecurityConstants.ENABLE_TIMESTAMP_CACHE, "false");
        properties.put(org.apache.cxf.ws.security.SecurityConstants.ENABLE_NONCE_CACHE, "false");
        return properties;
    }

    /**
     * A bus that knows the assertion CustomAlgorithmSuite. CXF registers it only as it builds the first algorithm suite,
     * which is after it has read, and warned about, the assertion inside.
     */
    static Bus newBus() {
        Bus bus = new CXFBusFactory().createBus();
        new DefaultAlgorithmSuiteLoader().getAlgorithmSuite(bus, SPConstants.SPVersion.SP12, new Policy());
        return bus;
    }

    Merlin crypto() {
        return crypto;
    }

    CallbackHandler passwords() {
        return passwords;
    }

    GatewaySigner gatewaySigner() {
        return gatewaySigner;
    }

    static WSSecurityException refused(String reason) {
        return new WSSecurityException(WSSecurityException.ErrorCode.FAILED_AUTHENTICATION, "empty",
                new Object[]{reason});
    }

    static List<String> signatureMethods() {
        return List.of(RSA_SHA256, "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
                "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512");
    }

    static List<String> digestMethods() {
        return List.of(SHA256, "http://www.w3.org/2001/04/xmldsig-more#sha384",
                "http://www.w3.org/2001/04/xmlenc#sha512");
    }
}
