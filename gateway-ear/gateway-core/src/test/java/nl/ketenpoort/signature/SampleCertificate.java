package nl.ketenpoort.signature;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/** A certificate for tests to which only its bytes matter. Its key was thrown away. */
public final class SampleCertificate {

    private SampleCertificate() {}

    public static X509Certificate read() {
        return read("politie.pem");
    }

    /** Another one. */
    public static X509Certificate another() {
        return read("zc-uhg.pem");
    }

    private static X509Certificate read(String name) {
        try (var in = SampleCertificate.class.getResourceAsStream(name)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (CertificateException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
