package nl.ketenpoort.acceptancetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.function.Predicate;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.Region;
import nl.ketenpoort.partnerclient.attack.RawAnswer;
import nl.ketenpoort.partnerclient.attack.RawSoap;

/**
 * What the gateway cannot check or keep, it refuses, and says that it is for a while (Digikoppeling 0051). In a region of
 * its own, because everybody in it is refused meanwhile.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutageIT {

    private final Region region;
    private final Chain chain;
    private final Line line;
    private final Ledger ledger;
    private final String caseId;

    OutageIT() throws IOException {
        this.region = Region.in(Files.createTempDirectory(Files.createDirectories(Path.of("target", "regions")),
                "outage-").toAbsolutePath()).withAllAgreements().start();
        this.chain = new Chain(region);
        this.line = new Line(region);
        this.ledger = new Ledger(region);
        this.caseId = chain.openCase();
    }

    @AfterAll
    void end() {
        region.close();
    }

    private String report() {
        return Marks.instead(Examples.accepted("overtredingsmelding", "politie-bij-de-woning", caseId));
    }

    private record Got(int status, RawAnswer answer) {

        String code() {
            return answer.foutCode().orElse("");
        }
    }

    /** The answer, without a look at the database. */
    private Got post(RawSoap soap) throws IOException {
        try (var http = line.http(Line.raw(line.keysOf(Partner.POLITIE).tls()))) {
            var answer = http.post(soap);
            return new Got(answer.status(),
                    RawAnswer.open(answer.body(), Line.raw(line.keysOf(Partner.POLITIE).sign())));
        }
    }

    private void isUnavailable(Got got, boolean sealed) {
        assertThat(got.code()).isEqualTo("KP-9051");
        assertThat(got.answer().digikoppelingCode()).contains("0051");
        assertThat(got.status()).isEqualTo(500);
        assertThat(got.answer().signer()).contains(region.stack().certificates().gatewaySign().certificate());
        assertThat(got.answer().encrypted()).isEqualTo(sealed);
        assertThat(Answered.text(got.answer().payload())).contains("soap:Server");
        assertThat(Marks.in(Answered.text(got.answer().envelope()))).isEmpty();
    }

    @Test
    void withoutItsDatabaseTheGatewayAcceptsNothingAndAfterwardsTheSameMessageOnce() throws IOException {
        var request = report();
        var soap = line.message(Partner.POLITIE, request);
        var before = ledger.standing();

        region.stack().database().kill();
        try {
            isUnavailable(post(soap), true);
            // While nothing can be recorded the log is all there is.
            assertThat(ledger.loggedSince(before)).contains("a message was answered with 0051");
            assertThat(Marks.in(ledger.loggedSince(before))).as("content in the log").isEmpty();
        } finally {
            region.stack().database().start();
        }

        assertThat(ledger.standing().rows()).as("what was refused changed nothing").isEqualTo(before.rows());
        assertThat(ledger.number("SELECT count(*) FROM ketenpoort.message WHERE message_id = ?", soap.messageId()))
                .isZero();
        Chain.await("the same message is accepted",
                () -> post(line.message(Partner.POLITIE, request).messageId(soap.messageId())).status() == 200);
        chain.awaitReceived(Partner.OM, soap.messageId());
        assertThat(ledger.number("SELECT count(*) FROM ketenpoort.message WHERE message_id = ?", soap.messageId()))
                .isOne();
        assertThat(ledger.receiversOf(soap.messageId())).contains(Ledger.receiver(Partner.OM)).doesNotHaveDuplicates();
        assertThat(chain.received(Partner.OM, soap.messageId())).hasSize(1);
        assertThat(awaitLateRecord(before, record -> record.messageId().filter(soap.messageId()::equals).isPresent()))
                .as("that it was refused at first is recorded once that can be").satisfies(record -> {
                    assertThat(record.kind()).isEqualTo("REFUSED");
                    assertThat(record.sender()).contains(Partner.POLITIE.oin());
                });
    }

    /** Message, audit record and deliveries are one transaction: without its record, a message is not accepted at all. */
    @Test
    void withoutItsAuditRecordsTheGatewayAcceptsNothingAndAfterwardsTheSameMessageOnce() throws IOException {
        var request = report();
        var soap = line.message(Partner.POLITIE, request);
        var before = ledger.standing();

        asOwner("REVOKE INSERT ON ketenpoort.audit_record FROM ketenpoort_server");
        try {
            var got = post(soap);
            assertThat(got.code()).isEqualTo("KP-9099");
            assertThat(got.answer().digikoppelingCode()).contains("0051");
            assertThat(got.status()).isEqualTo(500);
            assertThat(got.answer().encrypted()).isTrue();
            assertThat(Marks.in(Answered.text(got.answer().envelope()))).isEmpty();
            assertThat(Marks.in(ledger.loggedSince(before))).as("content in the log").isEmpty();
            assertThat(ledger.standing().rows()).as("what was refused changed nothing").isEqualTo(before.rows());
        } finally {
            asOwner("GRANT INSERT ON ketenpoort.audit_record TO ketenpoort_server");
        }

        line.send(Partner.POLITIE, line.message(Partner.POLITIE, request).messageId(soap.messageId())).isAccepted();
        chain.awaitReceived(Partner.OM, soap.messageId());
        assertThat(ledger.number("SELECT count(*) FROM ketenpoort.message WHERE message_id = ?", soap.messageId()))
                .isOne();
        assertThat(ledger.receiversOf(soap.messageId())).contains(Ledger.receiver(Partner.OM)).doesNotHaveDuplicates();
        assertThat(awaitLateRecord("KP-9099", before,
                record -> record.messageId().filter(soap.messageId()::equals).isPresent())).satisfies(record -> {
                    assertThat(record.kind()).isEqualTo("REFUSED");
                    assertThat(record.sender()).contains(Partner.POLITIE.oin());
                });
    }

    private void asOwner(String sql) {
        var database = region.stack().database();
        try (var connection = database.dataSource(database.owner()).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    @Test
    void aRefusalThatCannotBeRecordedIsNoRefusalButAnOutage() throws IOException {
        var before = ledger.standing();
        region.stack().database().kill();
        try {
            isUnavailable(post(line.message(Partner.POLITIE, report()).unsigned()), false);
        } finally {
            region.stack().database().start();
        }
        awaitAcceptance();
        assertThat(awaitLateRecord(before, record -> record.kind().equals("SECURITY"))).satisfies(record -> {
            assertThat(record.sender()).as("nobody was proven to have sent it").isEmpty();
            assertThat(record.tlsParty()).contains(Partner.POLITIE.oin());
            assertThat(record.row()).as("what it would have been refused for").contains("KP-2001");
        });
    }

    private Ledger.Entry awaitLateRecord(Ledger.Standing before, Predicate<Ledger.Entry> of) {
        return awaitLateRecord("KP-9051", before, of);
    }

    private Ledger.Entry awaitLateRecord(String code, Ledger.Standing before, Predicate<Ledger.Entry> of) {
        Chain.await("a record of what was refused meanwhile",
                () -> ledger.lateRefusalsSince(before).stream().anyMatch(of));
        var record = ledger.lateRefusalsSince(before).stream().filter(of).findFirst().orElseThrow();
        assertThat(record.code()).isEqualTo(code);
        assertThat(Marks.in(record.row())).as("content in the record").isEmpty();
        return record;
    }

    @Test
    void aSignatureIsRefusedWhileTheRevocationListIsTooOld() throws IOException {
        region.stack().certificates().publishOutdatedRevocationLists();
        try {
            line.send(Partner.POLITIE, line.message(Partner.POLITIE, report())).isRefusedInClear("KP-2011", "0051")
                    .relatingToIt();
        } finally {
            region.stack().certificates().publishRevocationLists();
        }
        awaitAcceptance();
    }

    /** On a connection from before it was gone: nobody gets a new one. */
    @Test
    void aSignatureIsRefusedWhileTheRevocationListIsMissing() throws IOException {
        try (var http = line.http(Line.raw(line.keysOf(Partner.POLITIE).tls()))) {
            assertThat(http.post(line.message(Partner.POLITIE, report())).status()).isEqualTo(200);
            Files.delete(region.stack().certificates().revocationListFile("issuing"));
            line.send(http, Partner.POLITIE, line.message(Partner.POLITIE, report()))
                    .isRefusedInClear("KP-2011", "0051").relatingToIt();
        } finally {
            region.stack().certificates().publishRevocationLists();
        }
        awaitAcceptance();
    }

    /** The listener has a copy of its own, read again when the operator says so (deploy/wildfly/20-tls.cli). */
    @Test
    void nobodyConnectsWhileTheListOfTheListenerIsTooOldOrOnlyThatOfAnotherAuthority() throws IOException {
        var certificates = region.stack().certificates();
        try {
            certificates.publishOutdatedRevocationLists();
            nobodyConnectsNow();
            certificates.publishRevocationLists();
            Files.copy(certificates.revocationListFile("root"), certificates.revocationListFile("issuing"),
                    StandardCopyOption.REPLACE_EXISTING);
            nobodyConnectsNow();
        } finally {
            certificates.publishRevocationLists();
            region.stack().server().readRevocationListsAgain();
        }
        awaitAcceptance();
    }

    /** What the listener read before does not count any more, whether or not it was told to read again. */
    @Test
    void nobodyConnectsWhileTheListOfTheListenerIsMissing() throws IOException {
        var certificates = region.stack().certificates();
        var server = region.stack().server();
        Files.delete(certificates.revocationListFile("issuing"));
        try {
            nobodyConnects();
            assertThatThrownBy(server::readRevocationListsAgain).as("the operator is told")
                    .isInstanceOf(IllegalStateException.class);
            nobodyConnects();
        } finally {
            certificates.publishRevocationLists();
            server.readRevocationListsAgain();
        }
        awaitAcceptance();
    }

    private void nobodyConnectsNow() {
        region.stack().server().readRevocationListsAgain();
        nobodyConnects();
    }

    private void nobodyConnects() {
        assertThatThrownBy(() -> post(line.message(Partner.POLITIE, report()))).isInstanceOf(IOException.class)
                .isNotInstanceOfAny(ConnectException.class, HttpTimeoutException.class);
    }

    private void awaitAcceptance() {
        Chain.await("messages are accepted again",
                () -> post(line.message(Partner.POLITIE, report())).status() == 200);
    }
}
