package nl.ketenpoort.acceptancetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpTimeoutException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.Region;
import nl.ketenpoort.localstack.certificates.Flaw;
import nl.ketenpoort.localstack.certificates.KeyFile;
import nl.ketenpoort.partnerclient.attack.RawHttp;

/** Who does not get past the handshake, so that nothing he sends is even read (Digikoppeling TLS001 to TLS004, WT004). */
@ExtendWith(RunningRegion.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsRefusalsIT {

    private static final int HANDSHAKE = 22;
    private static final int ALERT = 21;
    private static final int FATAL = 2;
    private static final int PROTOCOL_VERSION = 70;
    private static final int TLS_1_1 = 0x0302;
    private static final int TLS_1_2 = 0x0303;

    private final Region region;
    private final Line line;
    private final Ledger ledger;
    private final String caseId;

    TlsRefusalsIT(Region region) {
        this.region = region;
        this.line = new Line(region);
        this.ledger = new Ledger(region);
        this.caseId = new Chain(region).openCase();
    }

    private String report() {
        return Marks.instead(Examples.accepted("overtredingsmelding", "politie-bij-de-woning", caseId));
    }

    /** The message itself is right: with another certificate it would be accepted. */
    private void theHandshakeFailsWith(KeyFile certificate) {
        theHandshakeFails(line.http(Line.raw(certificate), "TLSv1.3"));
        theHandshakeFails(line.http(Line.raw(certificate), "TLSv1.2"));
    }

    private void theHandshakeFails(RawHttp connection) {
        var before = ledger.standing();
        var soap = line.message(Partner.POLITIE, report());
        try (connection) {
            assertThatThrownBy(() -> connection.post(soap)).isInstanceOf(IOException.class)
                    .isNotInstanceOfAny(ConnectException.class, HttpTimeoutException.class);
        }
        assertThat(ledger.standing().rows()).isEqualTo(before.rows());
        assertThat(ledger.number("SELECT count(*) FROM ketenpoort.audit_record WHERE message_id = ?",
                soap.messageId())).as("nothing of the message reached the gateway").isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void theCertificateWithoutAFlawIsAccepted(String protocol) throws IOException {
        try (var http = line.http(Line.raw(line.keysOf(Partner.POLITIE).tls()), protocol)) {
            assertThat(http.post(line.message(Partner.POLITIE, report())).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Flaw.class, names = {"EXPIRED", "NOT_YET_VALID", "UNKNOWN_AUTHORITY"})
    void aCertificateThatIsExpiredNotYetValidOrOfAnUnknownAuthorityIsRefused(Flaw flaw) {
        theHandshakeFailsWith(line.keysOf(Partner.POLITIE).tls(flaw));
    }

    @Test
    void aCertificateThatIsRevokedIsRefused() {
        var revoked = line.keysOf(Partner.POLITIE).tls(Flaw.REVOKED);
        region.stack().server().readRevocationListsAgain();

        theHandshakeFailsWith(revoked);
    }

    @Test
    void nobodyConnectsWithoutACertificate() {
        theHandshakeFails(line.httpWithoutCertificate());
    }

    @Test
    void tls11IsRefused() throws IOException {
        assertThat(answerToHello(TLS_1_1)).isEqualTo(new TlsRecord(ALERT, FATAL, PROTOCOL_VERSION));
    }

    /** What shows that the greeting of {@link #tls11IsRefused} is refused for its version and nothing else. */
    @Test
    void tls12IsAnswered() throws IOException {
        assertThat(answerToHello(TLS_1_2).type()).isEqualTo(HANDSHAKE);
    }

    private record TlsRecord(int type, int first, int second) {}

    /** Greets by hand (RFC 5246 section 7.4.1.2), because the Java of this test speaks no TLS 1.1 any more. */
    private TlsRecord answerToHello(int version) throws IOException {
        try (var socket = new Socket("localhost", region.stack().server().partnersPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(hello(version));
            var in = new DataInputStream(socket.getInputStream());
            int type = in.readUnsignedByte();
            in.skipNBytes(4);
            return new TlsRecord(type, in.readUnsignedByte(), in.readUnsignedByte());
        }
    }

    private static byte[] hello(int version) throws IOException {
        var body = new ByteArrayOutputStream();
        var hello = new DataOutputStream(body);
        hello.writeShort(version);
        hello.write(new byte[32]);
        hello.writeByte(0);
        int[] suites = {0xC030, 0xC02F, 0xC014, 0xC013, 0x0035, 0x002F};
        hello.writeShort(2 * suites.length);
        for (int suite : suites) {
            hello.writeShort(suite);
        }
        hello.write(new byte[]{1, 0});
        var extensions = new byte[]{
                // supported_groups: secp256r1
                0, 10, 0, 4, 0, 2, 0, 23,
                // ec_point_formats: uncompressed
                0, 11, 0, 2, 1, 0,
                // signature_algorithms: rsa_pss_rsae_sha256, rsa_pkcs1_sha256
                0, 13, 0, 6, 0, 4, 8, 4, 4, 1};
        hello.writeShort(extensions.length);
        hello.write(extensions);
        var sent = new ByteArrayOutputStream();
        var record = new DataOutputStream(sent);
        record.writeByte(HANDSHAKE);
        record.writeShort(0x0301);
        record.writeShort(body.size() + 4);
        record.writeByte(1);
        record.writeByte(0);
        record.writeShort(body.size());
        body.writeTo(record);
        return sent.toByteArray();
    }
}
