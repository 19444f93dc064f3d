package nl.ketenpoort.signature.wss4j;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.cert.Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Set;

import nl.ketenpoort.localstack.certificates.KeyFile;
import nl.ketenpoort.localstack.certificates.PartnerCertificates;
import nl.ketenpoort.localstack.certificates.TestCertificates;

/** One test PKI for all tests of this package, because keys take long to make. */
public final class Pki {

    public static final URI ENDPOINT = URI.create("https://localhost:8443/ketenpoort/v1/berichten");
    public static final TestCertificates CERTIFICATES = TestCertificates.in(temporary());
    public static final PartnerCertificates POLICE = CERTIFICATES.partner("00000099000000010000", "Politie test");
    public static final PartnerCertificates SHELTER = CERTIFICATES.partner("00000099000000030000", "Opvang test");

    private Pki() {}

    public static PrivateKeyEntry entry(KeyFile file) {
        return new PrivateKeyEntry(file.privateKey(), file.chain().toArray(Certificate[]::new));
    }

    public static Wss4jWiring gateway(Clock clock) {
        return gateway(clock, CERTIFICATES);
    }

    public static Wss4jWiring gateway(Clock clock, TestCertificates certificates) {
        return Wss4jWiring.with(new Wss4jWiring.Configuration(entry(CERTIFICATES.gatewaySign()),
                List.of(entry(CERTIFICATES.gatewayDecrypt())), Set.of(certificates.rootCertificate()),
                certificates.trustDirectory(), List.of(ENDPOINT), Wss4jWiring.Configuration.MOST_BYTES, clock));
    }

    private static Path temporary() {
        try {
            var directory = Files.createTempDirectory("pki");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
            return directory;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void delete(Path directory) {
        try (var files = Files.walk(directory)) {
            files.sorted((one, other) -> other.compareTo(one)).forEach(file -> file.toFile().delete());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
