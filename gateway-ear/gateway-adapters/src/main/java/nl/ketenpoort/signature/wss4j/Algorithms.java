package nl.ketenpoort.signature.wss4j;

import java.util.Set;

/**
 * The algorithms that are accepted, exactly, and the ones the gateway itself uses (Digikoppeling WB007, WB008, SIGN001
 * to SIGN004, ENC001 to ENC004).
 */
final class Algorithms {

    static final String CANONICAL = "http://www.w3.org/2001/10/xml-exc-c14n#";
    static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    static final String SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";
    static final String AES_256_GCM = "http://www.w3.org/2009/xmlenc11#aes256-gcm";
    static final String RSA_OAEP = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p";

    static final Set<String> SIGNATURE = Set.of(RSA_SHA256, "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
            "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512");
    static final Set<String> DIGEST = Set.of(SHA256, "http://www.w3.org/2001/04/xmldsig-more#sha384",
            "http://www.w3.org/2001/04/xmlenc#sha512");
    static final Set<String> CONTENT = Set.of("http://www.w3.org/2009/xmlenc11#aes128-gcm", AES_256_GCM);
    static final Set<String> KEY_TRANSPORT = Set.of(RSA_OAEP, "http://www.w3.org/2009/xmlenc11#rsa-oaep");

    /** Inside OAEP SHA-1 is no signature digest: rsa-oaep-mgf1p prescribes it, and its security does not rest on it. */
    static final Set<String> OAEP_DIGEST = Set.of("http://www.w3.org/2000/09/xmldsig#sha1", SHA256,
            "http://www.w3.org/2001/04/xmldsig-more#sha384", "http://www.w3.org/2001/04/xmlenc#sha512");
    static final Set<String> OAEP_MGF = Set.of("http://www.w3.org/2009/xmlenc11#mgf1sha1",
            "http://www.w3.org/2009/xmlenc11#mgf1sha256", "http://www.w3.org/2009/xmlenc11#mgf1sha384",
            "http://www.w3.org/2009/xmlenc11#mgf1sha512");

    /** Bits of an RSA modulus. */
    static final int SHORTEST_RSA = 2048;

    private Algorithms() {}
}
