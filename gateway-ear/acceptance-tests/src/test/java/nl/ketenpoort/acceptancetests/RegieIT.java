package nl.ketenpoort.acceptancetests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.Region;

/** The eleventh message type was added by data alone; this is the only Java that names it. */
@ExtendWith(RunningRegion.class)
class RegieIT {

    private final Chain chain;

    RegieIT(Region region) {
        this.chain = new Chain(region);
    }

    @Test
    void whoTakesOverRegieHoldsItInTheCaseFromThenOn() {
        var caseId = chain.openCase();
        var before = chain.send(Partner.OM, releaseToWhoHoldsRegie(caseId));
        chain.awaitReceived(Partner.BLIJF_ACHTERBLIJVER, before.messageId());

        var taken = chain.send(Partner.JEUGDBESCHERMING,
                Examples.accepted("regie-overname", "gezinsmanager-neemt-over", caseId));

        assertThat(taken.outcome()).as(taken.toString()).isEqualTo("RECEIPT");
        chain.awaitReceived(Partner.BLIJF_ACHTERBLIJVER, taken.messageId());
        chain.awaitReceived(Partner.BLIJF_UHG, taken.messageId());
        var after = chain.send(Partner.OM, releaseToWhoHoldsRegie(caseId));
        chain.awaitReceived(Partner.JEUGDBESCHERMING, after.messageId());
        assertThat(chain.received(Partner.BLIJF_ACHTERBLIJVER, after.messageId())).isEmpty();
    }

    @Test
    void aCaseThatClosesWhileVeiligThuisIsDownStillTellsIt() {
        var caseId = chain.openCase();
        chain.down(Partner.VEILIG_THUIS);
        try {
            var closing = chain.send(Partner.BLIJF_ACHTERBLIJVER,
                    Examples.accepted("afsluitbericht", "casus-gesloten-regie-bij-gi", caseId));
            assertThat(closing.outcome()).as(closing.toString()).isEqualTo("RECEIPT");
            var late = chain.send(Partner.POLITIE,
                    Examples.accepted("overtreding-opvolging", "aanhouding", caseId));
            assertThat(late.outcome()).isEqualTo("REFUSED");

            chain.up(Partner.VEILIG_THUIS);

            chain.awaitReceived(Partner.VEILIG_THUIS, closing.messageId());
        } finally {
            chain.up(Partner.VEILIG_THUIS);
        }
    }

    private static String releaseToWhoHoldsRegie(String caseId) {
        return Examples.addressed(Examples.accepted("strafzaak-status", "om-kondigt-vrijlating-aan", caseId),
                "REGIEHOUDER", "AFSTEMMING_STRAF_ZORG");
    }
}
