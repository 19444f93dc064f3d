package nl.ketenpoort.localstack.certificates;

import java.util.Optional;

/**
 * The keys of one partner: one for mutual TLS and one for WS-Security (it signs requests, and responses are encrypted
 * to it). A flawed variant is another key in a file of its own beside the valid one; made once, kept afterwards.
 */
public final class PartnerCertificates {

    private final TestCertificates certificates;
    private final String oin;
    private final String name;

    PartnerCertificates(TestCertificates certificates, String oin, String name) {
        this.certificates = certificates;
        this.oin = oin;
        this.name = name;
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
        return certificates.leafOf(this, "tls", Optional.empty());
    }

    /** A key for TLS that must be refused. */
    public KeyFile tls(Flaw flaw) {
        return certificates.leafOf(this, "tls", Optional.of(flaw));
    }

    /** The valid key for signing requests and decrypting responses. */
    public KeyFile sign() {
        return certificates.leafOf(this, "sign", Optional.empty());
    }

    /** A key for signing that must be refused. */
    public KeyFile sign(Flaw flaw) {
        return certificates.leafOf(this, "sign", Optional.of(flaw));
    }
}
