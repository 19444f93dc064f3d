package nl.ketenpoort.localstack.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TestCertificatesTest {

    private static final String POLITIE = "00000099000000010000";

    private TestCertificates certificates;
    private PartnerCertificates politie;

    @BeforeAll
    void make(@TempDir Path directory) {
        certificates = TestCertificates.in(directory);
        politie = certificates.partner(POLITIE, "Politie");
    }

    @Test
    void aPartnersChainIsTrustedAndNotRevoked() {
        assertThatCode(() -> validate(politie.tls())).doesNotThrowAnyException();
        assertThatCode(() -> validate(politie.sign())).doesNotThrowAnyException();
    }

    @Test
    void theGatewaysChainsAreTrusted() {
        for (KeyFile key : List.of(certificates.gatewayTls(), certificates.gatewaySign(),
                certificates.gatewayDecrypt(), certificates.gatewayReceipt())) {
            assertThatCode(() -> validate(key)).as(key.toString()).doesNotThrowAnyException();
        }
    }

    @Test
    void theOinIsTheSerialNumberOfTheSubject() throws Exception {
        var name = new LdapName(politie.tls().certificate().getSubjectX500Principal().getName("RFC2253",
                Map.of("2.5.4.5", "serialNumber")));
        assertThat(name.getRdns()).extracting(Rdn::getType, rdn -> rdn.getValue().toString())
                .contains(org.assertj.core.groups.Tuple.tuple("serialNumber", POLITIE),
                        org.assertj.core.groups.Tuple.tuple("O", "Politie"),
                        org.assertj.core.groups.Tuple.tuple("C", "NL"));
    }

    @Test
    void tlsAndSigningHaveKeysOfTheirOwn() {
        assertThat(politie.tls().certificate().getPublicKey())
                .isNotEqualTo(politie.sign().certificate().getPublicKey());
        assertThat(certificates.gatewaySign().certificate().getPublicKey())
                .isNotEqualTo(certificates.gatewayDecrypt().certificate().getPublicKey());
    }

    @Test
    void theLeafNamesLocalhostAndBothUses() throws Exception {
        X509Certificate leaf = politie.tls().certificate();
        assertThat(leaf.getSubjectAlternativeNames()).contains(List.of(2, "localhost"), List.of(7, "127.0.0.1"));
        assertThat(leaf.getExtendedKeyUsage()).containsExactlyInAnyOrder("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        assertThat(leaf.getSigAlgName()).isEqualTo("SHA256withRSA");
    }

    @Test
    void theKeyBelongsToTheCertificate() throws GeneralSecurityException {
        var signing = Signature.getInstance("SHA256withRSA");
        signing.initSign(politie.sign().privateKey());
        signing.update((byte) 7);
        byte[] signature = signing.sign();
        signing.initVerify(politie.sign().certificate());
        signing.update((byte) 7);
        assertThat(signing.verify(signature)).isTrue();
    }

    @Test
    void aRevokedCertificateIsRefusedByTheRevocationList() {
        assertRefused(politie.tls(Flaw.REVOKED), BasicReason.REVOKED);
        assertRefused(politie.sign(Flaw.REVOKED), BasicReason.REVOKED);
    }

    @Test
    void anExpiredCertificateIsRefused() {
        assertRefused(politie.tls(Flaw.EXPIRED), BasicReason.EXPIRED);
    }

    @Test
    void aCertificateOfTomorrowIsRefused() {
        assertRefused(politie.tls(Flaw.NOT_YET_VALID), BasicReason.NOT_YET_VALID);
    }

    @Test
    void aCertificateOfAnUnknownAuthorityWithTheSameNameIsRefused() {
        KeyFile stranger = politie.tls(Flaw.UNKNOWN_AUTHORITY);
        assertThat(stranger.certificate().getIssuerX500Principal())
                .isEqualTo(politie.tls().certificate().getIssuerX500Principal());
        assertThatThrownBy(() -> validate(stranger)).isInstanceOf(CertPathValidatorException.class);
    }

    @Test
    void aCertificateWithoutOinIsTrustedButNamesNone() {
        KeyFile nameless = politie.tls(Flaw.WITHOUT_OIN);
        assertThatCode(() -> validate(nameless)).doesNotThrowAnyException();
        assertThat(nameless.certificate().getSubjectX500Principal().getName()).doesNotContain("2.5.4.5");
    }

    @Test
    void anOutdatedRevocationListRefusesEveryone(@TempDir Path directory) {
        TestCertificates own = TestCertificates.in(directory);
        KeyFile key = own.partner(POLITIE, "Politie").tls();
        own.publishOutdatedRevocationLists();
        assertThatThrownBy(() -> validate(own, key)).isInstanceOf(CertPathValidatorException.class);
        own.publishRevocationLists();
        assertThatCode(() -> validate(own, key)).doesNotThrowAnyException();
    }

    @Test
    void aDirectoryOpenedAgainHasTheSameKeysAndStillKnowsWhatWasRevoked(@TempDir Path directory) {
        TestCertificates first = TestCertificates.in(directory);
        KeyFile key = first.partner(POLITIE, "Politie").sign();
        first.revoke(key.certificate());

        TestCertificates again = TestCertificates.in(directory);
        again.publishRevocationLists();

        assertThat(again.partner(POLITIE, "Politie").sign().certificate()).isEqualTo(key.certificate());
        assertThat(again.contentMasterKey().secretKey().getEncoded()).hasSize(32)
                .isEqualTo(first.contentMasterKey().secretKey().getEncoded());
        assertThat(again.bsnLookupKey().secretKey().getAlgorithm()).isEqualToIgnoringCase("HmacSHA256");
        assertThat(again.issuingRevocationList().isRevoked(key.certificate())).isTrue();
    }

    @Test
    void onlyTheOwnerMayReadAKey() throws Exception {
        for (Path file : List.of(politie.tls().path(), certificates.contentMasterKey().path(),
                certificates.bsnLookupKey().path(), certificates.directory().resolve("password"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        }
    }

    @Test
    void anOinHasTwentyDigits() {
        assertThatThrownBy(() -> certificates.partner("../../etc", "Politie"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void assertRefused(KeyFile key, BasicReason reason) {
        assertThatThrownBy(() -> validate(key)).isInstanceOfSatisfying(CertPathValidatorException.class,
                refusal -> assertThat(refusal.getReason()).isEqualTo(reason));
    }

    private void validate(KeyFile key) throws GeneralSecurityException {
        validate(certificates, key);
    }

    private static void validate(TestCertificates certificates, KeyFile key) throws GeneralSecurityException {
        CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(key.chain());
        var validator = CertPathValidator.getInstance("PKIX");
        var revocation = (PKIXRevocationChecker) validator.getRevocationChecker();
        revocation.setOptions(
                EnumSet.of(PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
        var parameters = new PKIXParameters(certificates.trustStore());
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(
                List.of(certificates.rootRevocationList(), certificates.issuingRevocationList()))));
        parameters.addCertPathChecker(revocation);
        validator.validate(path, parameters);
    }
}
