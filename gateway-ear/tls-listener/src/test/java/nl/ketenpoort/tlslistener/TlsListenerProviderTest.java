package nl.ketenpoort.tlslistener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsListenerProviderTest {

    private static final String OIN = "00000099000000010000";
    private static final String POLITIE = "C=NL,O=Politie (fictief),SERIALNUMBER=" + OIN + ",CN=localhost";
    private static final Authority AUTHORITY = new Authority();
    private static final Authority.Credential GOOD = AUTHORITY.credential(POLITIE);

    private static RefusalCount shown(Why why, Authority.Credential credential, long count) {
        return new RefusalCount(why, Optional.of(credential.certificate().getSerialNumber().toString(16)),
                Optional.of(OIN), false, Optional.of(Listener.ADDRESS), count);
    }

    private static RefusalCount nothingShown(Why why) {
        return new RefusalCount(why, Optional.empty(), Optional.empty(), false, Optional.of(Listener.ADDRESS), 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void whoIsLetInIsNotCounted(String protocol) throws Exception {
        var listener = new Listener(AUTHORITY, AUTHORITY.revoking());

        assertThat(listener.letsIn(GOOD, protocol)).isTrue();
        assertThat(listener.refusals.take()).isEmpty();
        assertThat(listener.refusals.total()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aRevokedCertificateIsCountedOnceWithItsSerialAndOin(String protocol) throws Exception {
        var revoked = AUTHORITY.credential(POLITIE);
        var listener = new Listener(AUTHORITY, AUTHORITY.revoking(revoked.certificate()));

        assertThat(listener.letsIn(revoked, protocol)).isFalse();
        assertThat(listener.refusals.take()).containsExactly(shown(Why.REVOKED, revoked, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void anExpiredCertificateIsCountedAsSuch(String protocol) throws Exception {
        var expired = AUTHORITY.credential(POLITIE, -3, -1);
        var listener = new Listener(AUTHORITY, AUTHORITY.revoking());

        assertThat(listener.letsIn(expired, protocol)).isFalse();
        assertThat(listener.refusals.take()).containsExactly(shown(Why.EXPIRED, expired, 1));
    }

    @Test
    void aCertificateOfTomorrowIsCountedAsSuch() throws Exception {
        var early = AUTHORITY.credential(POLITIE, 1, 2);
        var listener = new Listener(AUTHORITY, AUTHORITY.revoking());

        assertThat(listener.letsIn(early)).isFalse();
        assertThat(listener.refusals.take()).containsExactly(shown(Why.NOT_YET_VALID, early, 1));
    }

    @Test
    void withoutARevocationListThatIsTheReason() throws Exception {
        var listener = new Listener(AUTHORITY);

        assertThat(listener.letsIn(GOOD)).isFalse();
        assertThat(listener.refusals.take()).containsExactly(shown(Why.REVOCATION_UNKNOWN, GOOD, 1));
    }

    @Test
    void withAnOutdatedRevocationListThatIsTheReason() throws Exception {
        var listener = new Listener(AUTHORITY, AUTHORITY.outdatedRevocationList());

        assertThat(listener.letsIn(GOOD)).isFalse();
        assertThat(listener.refusals.take()).containsExactly(shown(Why.REVOCATION_UNKNOWN, GOOD, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aListThatWasReadDoesNotCountWhileItsFileIsMissing(String protocol, @TempDir Path directory) throws Exception {
        var root = Files.createFile(directory.resolve("root.crl"));
        var issuing = Files.createFile(directory.resolve("issuing.crl"));
        var listener = new Listener(AUTHORITY, RequiredLists.named(root + ", " + issuing), AUTHORITY.revoking());
        assertThat(listener.letsIn(GOOD, protocol)).isTrue();

        Files.delete(issuing);
        assertThat(listener.letsIn(GOOD, protocol)).isFalse();
        assertThat(listener.refusals.take()).containsExactly(shown(Why.REVOCATION_UNKNOWN, GOOD, 1));

        Files.createFile(issuing);
        assertThat(listener.letsIn(GOOD, protocol)).isTrue();
        assertThat(listener.refusals.take()).isEmpty();
    }

    @Test
    void aListenerWithoutRevocationListsIsNotMade() {
        assertThatThrownBy(() -> new TlsListenerProvider(" , ")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("revocation lists");
    }

    @Test
    void theCertificateOfAnotherAuthorityOfTheSameNameIsOfAnUnknownIssuer() throws Exception {
        var made = new Authority().credential(POLITIE);
        var listener = new Listener(AUTHORITY, AUTHORITY.revoking());

        assertThat(listener.letsIn(made)).isFalse();
        assertThat(listener.refusals.take()).containsExactly(shown(Why.UNKNOWN_ISSUER, made, 1));
    }

    /** Otherwise anybody could have it recorded that a partner came with its own expired certificate. */
    @Test
    void anExpiredCertificateThatNoAuthoritySignedIsNotCountedAsExpired() throws Exception {
        var made = new Authority().credential(POLITIE, -3, -1);
        var withTheRealIssuer = new Authority.Credential(made.keys(), made.certificate(),
                List.of(made.certificate(), AUTHORITY.certificate));
        var listener = new Listener(AUTHORITY, AUTHORITY.revoking());

        assertThat(listener.letsIn(withTheRealIssuer)).isFalse();
        assertThat(listener.refusals.take()).containsExactly(shown(Why.UNKNOWN_ISSUER, made, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void whoShowsNoCertificateIsCounted(String protocol) throws Exception {
        var listener = new Listener(AUTHORITY, AUTHORITY.revoking());

        assertThat(Listener.connected(listener.client(Optional.empty(), protocol), listener.engine())).isFalse();
        assertThat(listener.refusals.take()).containsExactly(nothingShown(Why.NO_CERTIFICATE));
    }

    /** By hand, because the JDK's client speaks no TLS 1.1 any more (RFC 4346 section 7.4.1.2). */
    @Test
    void aClientOfTls11IsCountedAsProtocol() throws Exception {
        var listener = new Listener(AUTHORITY, AUTHORITY.revoking());
        var hello = "0302" + "00".repeat(32) + "00" + "0004c013002f" + "0100";

        Listener.hear(listener.engine(), HexFormat.of().parseHex(
                "160301" + "%04x".formatted(hello.length() / 2 + 4) + "01" + "%06x".formatted(hello.length() / 2)
                        + hello));
        assertThat(listener.refusals.take()).containsExactly(nothingShown(Why.PROTOCOL));
    }

    @Test
    void aClientThatHasNoSuiteInCommonIsCountedAsProtocol() throws Exception {
        var listener = new Listener(AUTHORITY, AUTHORITY.revoking());
        var client = listener.client(Optional.of(GOOD), "TLSv1.2");
        client.setEnabledCipherSuites(new String[]{"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"});
        var server = listener.engine();
        server.setEnabledCipherSuites(new String[]{"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"});

        assertThat(Listener.connected(client, server)).isFalse();
        assertThat(listener.refusals.take()).containsExactly(nothingShown(Why.PROTOCOL));
    }

    @Test
    void whatIsNoTlsAtAllIsCountedAsProtocol() throws Exception {
        var listener = new Listener(AUTHORITY, AUTHORITY.revoking());

        Listener.hear(listener.engine(), "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(listener.refusals.take()).containsExactly(nothingShown(Why.PROTOCOL));
    }

    @Test
    void aClientThatRefusesTheServerIsCountedAsOther() throws Exception {
        var listener = new Listener(AUTHORITY, AUTHORITY.revoking());
        var stranger = new Listener(new Authority()).client(Optional.of(GOOD));

        assertThat(Listener.connected(stranger, listener.engine())).isFalse();
        assertThat(listener.refusals.take()).containsExactly(nothingShown(Why.OTHER));
    }

    @Test
    void aClientThatGoesAwayIsNotCounted() throws Exception {
        var listener = new Listener(AUTHORITY, AUTHORITY.revoking());
        var server = listener.engine();
        server.beginHandshake();
        try {
            server.closeInbound();
        } catch (javax.net.ssl.SSLException truncated) {
            assertThat(truncated).hasMessageContaining("closing inbound");
        }

        assertThat(listener.refusals.take()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void whatGoesWrongAfterTheHandshakeIsNotCounted(String protocol) throws Exception {
        var listener = new Listener(AUTHORITY, AUTHORITY.revoking());
        var server = listener.engine();
        assertThat(Listener.connected(listener.client(Optional.of(GOOD), protocol), server)).isTrue();

        Listener.hear(server, HexFormat.of().parseHex("1703030020" + "ff".repeat(32)));
        assertThat(listener.refusals.take()).isEmpty();
    }

    @Test
    void aSubjectWithoutAnOinIsCountedBySerialAlone() throws Exception {
        for (var subject : List.of("CN=localhost", "SERIALNUMBER=12345,CN=localhost",
                "SERIALNUMBER=" + OIN + ",SERIALNUMBER=" + OIN + ",CN=localhost",
                "SERIALNUMBER=" + OIN + "\\,CN\\=x,CN=localhost")) {
            var expired = AUTHORITY.credential(subject, -3, -1);
            var listener = new Listener(AUTHORITY, AUTHORITY.revoking());

            assertThat(listener.letsIn(expired)).isFalse();
            assertThat(listener.refusals.take()).singleElement().satisfies(count -> {
                assertThat(count.serial()).contains(expired.certificate().getSerialNumber().toString(16));
                assertThat(count.oin()).as(subject).isEmpty();
            });
        }
    }

    @Test
    void aSerialNumberWithoutEndIsCut() throws Exception {
        var endless = AUTHORITY.credential(POLITIE, BigInteger.ONE.shiftLeft(4000), -3, -1);
        var listener = new Listener(AUTHORITY, AUTHORITY.revoking());

        assertThat(listener.letsIn(endless)).isFalse();
        assertThat(listener.refusals.take()).singleElement().satisfies(
                count -> assertThat(count.serial()).contains("1" + "0".repeat(39) + "..."));
    }

    @Test
    void theServicesAreThoseThatElytronLooksFor() throws Exception {
        var provider = new TlsListenerProvider("issuing.crl");

        assertThat(provider.getServices()).extracting(service -> service.getType() + " " + service.getAlgorithm())
                .containsExactlyInAnyOrder("SSLContext TLS", "SSLContext TLSv1.3", "SSLContext TLSv1.2");
        for (var protocol : List.of("TLS", "TLSV1.3", "TLSV1.2")) {
            assertThat(SSLContext.getInstance(protocol, provider).getProvider()).isSameAs(provider);
        }
    }

    /** Otherwise the JDK's client, and everything else in the server, would go through it. */
    @Test
    void nobodyGetsItWhoDoesNotAskForIt() throws Exception {
        assertThat(new TlsListenerProvider("issuing.crl").getName()).isEqualTo(TlsListenerProvider.NAME);
        assertThat(Security.getProvider(TlsListenerProvider.NAME)).isNull();
        assertThat(SSLContext.getInstance("TLS").getProvider().getName()).isEqualTo("SunJSSE");
    }

    /** A method that a later JDK adds to engines would otherwise be answered by the wrong one. */
    @Test
    void everythingAnEngineCanDoIsPassedOn() {
        assertThat(Arrays.stream(SSLEngine.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !Modifier.isFinal(method.getModifiers()))
                .map(TlsListenerProviderTest::signature)).isSubsetOf(
                        Arrays.stream(CountingEngine.class.getDeclaredMethods())
                                .map(TlsListenerProviderTest::signature).toList());
    }

    private static String signature(Method method) {
        return method.getName() + Arrays.toString(method.getParameterTypes());
    }

    @Test
    void whatIsSetOnTheEngineHolds() throws Exception {
        var engine = new Listener(AUTHORITY, AUTHORITY.revoking()).engine();
        var parameters = new SSLParameters(new String[]{"TLS_AES_256_GCM_SHA384"}, new String[]{"TLSv1.3"});
        parameters.setApplicationProtocols(new String[]{"h2"});
        engine.setSSLParameters(parameters);
        engine.setWantClientAuth(true);
        engine.setEnableSessionCreation(false);

        assertThat(engine.getEnabledProtocols()).containsExactly("TLSv1.3");
        assertThat(engine.getEnabledCipherSuites()).containsExactly("TLS_AES_256_GCM_SHA384");
        assertThat(engine.getSSLParameters().getApplicationProtocols()).containsExactly("h2");
        assertThat(engine.getWantClientAuth()).isTrue();
        assertThat(engine.getNeedClientAuth()).isFalse();
        assertThat(engine.getEnableSessionCreation()).isFalse();
        assertThat(engine.getPeerHost()).isEqualTo(Listener.ADDRESS);
        assertThat(engine.getPeerPort()).isEqualTo(40_000);
        assertThat(engine.getSession().getProtocol()).isEqualTo("NONE");
    }

    @Test
    void theProtocolOfTheApplicationIsAgreedOn() throws Exception {
        var listener = new Listener(AUTHORITY, AUTHORITY.revoking());
        var client = listener.client(Optional.of(GOOD));
        var wishes = client.getSSLParameters();
        wishes.setApplicationProtocols(new String[]{"h2", "http/1.1"});
        client.setSSLParameters(wishes);
        var server = listener.engine();
        server.setHandshakeApplicationProtocolSelector((engine, offered) -> {
            assertThat(engine).isSameAs(server);
            assertThat(engine.getHandshakeSession().getProtocol()).isEqualTo("TLSv1.3");
            return offered.getLast();
        });

        assertThat(Listener.connected(client, server)).isTrue();
        assertThat(server.getApplicationProtocol()).isEqualTo("http/1.1");
        assertThat(client.getApplicationProtocol()).isEqualTo("http/1.1");
        assertThat(server.getSession().getPeerCertificates()[0]).isEqualTo(GOOD.certificate());
    }

    /** In TLS 1.2, where nothing but this is sent after the handshake. */
    @Test
    void whatIsSentArrives() throws Exception {
        var listener = new Listener(AUTHORITY, AUTHORITY.revoking());
        var client = listener.client(Optional.of(GOOD), "TLSv1.2");
        var server = listener.engine();
        assertThat(Listener.connected(client, server)).isTrue();

        var wire = ByteBuffer.allocate(1 << 16);
        var heard = ByteBuffer.allocate(1 << 16);
        server.wrap(new ByteBuffer[]{bytes("goede"), bytes("morgen")}, wire);
        client.unwrap(wire.flip(), heard);
        assertThat(new String(heard.array(), 0, heard.position(), StandardCharsets.US_ASCII)).isEqualTo("goedemorgen");
        client.wrap(bytes("dag"), wire.clear());
        server.unwrap(wire.flip(), heard.clear());
        assertThat(new String(heard.array(), 0, heard.position(), StandardCharsets.US_ASCII)).isEqualTo("dag");
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
