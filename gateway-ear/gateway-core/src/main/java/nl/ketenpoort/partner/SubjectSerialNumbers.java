package nl.ketenpoort.partner;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.ldap.LdapName;
import javax.security.auth.x500.X500Principal;

/**
 * Where a certificate names its OIN: attribute {@code serialNumber} (2.5.4.5) of the subject (Digikoppeling WT002,
 * PKI001). It speaks for an organisation if it has exactly one, and that is an OIN.
 */
public final class SubjectSerialNumbers {

    private static final Map<String, String> NAMES = Map.of("2.5.4.5", "SERIALNUMBER");

    private SubjectSerialNumbers() {}

    /** Every one in the subject, as it is written; none if the subject is not a name. */
    public static List<String> of(X509Certificate certificate) {
        var found = new ArrayList<String>();
        try {
            var name = new LdapName(certificate.getSubjectX500Principal().getName(X500Principal.RFC2253, NAMES));
            for (var part : name.getRdns()) {
                var attribute = part.toAttributes().get("SERIALNUMBER");
                for (int i = 0; attribute != null && i < attribute.size(); i++) {
                    found.add(String.valueOf(attribute.get(i)));
                }
            }
        } catch (InvalidNameException notAName) {
            return List.of();
        } catch (NamingException unexpected) {
            throw new IllegalStateException("An attribute in memory was not read", unexpected);
        }
        return found;
    }
}
