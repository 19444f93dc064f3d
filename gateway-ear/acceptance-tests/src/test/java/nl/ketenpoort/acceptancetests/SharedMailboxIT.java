package nl.ketenpoort.acceptancetests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import nl.ketenpoort.acceptancetests.Chain.Sent;
import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.Region;

/**
 * Both coordinators of Blijf Groep behind one mailbox, as a small organisation would have it: what lies there is read by
 * both, so it holds only what both may have (decision 0016). In a region of its own, whose register it changes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedMailboxIT {

    private static final String HER_PLACE = "achterblijver/plaats";
    private static final String HIS_PLACE = "zaak/verblijf";

    private final Region region;
    private final Chain chain;
    private final Ledger ledger;
    private final String caseId;

    SharedMailboxIT() throws IOException {
        this.region = Region.in(Files.createTempDirectory(Files.createDirectories(Path.of("target", "regions")),
                "shared-").toAbsolutePath()).withAllAgreements().start();
        this.chain = new Chain(region);
        this.ledger = new Ledger(region);
        this.caseId = chain.openCase();
    }

    /** Apart, each has the place of whom she serves: else there would be nothing to keep from the other. */
    @BeforeAll
    void apartEachHasThePlaceOfWhomSheServesAndThenTheyShare() {
        var handover = handedOver();
        var outcome = decided();
        assertThat(paths(chain.awaitReceived(Partner.BLIJF_ACHTERBLIJVER, handover.messageId())))
                .anyMatch(path -> path.contains(HER_PLACE));
        assertThat(paths(chain.awaitReceived(Partner.BLIJF_UHG, outcome.messageId())))
                .anyMatch(path -> path.contains(HIS_PLACE));

        new Register(region).sharedMailbox(Partner.BLIJF_ACHTERBLIJVER, Partner.BLIJF_UHG);
    }

    @AfterAll
    void end() {
        region.close();
    }

    private Sent handedOver() {
        return accepted(Partner.VEILIG_THUIS, Examples.accepted("overdracht", "crisis-gezin-met-jong-kind", caseId));
    }

    private Sent decided() {
        return accepted(Partner.OM, Examples.accepted("afdoening-terugkoppeling",
                "voorgenomen-strafbeschikking-met-weging", caseId));
    }

    private Sent accepted(Partner sender, String request) {
        var sent = chain.send(sender, request);
        assertThat(sent.outcome()).as(sent.toString()).isEqualTo("RECEIPT");
        return sent;
    }

    /** Whatever either coordinator's system can read of a message, whomever it is for. */
    private List<String> readByEither(Sent sent) {
        return Stream.of(Partner.BLIJF_ACHTERBLIJVER, Partner.BLIJF_UHG).map(region::partner)
                .flatMap(coordinator -> {
                    coordinator.fetch();
                    return Stream.concat(coordinator.received().stream(), coordinator.journal("misdelivered").stream());
                })
                .filter(entry -> entry.getString("message").equals(sent.messageId()))
                .flatMap(entry -> paths(entry).stream()).toList();
    }

    private static List<String> paths(JsonObject entry) {
        return entry.getJsonArray("paths").getValuesAs(JsonString::getString);
    }

    @Test
    void herPlaceIsNotWhereHisCoordinatorReads() {
        var sent = handedOver();

        assertThat(readByEither(sent)).as("they have what both may have").isNotEmpty()
                .noneMatch(path -> path.contains(HER_PLACE));
        assertThatTheReceiptAndTheRecordSayIt(sent, "ZC_ACHTERBLIJVER", HER_PLACE);
    }

    @Test
    void hisPlaceIsNotWhereHerCoordinatorReads() {
        var sent = decided();

        assertThat(readByEither(sent)).as("they have what both may have").isNotEmpty()
                .noneMatch(path -> path.contains(HIS_PLACE));
        assertThatTheReceiptAndTheRecordSayIt(sent, "ZC_UHG", HIS_PLACE);
    }

    /** What became of her question says whom she asked for help: his coordinator would read it there. */
    @Test
    void whatBecameOfHerQuestionIsNotWhereHisCoordinatorReads() {
        var consent = chain.consentToAskTheGgz(Partner.BLIJF_ACHTERBLIJVER, caseId, "ab1");
        chain.down(Partner.GGZ);
        try {
            var asked = accepted(Partner.BLIJF_ACHTERBLIJVER,
                    Examples.accepted("zorginformatieverzoek", "met-toestemming-aan-ggz", caseId)
                            .replace("ZC_UHG<", "ZC_ACHTERBLIJVER<").replace("uhg1", "ab1")
                            .replace("rol=\"UITHUISGEPLAATSTE\"", "rol=\"ACHTERBLIJVER\""));
            region.partner(Partner.BLIJF_ACHTERBLIJVER).withdrawConsent(caseId, consent);

            Chain.await("somebody is to tell her", () -> {
                assertThat(readByEither(asked)).isEmpty();
                return ledger.rows("SELECT facts ->> 'alarm' AS alarm FROM ketenpoort.audit_record"
                        + " WHERE message_id = ? AND kind = 'ALARM'", asked.messageId()).stream()
                        .anyMatch(row -> row.get("alarm").equals("SENDER_NOT_TOLD"));
            });
            assertThat(readByEither(asked)).isEmpty();
        } finally {
            chain.up(Partner.GGZ);
        }
    }

    /** The one that would have it, had she a mailbox of her own. */
    private void assertThatTheReceiptAndTheRecordSayIt(Sent sent, String function, String place) {
        assertThat(sent.receipt()).as("the sender is told what was left out")
                .contains("<kp:weggelaten>" + place + "/soort</kp:weggelaten>");
        assertThat(ledger.rows("SELECT rulings::text AS rulings FROM ketenpoort.decision WHERE message_id = ?"
                + " AND function = ?", sent.messageId(), function)).singleElement()
                .satisfies(decision -> assertThat(decision.get("rulings")).as("the record says why")
                        .contains("KP-5116"));
    }
}
