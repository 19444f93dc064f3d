package nl.ketenpoort.operations;

import java.util.Optional;

import nl.ketenpoort.refusal.Reason;

/**
 * Connections that were refused at the handshake, before anything of a message was read: those of one reason and, where a
 * certificate was shown, of that certificate. Serial and OIN are what was shown. Nobody has proved to hold the key, and
 * with {@link Why#UNKNOWN_ISSUER} anybody may have written them.
 *
 * @param why the reason
 * @param serial serial number of the certificate, hexadecimal
 * @param oin {@code subject:serialNumber} of the certificate, if it is 20 digits
 * @param others whether these are of several certificates that there was no room to tell apart
 * @param lastAddress from where the last of them came, if known
 * @param count how many
 */
public record RefusedHandshakes(Why why, Optional<String> serial, Optional<String> oin, boolean others,
        Optional<String> lastAddress, long count) {

    /** Why a handshake was refused; the names are in audit records and stay. */
    public enum Why {
        /** The certificate's time is over. */
        EXPIRED(Reason.TLS_CERTIFICATE_EXPIRED),
        /** The certificate's time is still to come. */
        NOT_YET_VALID(Reason.TLS_CERTIFICATE_EXPIRED),
        /** A revocation list names the certificate. */
        REVOKED(Reason.TLS_CERTIFICATE_REVOKED),
        /** No trusted authority issued the certificate. */
        UNKNOWN_ISSUER(Reason.TLS_CERTIFICATE_UNTRUSTED),
        /** A revocation list is missing or outdated. */
        REVOCATION_UNKNOWN(Reason.TLS_CRL_UNAVAILABLE),
        /** No certificate was shown. */
        NO_CERTIFICATE(Reason.TLS_CERTIFICATE_MISSING),
        /** An old version of TLS, no suite in common, or no TLS at all. */
        PROTOCOL(Reason.TLS_PROTOCOL_NOT_ALLOWED),
        /** Anything else. */
        OTHER(Reason.TLS_HANDSHAKE_FAILED);

        private final Reason reason;

        Why(Reason reason) {
            this.reason = reason;
        }

        /** The reason with its permanent code. */
        public Reason reason() {
            return reason;
        }
    }

    /** @throws IllegalArgumentException if it counts nothing */
    public RefusedHandshakes {
        if (count < 1) {
            throw new IllegalArgumentException("nothing was refused");
        }
    }
}
