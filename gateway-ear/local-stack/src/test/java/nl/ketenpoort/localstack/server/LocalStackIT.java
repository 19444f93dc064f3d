package nl.ketenpoort.localstack.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ProtocolVersion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import nl.ketenpoort.localstack.LocalStack;
import nl.ketenpoort.localstack.certificates.Flaw;
import nl.ketenpoort.localstack.certificates.KeyFile;
import nl.ketenpoort.localstack.certificates.PartnerCertificates;

/** The server as deploy/wildfly configures it, seen from outside, with a small archive in the gateway's place. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalStackIT {

    private static final String PAGE = "/ketenpoort/probe";

    private static final String MODULES = """
            <jboss-deployment-structure>
                <deployment>
                    <dependencies>
                        <module name="nl.ketenpoort.cedar"/>
                    </dependencies>
                </deployment>
            </jboss-deployment-structure>
            """;

    private LocalStack stack;
    private PartnerCertificates politie;
    private TlsClient client;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        Path probe = archive(directory.resolve("probe.war"),
                Map.of("WEB-INF/classes/" + ProbeServlet.class.getName().replace('.', '/') + ".class",
                        bytesOf(ProbeServlet.class), "WEB-INF/jboss-deployment-structure.xml", bytesOf(MODULES),
                        "WEB-INF/jboss-web.xml",
                        bytesOf("<jboss-web><context-root>/ketenpoort</context-root></jboss-web>")));
        Path elsewhere = archive(directory.resolve("elsewhere.war"), Map.of("index.html", bytesOf("elsewhere")));
        stack = LocalStack.inDirectory(directory.resolve("stack")).deploying(probe).deploying(elsewhere);
        politie = stack.certificates().partner("00000099000000010000", "Politie");
        politie.tls(Flaw.REVOKED);
        stack.start();
        client = new TlsClient(stack.certificates(), stack.server().partnersPort());
    }

    @AfterAll
    void stop() {
        stack.close();
    }

    @Test
    void aPartnerIsAnsweredInTls13WithDatabasePolicyEngineAndConfigurationAtHand() throws Exception {
        TlsClient.Answer answer = client.get(PAGE, Optional.of(politie.tls()));
        assertThat(answer.protocol()).isEqualTo("TLSv1.3");
        assertThat(answer.cipherSuite()).isEqualTo("TLS_AES_256_GCM_SHA384");
        assertThat(answer.status()).contains("200");
        assertThat(answer.headersAndBody()).contains("database ketenpoort_server as node-1")
                .contains("permit(principal, action, resource);").contains("configuration 00000099000000001000")
                .contains("partner ").contains("2.5.4.5=");
    }

    @Test
    void aPartnerThatHasOnlyTls12IsAnsweredInIt() throws Exception {
        TlsClient.Answer answer = client.get(PAGE, Optional.of(politie.tls()), "TLSv1.2");
        assertThat(answer.protocol()).isEqualTo("TLSv1.2");
        assertThat(answer.cipherSuite()).isEqualTo("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
        assertThat(answer.status()).contains("200");
    }

    @Test
    void whoShowsNoCertificateIsRefused() {
        for (String protocol : new String[]{"TLSv1.3", "TLSv1.2"}) {
            assertThatThrownBy(() -> client.get(PAGE, Optional.empty(), protocol)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aRevokedCertificateIsRefused() {
        assertRefused(politie.tls(Flaw.REVOKED));
    }

    @Test
    void anExpiredCertificateIsRefused() {
        assertRefused(politie.tls(Flaw.EXPIRED));
    }

    @Test
    void aCertificateOfTomorrowIsRefused() {
        assertRefused(politie.tls(Flaw.NOT_YET_VALID));
    }

    @Test
    void aCertificateOfAnUnknownAuthorityIsRefused() {
        assertRefused(politie.tls(Flaw.UNKNOWN_AUTHORITY));
    }

    @Test
    void aCertificateRevokedLaterIsRefusedOnceTheListsAreReadAgain() throws Exception {
        KeyFile key = stack.certificates().partner("00000099000000020000", "Veilig Thuis").tls();
        assertThat(client.get(PAGE, Optional.of(key)).status()).contains("200");
        stack.certificates().revoke(key.certificate());
        stack.server().readRevocationListsAgain();
        assertRefused(key);
        assertThat(client.get(PAGE, Optional.of(politie.tls())).status()).contains("200");
    }

    @Test
    void anOutdatedRevocationListRefusesEveryoneUntilANewOneIsRead() throws Exception {
        stack.certificates().publishOutdatedRevocationLists();
        stack.server().readRevocationListsAgain();
        assertRefused(politie.tls());
        stack.certificates().publishRevocationLists();
        stack.server().readRevocationListsAgain();
        assertThat(client.get(PAGE, Optional.of(politie.tls())).status()).contains("200");
    }

    @Test
    void tls11AndOlderAreRefused() throws IOException {
        int[] old = {CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA};
        for (ProtocolVersion version : new ProtocolVersion[]{ProtocolVersion.TLSv11, ProtocolVersion.TLSv10}) {
            assertThat(client.suiteChosenFrom(version, old)).as(version.toString()).isEmpty();
        }
    }

    @Test
    void ofTls12OnlyGoodEnoughCiphersAreChosen() throws IOException {
        for (int good : new int[]{CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
                CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
                CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256}) {
            assertThat(client.suiteChosenFrom(ProtocolVersion.TLSv12, good)).contains(good);
        }
        for (int weak : new int[]{CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256,
                CipherSuite.TLS_RSA_WITH_AES_256_GCM_SHA384, CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256,
                CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384, CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
                CipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256}) {
            assertThat(client.suiteChosenFrom(ProtocolVersion.TLSv12, weak)).as("suite 0x%04x", weak).isEmpty();
        }
    }

    @Test
    void nothingListensWithoutMutualTls() throws Exception {
        for (int port : new int[]{8080, 8009, 9993}) {
            assertThatThrownBy(() -> new Socket("localhost", port).close()).isInstanceOf(ConnectException.class);
        }
        assertThat(listeningPorts(stack.server().pid())).containsExactlyInAnyOrder(stack.server().partnersPort(),
                stack.server().managementPort());
    }

    @Test
    void whatIsDeployedElsewhereIsNotReached() throws Exception {
        for (String path : new String[]{"/", "/elsewhere/", "/elsewhere/index.html", "/ketenpoort/../elsewhere/",
                "/ketenpoortelsewhere", "/wildfly-services", "/console"}) {
            assertThat(client.get(path, Optional.of(politie.tls())).status()).as(path).contains("404");
        }
    }

    @Test
    void anAnswerNamesNoProductAndADirectoryIsNotListed() throws Exception {
        TlsClient.Answer missing = client.get("/ketenpoort/", Optional.of(politie.tls()));
        assertThat(missing.status()).containsAnyOf("403", "404");
        for (String path : new String[]{PAGE, "/ketenpoort/none", "/"}) {
            assertThat(client.get(path, Optional.of(politie.tls())).headersAndBody())
                    .doesNotContainIgnoringCase("undertow")
                    .doesNotContainIgnoringCase("wildfly").doesNotContainIgnoringCase("jboss")
                    .doesNotContain("Server:").doesNotContain("X-Powered-By");
        }
    }

    @Test
    void theServerAnswersAgainAfterTheDatabaseWasKilled() throws Exception {
        assertThat(client.get(PAGE, Optional.of(politie.tls())).status()).contains("200");
        stack.database().kill();
        assertThat(client.get(PAGE, Optional.of(politie.tls())).status()).contains("500");
        stack.database().start();
        assertThat(client.get(PAGE, Optional.of(politie.tls())).status()).contains("200");
    }

    @Test
    void aKilledServerStartsAgainOnTheSamePort() throws Exception {
        int port = stack.server().partnersPort();
        stack.server().kill();
        assertThat(stack.server().isRunning()).isFalse();
        stack.server().start();
        assertThat(stack.server().partnersPort()).isEqualTo(port);
        assertThat(client.get(PAGE, Optional.of(politie.tls())).status()).contains("200");
    }

    @Test
    void anArchiveThatDoesNotDeploySaysWhyAtOnce(@TempDir Path directory) throws IOException {
        Path broken = archive(directory.resolve("broken.war"),
                Map.of("WEB-INF/web.xml", bytesOf("<web-app><listener>"
                        + "<listener-class>nl.ketenpoort.NoSuchThing</listener-class></listener></web-app>")));
        try (LocalWildFly other = LocalWildFly.in(directory.resolve("other")).with(stack.gatewayProperties())) {
            assertThatThrownBy(() -> other.deploy(broken).start()).hasMessageContaining("NoSuchThing");
            assertThat(other.isRunning()).isFalse();
        }
    }

    @Test
    void noPasswordIsInTheListOfProcesses() throws IOException {
        String commandLine = Files.readString(Path.of("/proc/" + stack.server().pid() + "/cmdline"));
        assertThat(commandLine).doesNotContain(stack.certificates().password())
                .doesNotContain(stack.database().server().password());
    }

    private void assertRefused(KeyFile key) {
        for (String protocol : new String[]{"TLSv1.3", "TLSv1.2"}) {
            assertThatThrownBy(() -> client.get(PAGE, Optional.of(key), protocol)).as(protocol)
                    .isInstanceOf(IOException.class);
        }
    }

    /** From the kernel, so that a listener nobody thought of is found too. */
    private static Set<Integer> listeningPorts(long pid) throws IOException {
        Set<String> sockets = new HashSet<>();
        try (var descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                if (Files.isSymbolicLink(descriptor)) {
                    sockets.add(Files.readSymbolicLink(descriptor).toString());
                }
            }
        }
        Set<Integer> ports = new TreeSet<>();
        for (String table : new String[]{"tcp", "tcp6"}) {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/net/" + table))) {
                String[] fields = line.strip().split("\\s+");
                if (fields[3].equals("0A") && sockets.contains("socket:[" + fields[9] + "]")) {
                    ports.add(Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16));
                }
            }
        }
        return ports;
    }

    private static byte[] bytesOf(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytesOf(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            return in.readAllBytes();
        }
    }

    private static Path archive(Path file, Map<String, byte[]> entries) throws IOException {
        try (OutputStream out = Files.newOutputStream(file); var zip = new ZipOutputStream(out)) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }
}
