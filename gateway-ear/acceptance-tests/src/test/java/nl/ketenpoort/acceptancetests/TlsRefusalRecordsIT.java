package nl.ketenpoort.acceptancetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import nl.ketenpoort.acceptancetests.Ledger.Handshakes;
import nl.ketenpoort.acceptancetests.Ledger.Standing;
import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.Region;
import nl.ketenpoort.localstack.certificates.Flaw;
import nl.ketenpoort.localstack.certificates.KeyFile;
import nl.ketenpoort.partnerclient.attack.RawHttp;

/** Whoever does not get past the handshake is counted and recorded, with the certificate he showed. */
@ExtendWith(RunningRegion.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsRefusalRecordsIT {

    private static final byte[] ANYTHING = "anything".getBytes(StandardCharsets.US_ASCII);

    private final Region region;
    private final Line line;
    private final Ledger ledger;

    TlsRefusalRecordsIT(Region region) {
        this.region = region;
        this.line = new Line(region);
        this.ledger = new Ledger(region);
    }

    /** What tests before this one had refused is recorded no later than what is refused now. */
    @BeforeEach
    void nothingIsWaitingToBeRecorded() {
        refusedAndRecorded(line.keysOf(Partner.GGZ).tls(Flaw.NOT_YET_VALID), "NOT_YET_VALID", "KP-1001");
    }

    @Test
    void aRevokedCertificateIsRecordedWithSerialAndOin() {
        var revoked = line.keysOf(Partner.POLITIE).tls(Flaw.REVOKED);
        region.stack().server().readRevocationListsAgain();

        refusedAndRecorded(revoked, "REVOKED", "KP-1002");
    }

    @ParameterizedTest
    @CsvSource({"EXPIRED,EXPIRED,KP-1001", "NOT_YET_VALID,NOT_YET_VALID,KP-1001",
            "UNKNOWN_AUTHORITY,UNKNOWN_ISSUER,KP-1003"})
    void aFlawedCertificateIsRecordedWithSerialAndOin(Flaw flaw, String why, String code) {
        refusedAndRecorded(line.keysOf(Partner.POLITIE).tls(flaw), why, code);
    }

    @Test
    void whileTheRevocationListIsOutdatedThatIsTheReasonRecorded() {
        region.stack().certificates().publishOutdatedRevocationLists();
        region.stack().server().readRevocationListsAgain();
        try {
            refusedAndRecorded(line.keysOf(Partner.POLITIE).tls(), "REVOCATION_UNKNOWN", "KP-1005");
        } finally {
            region.stack().certificates().publishRevocationLists();
            region.stack().server().readRevocationListsAgain();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"root", "issuing"})
    void whileARevocationListIsMissingThatIsTheReasonRecorded(String authority) throws IOException {
        Files.delete(region.stack().certificates().revocationListFile(authority));
        try {
            refusedAndRecorded(line.keysOf(Partner.POLITIE).tls(), "REVOCATION_UNKNOWN", "KP-1005");
        } finally {
            region.stack().certificates().publishRevocationLists();
            region.stack().server().readRevocationListsAgain();
        }
    }

    @Test
    void whoShowsNoCertificateIsRecorded() {
        var before = ledger.standing();
        try (var http = line.httpWithoutCertificate()) {
            refused(http);
        }

        assertThat(awaitRecord(before, "NO_CERTIFICATE", Optional.empty())).satisfies(record -> {
            assertThat(record.code()).isEqualTo("KP-1006");
            assertThat(record.oin()).isEmpty();
        });
    }

    /** By hand, because the Java of this test speaks no TLS 1.1 any more (RFC 4346 section 7.4.1.2). */
    @Test
    void aClientOfTls11IsRecorded() throws IOException {
        var before = ledger.standing();
        var hello = "0302" + "00".repeat(32) + "00" + "0004c013002f" + "0100";
        int alert = answerTo(HexFormat.of().parseHex("160301" + "%04x".formatted(hello.length() / 2 + 4) + "01"
                + "%06x".formatted(hello.length() / 2) + hello));

        assertThat(alert).as("type of record: alert").isEqualTo(21);
        assertThat(awaitRecord(before, "PROTOCOL", Optional.empty()).code()).isEqualTo("KP-1004");
    }

    @Test
    void aGoodConnectionIsNotRecorded() {
        var before = ledger.standing();
        try (var http = line.http(Line.raw(line.keysOf(Partner.POLITIE).tls()))) {
            http.post(ANYTHING, "", "text/xml; charset=utf-8");
        } catch (IOException broken) {
            throw new AssertionError("a good certificate is let in", broken);
        }
        // What is refused after it is recorded after it, so its record shows that there is none of the good one.
        refusedAndRecorded(line.keysOf(Partner.GGZ).tls(Flaw.EXPIRED), "EXPIRED", "KP-1001");

        var serial = serialIn(line.keysOf(Partner.POLITIE).tls());
        assertThat(ledger.handshakesRefusedSince(before)).extracting(Handshakes::serial)
                .noneMatch(recorded -> recorded.filter(serial::equals).isPresent());
    }

    @Test
    void whatIsRefusedWhileTheDatabaseIsGoneIsRecordedOnceItIsBack() {
        var expired = line.keysOf(Partner.BLIJF_UHG).tls(Flaw.EXPIRED);
        var before = ledger.standing();
        region.stack().database().kill();
        try (var http = line.http(Line.raw(expired))) {
            refused(http);
            Chain.await("a round that could not record",
                    () -> ledger.loggedSince(before).contains("cannot be recorded now"));
        } finally {
            region.stack().database().start();
        }

        awaitRecord(before, "EXPIRED", Optional.of(serialIn(expired)));
        assertThatItWasCounted(1, before, "EXPIRED", expired);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void everyRefusedHandshakeIsCountedOnce(String protocol) {
        var expired = line.keysOf(Partner.JEUGDBESCHERMING).tls(Flaw.EXPIRED);
        var before = ledger.standing();
        for (int i = 0; i < 3; i++) {
            try (var http = line.http(Line.raw(expired), protocol)) {
                refused(http);
            }
        }

        Chain.await("all are recorded", () -> counted(before, "EXPIRED", expired) >= 3);
        assertThatItWasCounted(3, before, "EXPIRED", expired);
    }

    /** What is refused after it is recorded after it, so that nothing more of it can be waiting to be recorded. */
    private void assertThatItWasCounted(long times, Standing before, String why, KeyFile key) {
        var after = ledger.standing();
        var last = line.keysOf(Partner.OM).tls(Flaw.NOT_YET_VALID);
        try (var http = line.http(Line.raw(last))) {
            refused(http);
        }
        awaitRecord(after, "NOT_YET_VALID", Optional.of(serialIn(last)));
        assertThat(counted(before, why, key)).as("handshakes of " + key.path()).isEqualTo(times);
    }

    private long counted(Standing before, String why, KeyFile key) {
        return records(before, why, Optional.of(serialIn(key))).mapToLong(Handshakes::count).sum();
    }

    @Test
    void whatIsNotRecordedYetIsRecordedWhenTheServerStops() {
        var before = ledger.standing();
        var waiting = refusedAndNotYetRecorded(before, Partner.VEILIG_THUIS, Partner.OM, Partner.HUISARTS,
                Partner.GEMEENTE, Partner.BLIJF_ACHTERBLIJVER);
        region.stack().server().stop();
        try {
            assertThat(records(before, "EXPIRED", Optional.of(serialIn(waiting)))).singleElement()
                    .satisfies(record -> assertThat(record.count()).isOne());
        } finally {
            region.stack().server().start();
        }
    }

    /** A round may come between; that it does so after each of these is as good as impossible. */
    private KeyFile refusedAndNotYetRecorded(Standing before, Partner... partners) {
        for (var partner : partners) {
            var expired = line.keysOf(partner).tls(Flaw.EXPIRED);
            try (var http = line.http(Line.raw(expired))) {
                refused(http);
            }
            if (records(before, "EXPIRED", Optional.of(serialIn(expired))).findAny().isEmpty()) {
                return expired;
            }
        }
        throw new AssertionError("every refusal was recorded at once: nothing is left to record when the server stops");
    }

    private void refusedAndRecorded(KeyFile key, String why, String code) {
        var before = ledger.standing();
        try (var http = line.http(Line.raw(key))) {
            refused(http);
        }

        assertThat(awaitRecord(before, why, Optional.of(serialIn(key)))).satisfies(record -> {
            assertThat(record.code()).isEqualTo(code);
            assertThat(record.oin()).isPresent().get().isEqualTo(oinIn(key));
            assertThat(record.sender()).as("whoever shows a certificate need not be its holder").isEmpty();
            assertThat(record.entry()).contains("127.0.0.1");
        });
        assertThat(counted(before, why, key)).as("refused once").isOne();
    }

    private static String serialIn(KeyFile key) {
        return key.certificate().getSerialNumber().toString(16);
    }

    private static String oinIn(KeyFile key) {
        var subject = key.certificate().getSubjectX500Principal().getName("RFC2253",
                Map.of("2.5.4.5", "SERIALNUMBER"));
        return subject.replaceAll(".*SERIALNUMBER=([0-9]{20}).*", "$1");
    }

    private static void refused(RawHttp http) {
        assertThatThrownBy(() -> http.post(ANYTHING, "", "text/xml; charset=utf-8")).isInstanceOf(IOException.class);
    }

    private Handshakes awaitRecord(Standing before, String why, Optional<String> serial) {
        Chain.await("a record of " + why + serial, () -> records(before, why, serial).findFirst().isPresent());
        return records(before, why, serial).findFirst().orElseThrow();
    }

    private Stream<Handshakes> records(Standing before, String why, Optional<String> serial) {
        return ledger.handshakesRefusedSince(before).stream()
                .filter(record -> record.why().equals(why) && record.serial().equals(serial));
    }

    private int answerTo(byte[] said) throws IOException {
        try (var socket = new Socket("localhost", region.stack().server().partnersPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(said);
            return socket.getInputStream().read();
        }
    }
}
