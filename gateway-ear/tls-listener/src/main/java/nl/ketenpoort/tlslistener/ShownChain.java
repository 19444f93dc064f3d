package nl.ketenpoort.tlslistener;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.ldap.LdapName;
import javax.security.auth.x500.X500Principal;

/**
 * The certificates a client showed.
 *
 * @param certificates his own first, then each one's issuer
 */
record ShownChain(List<X509Certificate> certificates) {

    /** RFC 5280 section 4.1.2.2: at most 20 octets. A longer one is the work of somebody who wants to fill something. */
    private static final int LONGEST_SERIAL = 40;
    private static final Map<String, String> NAMES = Map.of("2.5.4.5", "SERIALNUMBER");
    private static final Pattern OIN = Pattern.compile("[0-9]{8}[0-9A-Z]{12}");

    /** Nothing if no certificate was shown. */
    static Optional<ShownChain> of(X509Certificate... chain) {
        return chain == null || chain.length == 0 ? Optional.empty() : Optional.of(new ShownChain(List.of(chain)));
    }

    private X509Certificate own() {
        return certificates.getFirst();
    }

    String serial() {
        // Cut before it is written out, which takes time that grows with the square of the length.
        BigInteger serial = own().getSerialNumber();
        int surplus = Math.ceilDiv(serial.bitLength(), 4) - LONGEST_SERIAL;
        return surplus <= 0 ? serial.toString(16) : serial.shiftRight(4 * surplus).toString(16) + "...";
    }

    /** Whom it says it is for (Digikoppeling PKI005); nothing if it names none, or more than one. */
    Optional<String> oin() {
        var found = new ArrayList<String>();
        try {
            var name = new LdapName(own().getSubjectX500Principal().getName(X500Principal.RFC2253, NAMES));
            for (var part : name.getRdns()) {
                var attribute = part.toAttributes().get("SERIALNUMBER");
                for (int i = 0; attribute != null && i < attribute.size(); i++) {
                    found.add(String.valueOf(attribute.get(i)));
                }
            }
        } catch (InvalidNameException notAName) {
            return Optional.empty();
        } catch (NamingException unexpected) {
            throw new IllegalStateException("An attribute in memory was not read", unexpected);
        }
        return found.size() == 1 && OIN.matcher(found.getFirst()).matches()
                ? Optional.of(found.getFirst())
                : Optional.empty();
    }

    /**
     * Whether one of these authorities, or one below them, signed it. Asked apart from the trust manager's refusal, which
     * may be about the dates of a certificate whose signature nobody has looked at: what is in such a one proves nothing.
     */
    boolean issuedUnder(List<X509Certificate> authorities) {
        for (int i = 0; i < certificates.size(); i++) {
            var certificate = certificates.get(i);
            if (authorities.stream().anyMatch(authority -> issued(authority, certificate))) {
                return true;
            }
            boolean goesOn = i + 1 < certificates.size() && certificates.get(i + 1).getBasicConstraints() >= 0
                    && issued(certificates.get(i + 1), certificate);
            if (!goesOn) {
                return false;
            }
        }
        return false;
    }

    private static boolean issued(X509Certificate issuer, X509Certificate certificate) {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException notByThisKey) {
            return false;
        }
    }
}
