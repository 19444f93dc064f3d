package nl.ketenpoort.localstack.certificates;

import java.util.Locale;

/** What is wrong with a certificate that a test presents, so that each check can be seen to refuse on its own. */
public enum Flaw {

    /** Valid until yesterday. */
    EXPIRED,

    /** Valid from tomorrow. */
    NOT_YET_VALID,

    /**
     * Listed in the revocation list of the issuing authority. The list is published when the certificate is made; a
     * server that runs already has to read it again.
     */
    REVOKED,

    /** Issued by an authority that nobody trusts, under the same names. */
    UNKNOWN_AUTHORITY,

    /** Trusted and valid, but its subject names no OIN. */
    WITHOUT_OIN;

    String fileSuffix() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
