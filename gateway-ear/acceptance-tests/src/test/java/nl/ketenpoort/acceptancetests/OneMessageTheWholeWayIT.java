package nl.ketenpoort.acceptancetests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.Region;

@ExtendWith(RunningRegion.class)
class OneMessageTheWholeWayIT {

    private final Chain chain;
    private final Ledger ledger;

    OneMessageTheWholeWayIT(Region region) {
        this.chain = new Chain(region);
        this.ledger = new Ledger(region);
    }

    @Test
    void aReportOfThePoliceReachesTheCoordinatorsWithAReceiptForThePolice() {
        var caseId = chain.openCase();

        var sent = chain.send(Partner.POLITIE,
                Examples.accepted("overtredingsmelding", "politie-bij-de-woning", caseId));

        assertThat(sent.outcome()).as(sent.toString()).isEqualTo("RECEIPT");
        chain.awaitReceived(Partner.BLIJF_ACHTERBLIJVER, sent.messageId());
        chain.awaitReceived(Partner.BLIJF_UHG, sent.messageId());
    }

    @Test
    void theSameMessageAgainGetsTheSameReceiptByteForByteAndArrivesOnce() {
        var caseId = chain.openCase();
        var message = Examples.accepted("overtredingsmelding", "politie-bij-de-woning", caseId);

        var first = chain.send(Partner.POLITIE, message);
        var second = chain.sendAgain(Partner.POLITIE, first.messageId(), message);

        assertThat(second.receipt()).isEqualTo(first.receipt());
        chain.awaitReceived(Partner.BLIJF_ACHTERBLIJVER, first.messageId());
        assertThat(ledger.receiversOf(first.messageId())).contains(Ledger.receiver(Partner.BLIJF_ACHTERBLIJVER))
                .doesNotHaveDuplicates();
        assertThat(chain.received(Partner.BLIJF_ACHTERBLIJVER, first.messageId())).hasSize(1);
    }
}
