package nl.ketenpoort.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.security.KeyStore.SecretKeyEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import nl.ketenpoort.signature.wss4j.Pki;

class GatewayConfigurationTest {

    private static final String LARGEST = "ketenpoort.largest-message";
    private static final String VERSION = "ketenpoort.content-master.version";
    private static final String RUNBOOK = "deploy/runbooks/certificates-and-keys.md";

    @TempDir
    private Path directory;

    private final Map<String, String> given = new HashMap<>();

    @BeforeEach
    void whatAnInstallationGives() {
        given.put("ketenpoort.keys.directory", Pki.CERTIFICATES.keysDirectory().toString());
        given.put("ketenpoort.keys.password", Pki.CERTIFICATES.password());
        given.put("ketenpoort.trust.directory", Pki.CERTIFICATES.trustDirectory().toString());
    }

    @Test
    void whatAnInstallationGivesIsRead() {
        given.put("ketenpoort.endpoints", Pki.ENDPOINT + " , https://elders.example/berichten");
        var configuration = configuration();
        assertThat(configuration.key("sign").getCertificate())
                .isEqualTo(Pki.CERTIFICATES.gatewaySign().certificate());
        assertThat(configuration.contentMaster().getEncoded())
                .isEqualTo(Pki.CERTIFICATES.contentMasterKey().secretKey().getEncoded());
        assertThat(configuration.anchors()).containsExactly(Pki.CERTIFICATES.rootCertificate());
        assertThat(configuration.endpoints()).containsExactly(Pki.ENDPOINT,
                URI.create("https://elders.example/berichten"));
        assertThat(configuration.largestMessage()).isEqualTo(1 << 20);
        given.put(LARGEST, "2097152");
        assertThat(configuration().largestMessage()).isEqualTo(2 << 20);
    }

    @Test
    void aVersionOfTheMasterKeyThatIsNotThereStopsTheStartAndSaysWhatToDo() {
        given.put(VERSION, "2");
        assertStops(() -> configuration().contentMaster(), "content-master.p12 has no readable entry content-master-2",
                RUNBOOK);
        for (var none : List.of("0", "-1", "twee", "99999999999")) {
            given.put(VERSION, none);
            assertStops(() -> configuration().contentMaster(), VERSION, "content-master.p12");
        }
    }

    @Test
    void aKeyUnderAnotherAliasStopsTheStartAndSaysWhatToDo() throws Exception {
        keep("sign.p12", "handtekening", new SecretKeySpec(new byte[32], "AES"));
        assertStops(() -> configuration().key("sign"), "sign.p12 has no readable entry sign", RUNBOOK);
        keep("sign.p12", "sign", new SecretKeySpec(new byte[32], "AES"));
        assertStops(() -> configuration().key("sign"), "sign.p12 has no readable entry sign", RUNBOOK);
    }

    @Test
    void aMasterKeyThatIsNotAes256StopsTheStart() throws Exception {
        keep("content-master.p12", "content-master-1", new SecretKeySpec(new byte[16], "AES"));
        assertStops(() -> configuration().contentMaster(), "content-master-1", "256 bits", RUNBOOK);
        keep("content-master.p12", "content-master-1", new SecretKeySpec(new byte[32], "HmacSHA256"));
        assertStops(() -> configuration().contentMaster(), "content-master-1", "256 bits", RUNBOOK);
    }

    @Test
    void aLimitUnderWhichNoMessageFitsOrThatNoMemoryHoldsStopsTheStart() {
        for (var limit : List.of("-1", "0", "1024", "2147483647", "1 MB")) {
            given.put(LARGEST, limit);
            assertStops(() -> configuration().largestMessage(), LARGEST, "bytes");
        }
    }

    @Test
    void anAddressThatIsNotAbsoluteStopsTheStart() {
        for (var address : List.of("/ketenpoort/v1/berichten", "https://", "https://a.example,", "geen adres")) {
            given.put("ketenpoort.endpoints", address);
            assertStops(() -> configuration().endpoints(), "ketenpoort.endpoints", "not absolute", "for instance");
        }
    }

    @Test
    void aTrustStoreThatTrustsNobodyStopsTheStart() throws Exception {
        keep("truststore.p12", "geen", new SecretKeySpec(new byte[32], "AES"));
        given.put("ketenpoort.trust.directory", directory.toString());
        assertStops(() -> configuration().anchors(), "truststore.p12 has no certificate", RUNBOOK);
    }

    private void keep(String file, String alias, SecretKey key) throws Exception {
        var password = Pki.CERTIFICATES.password().toCharArray();
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, password);
        store.setEntry(alias, new SecretKeyEntry(key), new PasswordProtection(password));
        try (var out = Files.newOutputStream(directory.resolve(file))) {
            store.store(out, password);
        }
        given.put("ketenpoort.keys.directory", directory.toString());
    }

    private GatewayConfiguration configuration() {
        return new GatewayConfiguration(name -> Optional.ofNullable(given.get(name)));
    }

    private static void assertStops(ThrowingCallable start, String... said) {
        assertThatThrownBy(start).isInstanceOf(IllegalStateException.class).message().contains(said);
    }
}
