package nl.ketenpoort.signature.wss4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import nl.ketenpoort.localstack.certificates.Flaw;
import nl.ketenpoort.localstack.certificates.TestCertificates;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;

class RevocationListsTest {

    @TempDir
    private Path directory;

    private Instant now = Instant.now();
    private TestCertificates certificates;
    private X509Certificate police;
    private CertificateTrust trust;

    @BeforeEach
    void aPkiOfItsOwn() throws Exception {
        police = Pki.POLICE.sign().certificate();
        copy(Pki.CERTIFICATES.directory(), directory);
        certificates = TestCertificates.in(directory);
        certificates.publishRevocationLists();
        trust = trustBy(Clock.systemUTC());
    }

    @Test
    void aCertificateIsTrustedWhileEveryListOnItsPathIsCurrent() {
        assertThat(judged(trust)).isEmpty();
    }

    @Test
    void aRevocationCountsAsSoonAsItsListIsPublished() {
        assertThat(judged(trust)).isEmpty();

        certificates.revoke(police);

        assertThat(judged(trust)).contains(Reason.CERTIFICATE_REVOKED);
    }

    @Test
    void aMissingListRefuses() throws Exception {
        assertThat(judged(trust)).isEmpty();

        Files.delete(certificates.revocationListFile("issuing"));

        assertThat(judged(trust)).contains(Reason.CRL_UNAVAILABLE);
    }

    @Test
    void theListAboutTheIssuingAuthorityIsNeededToo() throws Exception {
        Files.delete(certificates.revocationListFile("root"));

        assertThat(judged(trust)).contains(Reason.CRL_UNAVAILABLE);
    }

    @Test
    void anOutdatedListRefusesUntilANewOneIsThere() {
        certificates.publishOutdatedRevocationLists();
        assertThat(judged(trust)).contains(Reason.CRL_UNAVAILABLE);

        certificates.publishRevocationLists();
        assertThat(judged(trust)).isEmpty();
    }

    @Test
    void aListRunsOutAtItsNextUpdateAndNotLater() {
        var runsOut = certificates.issuingRevocationList().getNextUpdate().toInstant();
        InstantSource moving = () -> now;
        var trustInTime = trustBy(moving.withZone(ZoneOffset.UTC));
        now = runsOut.minus(Duration.ofSeconds(1));
        assertThat(judged(trustInTime)).isEmpty();

        now = runsOut;

        assertThat(judged(trustInTime)).contains(Reason.CRL_UNAVAILABLE);
    }

    @Test
    void aListThatCannotBeReadCountsAsMissing() throws Exception {
        Files.writeString(certificates.revocationListFile("issuing"), "geen lijst");

        assertThat(judged(trust)).contains(Reason.CRL_UNAVAILABLE);
    }

    @Test
    void whatStaysTheSameIsKeptOnceHoweverOftenTheDirectoryIsRead() {
        var trusted = new TrustDirectory(certificates.trustDirectory(), now);
        var kept = ((CollectionCertStoreParameters) trusted.store().getCertStoreParameters()).getCollection();
        int atStart = kept.size();
        for (int i = 0; i < 3; i++) {
            long before = trusted.refresh(now);
            certificates.publishRevocationLists();
            assertThat(trusted.refresh(now)).as("read again").isNotEqualTo(before);
        }

        assertThat(kept).doesNotHaveDuplicates().hasSize(atStart);
    }

    @Test
    void withoutTheIssuingAuthoritysCertificateThereIsNoPath() throws Exception {
        Files.delete(certificates.trustDirectory().resolve("issuing.crt"));

        assertThat(judged(trust)).contains(Reason.CERTIFICATE_UNTRUSTED);
    }

    @Test
    void theSameNamesUnderAnotherKeyAreNotTrusted() {
        var stranger = certificates.partner(Pki.POLICE.oin(), "Politie test").sign(Flaw.UNKNOWN_AUTHORITY)
                .certificate();

        assertThat(judged(trust, stranger)).contains(Reason.CERTIFICATE_UNTRUSTED);
    }

    /** The keys of the other tests, because keys take long to make; with lists of its own. */
    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    private CertificateTrust trustBy(Clock time) {
        return new CertificateTrust(Set.of(certificates.rootCertificate()),
                new TrustDirectory(certificates.trustDirectory(), time.instant()), time);
    }

    private Optional<Reason> judged(CertificateTrust by) {
        return judged(by, police);
    }

    private static Optional<Reason> judged(CertificateTrust by, X509Certificate certificate) {
        try {
            by.checkSigner(certificate);
            return Optional.empty();
        } catch (RefusedMessage refused) {
            return Arrays.stream(Reason.values())
                    .filter(reason -> Refusal.of(reason).code().equals(refused.refusal().code())).findFirst();
        }
    }
}
