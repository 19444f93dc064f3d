package nl.ketenpoort.partnerclient;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import nl.ketenpoort.localstack.certificates.KeyFile;
import nl.ketenpoort.localstack.certificates.PartnerCertificates;
import nl.ketenpoort.localstack.certificates.TestCertificates;
import nl.ketenpoort.partnerclient.attack.RawKey;

/** The gateway's and two partners' keys of one test run. */
final class TestKeys {

    static final String POLITIE = "00000099000000010000";
    static final String VEILIG_THUIS = "00000099000000020000";
    static final TestCertificates CERTIFICATES = TestCertificates.in(directory());

    private TestKeys() {}

    private static Path directory() {
        try {
            return Files.createTempDirectory("partner-client-keys");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PartnerCertificates politie() {
        return CERTIFICATES.partner(POLITIE, "Politie Eenheid Test");
    }

    static PartnerCertificates veiligThuis() {
        return CERTIFICATES.partner(VEILIG_THUIS, "Veilig Thuis Test");
    }

    static Identity identity(KeyFile file) {
        return new Identity(file.privateKey(), file.chain());
    }

    static RawKey raw(KeyFile file) {
        return new RawKey(file.privateKey(), file.chain());
    }

    static Trust trust() {
        return Trust.from(CERTIFICATES.trustStore(), List.of(CERTIFICATES.issuingCertificate()),
                () -> List.of(CERTIFICATES.rootRevocationList(), CERTIFICATES.issuingRevocationList()));
    }
}
