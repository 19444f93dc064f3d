package nl.ketenpoort.signature.wss4j;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.ldap.LdapName;
import javax.security.auth.x500.X500Principal;

import nl.ketenpoort.partner.Oin;

/** Whom a certificate speaks for (Digikoppeling WT002, PKI001). */
final class Subject {

    private static final Map<String, String> NAMES = Map.of("2.5.4.5", "SERIALNUMBER");

    private Subject() {}

    /** The OIN in {@code subject:serialNumber}; empty if there is none, or more than one. */
    static Optional<Oin> oin(X509Certificate certificate) {
        var found = new ArrayList<String>();
        try {
            var name = new LdapName(certificate.getSubjectX500Principal().getName(X500Principal.RFC2253, NAMES));
            for (var part : name.getRdns()) {
                var attribute = part.toAttributes().get("SERIALNUMBER");
                if (attribute != null) {
                    for (int i = 0; i < attribute.size(); i++) {
                        found.add(String.valueOf(attribute.get(i)));
                    }
                }
            }
        } catch (InvalidNameException notAName) {
            return Optional.empty();
        } catch (NamingException unexpected) {
            throw new IllegalStateException("An attribute in memory was not read", unexpected);
        }
        return found.size() == 1 && Oin.valid(found.getFirst())
                ? Optional.of(new Oin(found.getFirst()))
                : Optional.empty();
    }
}
