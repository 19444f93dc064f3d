package nl.ketenpoort.tlslistener;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateRevokedException;
import java.util.Optional;

/** Why a handshake was refused. The list is closed. */
public enum Why {

    /** The certificate's time is over. */
    EXPIRED,

    /** The certificate's time is still to come. */
    NOT_YET_VALID,

    /** A revocation list names the certificate. */
    REVOKED,

    /** No trusted authority issued the certificate; everything in it is its maker's invention. */
    UNKNOWN_ISSUER,

    /** A revocation list is missing or outdated, so that nobody of that authority is let in. */
    REVOCATION_UNKNOWN,

    /** The client showed no certificate. */
    NO_CERTIFICATE,

    /** Nothing was agreed on: an old version of TLS, no suite in common, or no TLS at all. */
    PROTOCOL,

    /** Anything else; that the client refused the server is among it. */
    OTHER;

    /** What a trust manager objected to in a chain that was issued by a trusted authority. */
    static Why of(CertificateException refusal) {
        for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
            var why = inItself(cause);
            if (why.isPresent()) {
                return why.get();
            }
        }
        return OTHER;
    }

    private static Optional<Why> inItself(Throwable cause) {
        return switch (cause) {
            case CertificateExpiredException expired -> Optional.of(EXPIRED);
            case CertificateNotYetValidException early -> Optional.of(NOT_YET_VALID);
            case CertificateRevokedException revoked -> Optional.of(REVOKED);
            case CertPathValidatorException path when path.getReason() instanceof BasicReason reason -> of(reason);
            default -> Optional.empty();
        };
    }

    private static Optional<Why> of(BasicReason reason) {
        return switch (reason) {
            case EXPIRED -> Optional.of(EXPIRED);
            case NOT_YET_VALID -> Optional.of(NOT_YET_VALID);
            case REVOKED -> Optional.of(REVOKED);
            case UNDETERMINED_REVOCATION_STATUS -> Optional.of(REVOCATION_UNKNOWN);
            case UNSPECIFIED, INVALID_SIGNATURE, ALGORITHM_CONSTRAINED -> Optional.empty();
        };
    }
}
