package nl.ketenpoort.localstack.certificates;

import java.util.Locale;
import java.util.Optional;

/**
 * The keys of one partner: one for mutual TLS and one for WS-Security (it signs requests, and responses are encrypted
 * to it). A flawed variant is another key in a file of its own beside the valid one; made once, kept afterwards.
 */
public final class PartnerCertificates {

    private final TestCertificates certificates;
    private final String oin;
    private final String name;
    private final String suffix;

    PartnerCertificates(TestCertificates certificates, String oin, String name) {
        this(certificates, oin, name, "");
    }

    private PartnerCertificates(TestCertificates certificates, String oin, String name, String suffix) {
        this.certificates = certificates;
        this.oin = oin;
        this.name = name;
        this.suffix = suffix;
    }

    /** Keys of the same organisation that one of its functions has for itself. */
    public PartnerCertificates ofFunction(String function) {
        return new PartnerCertificates(certificates, oin, name, "-" + function.toLowerCase(Locale.ROOT));
    }

    /** Twenty digits. */
    public String oin() {
        return oin;
    }

    /** The organisation in the subject. */
    public String name() {
        return name;
    }

    /** The valid key for both ends of a TLS connection. */
    public KeyFile tls() {
        return certificates.leafOf(this, "tls" + suffix, Optional.empty());
    }

    /** A key for TLS that must be refused. */
    public KeyFile tls(Flaw flaw) {
        return certificates.leafOf(this, "tls" + suffix, Optional.of(flaw));
    }

    /** The valid key for signing requests and decrypting responses. */
    public KeyFile sign() {
        return certificates.leafOf(this, "sign" + suffix, Optional.empty());
    }

    /** A key for signing that must be refused. */
    public KeyFile sign(Flaw flaw) {
        return certificates.leafOf(this, "sign" + suffix, Optional.of(flaw));
    }
}
