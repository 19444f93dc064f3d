package nl.ketenpoort.acceptancetests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.Region;
import nl.ketenpoort.localstack.certificates.PartnerCertificates;

/**
 * Two coordinators of one organisation, each with a mailbox and a certificate of her own: the OIN opens neither
 * (decision 0016).
 */
@ExtendWith(RunningRegion.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailboxOfAFunctionIT {

    private static final String HER_FUNCTION = "ZC_ACHTERBLIJVER";
    private static final String HER_PLACE = "<plaats>";

    private final Region region;
    private final Chain chain;
    private final Line line;
    private final Asking asking;
    private final Ledger ledger;

    MailboxOfAFunctionIT(Region region) {
        this.region = region;
        this.chain = new Chain(region);
        this.line = new Line(region);
        this.asking = new Asking(line);
        this.ledger = new Ledger(region);
    }

    @BeforeAll
    void theyFetch() {
        new Register(region).mailboxOfEach(region.stack().certificates(), Partner.BLIJF_ACHTERBLIJVER,
                Partner.BLIJF_UHG);
    }

    /** As it was for all other tests: delivered by push. */
    @AfterAll
    void theyAreCalledAgain() {
        region.withAllAgreements();
        var messageId = handedOver();
        chain.awaitReceived(Partner.BLIJF_ACHTERBLIJVER, messageId);
        chain.awaitReceived(Partner.BLIJF_UHG, messageId);
    }

    private String handedOver() {
        var sent = chain.send(Partner.VEILIG_THUIS,
                Examples.accepted("overdracht", "crisis-gezin-met-jong-kind", chain.openCase()));
        assertThat(sent.outcome()).as(sent.toString()).isEqualTo("RECEIPT");
        assertThat(ledger.receiversOf(sent.messageId())).contains(Ledger.receiver(Partner.BLIJF_ACHTERBLIJVER),
                Ledger.receiver(Partner.BLIJF_UHG));
        return sent.messageId();
    }

    private String stateOfHers(String messageId) {
        return ledger.rows("SELECT state FROM ketenpoort.delivery WHERE message_id = ? AND function = ?", messageId,
                HER_FUNCTION).getFirst().get("state");
    }

    private Answered fetching(PartnerCertificates by, String content) {
        return asking.asked(by, "ophalen", content);
    }

    private static List<String> functionsIn(Answered fetched) {
        return Asking.deliveries(fetched).stream().map(found -> Asking.text(found.element(), "functie")).distinct()
                .toList();
    }

    @Test
    void hisCoordinatorDoesNotOpenHerMailboxAndGetsNothingOfHers() {
        var messageId = handedOver();
        var his = line.keysOf(Partner.BLIJF_UHG);

        fetching(his, Asking.element("functie", HER_FUNCTION)).isRefusedSealed("KP-6205", "0002").relatingToIt();
        assertThat(stateOfHers(messageId)).isEqualTo("MAILBOX");

        var all = fetching(his, Asking.element("maximum", "50")).isAccepted();
        assertThat(functionsIn(all)).containsExactly("ZC_UHG");
        assertThat(Asking.deliveries(all)).extracting(Asking.InMailbox::messageId).contains(messageId);
        assertThat(stateOfHers(messageId)).isEqualTo("MAILBOX");

        var hers = Asking.deliveries(fetching(line.keysOf(Partner.BLIJF_ACHTERBLIJVER),
                Asking.element("functie", HER_FUNCTION) + Asking.element("maximum", "50")).isAccepted()).stream()
                .filter(found -> found.messageId().equals(messageId)).toList();
        assertThat(hers).singleElement()
                .satisfies(found -> assertThat(Answered.text(found.element())).contains(HER_PLACE));
        asking.asked(his, "bevestigen", hers.getFirst().toConfirm()).isRefusedSealed("KP-6203", "0002").relatingToIt();
        assertThat(stateOfHers(messageId)).isEqualTo("DISCLOSED");
    }

    /** Of the same organisation, and of the same authority: after a renewal that nobody registered, for one. */
    @Test
    void aCertificateThatOpensNoMailboxIsToldSoInsteadOfThatNothingWaits() {
        var messageId = handedOver();
        var renewed = line.keysOf(Partner.BLIJF_ACHTERBLIJVER.oin(), Partner.BLIJF_ACHTERBLIJVER.organisation());

        fetching(renewed, "").isRefusedSealed("KP-6205", "0002").relatingToIt();
        fetching(renewed, Asking.element("functie", HER_FUNCTION)).isRefusedSealed("KP-6205", "0002").relatingToIt();

        assertThat(stateOfHers(messageId)).isEqualTo("MAILBOX");
    }
}
