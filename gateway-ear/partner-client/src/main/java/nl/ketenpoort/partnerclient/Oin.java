package nl.ketenpoort.partnerclient;

import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.security.auth.x500.X500Principal;

/** The OIN of a certificate: attribute serialNumber of its subject (Digikoppeling WT002, PKI005). */
final class Oin {

    private static final String SERIAL_NUMBER = "2.5.4.5";

    private Oin() {}

    static Optional<String> of(X509Certificate certificate) {
        String name = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253,
                Map.of(SERIAL_NUMBER, "SERIALNUMBER"));
        try {
            return new LdapName(name).getRdns().stream().filter(rdn -> rdn.getType().equalsIgnoreCase("SERIALNUMBER"))
                    .map(rdn -> String.valueOf(rdn.getValue())).findFirst();
        } catch (InvalidNameException e) {
            throw new IllegalStateException("A subject in RFC 2253 form does not parse: " + name, e);
        }
    }
}
