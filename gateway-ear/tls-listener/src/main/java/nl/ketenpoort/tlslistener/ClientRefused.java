package nl.ketenpoort.tlslistener;

import java.security.cert.CertificateException;

/** The refusal of a trust manager, once it is counted: the engine it ends must not count it again. */
final class ClientRefused extends CertificateException {

    private static final long serialVersionUID = 1L;

    /** Message, cause and place of the refusal: who looks into it sees what he would have seen. */
    ClientRefused(CertificateException refusal) {
        super(refusal.getMessage(), refusal.getCause());
        setStackTrace(refusal.getStackTrace());
    }

    /** Whether this is what ended a handshake. */
    static boolean isIn(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ClientRefused) {
                return true;
            }
        }
        return false;
    }
}
