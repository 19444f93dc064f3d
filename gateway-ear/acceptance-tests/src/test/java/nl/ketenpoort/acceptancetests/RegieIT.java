package nl.ketenpoort.acceptancetests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.Region;

/** The eleventh message type was added by data alone; this is the only Java that names it. */
@ExtendWith(RunningRegion.class)
class RegieIT {

    private static final String DISTRICT_TEAM = "00000099000000095000";

    private final Chain chain;
    private final Line line;
    private final Register register;
    private final Ledger ledger;

    RegieIT(Region region) {
        this.ledger = new Ledger(region);
        this.chain = new Chain(region);
        this.line = new Line(region);
        this.register = new Register(region);
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
        assertThat(ledger.receiversOf(after.messageId())).containsExactly(Ledger.receiver(Partner.JEUGDBESCHERMING));
        assertThat(chain.received(Partner.BLIJF_ACHTERBLIJVER, after.messageId())).isEmpty();
    }

    /** Regie is taken when it is taken: until then, what is for its holder is for the one who has it. */
    @Test
    void whoWillTakeOverRegieLaterIsRefusedAndTheHolderKeepsIt() {
        var caseId = chain.openCase();
        var later = Marks.instead(Examples.accepted("regie-overname", "gezinsmanager-neemt-over", caseId))
                .replaceFirst("<sinds>[^<]*", "<sinds>" + Instant.now().plus(Duration.ofDays(1)));

        line.send(Partner.JEUGDBESCHERMING, line.message(Partner.JEUGDBESCHERMING, later))
                .isRefusedSealed("KP-6108", "0004").relatingToIt();

        var release = chain.send(Partner.OM, releaseToWhoHoldsRegie(caseId));
        assertThat(ledger.receiversOf(release.messageId()))
                .containsExactly(Ledger.receiver(Partner.BLIJF_ACHTERBLIJVER));
    }

    /** It came into the case by the handover of one person, and takes over without referring to it. */
    @Test
    void aReleaseReachesTheDistrictTeamThatTookOver() {
        register.organisation(DISTRICT_TEAM, "Fictief wijkteam", true, "WIJKTEAM");
        register.agreement("WJSG_GI", Partner.OM.oin(), DISTRICT_TEAM);
        var team = line.keysOf(DISTRICT_TEAM, "Fictief wijkteam");
        var key = Line.raw(team.sign());
        var caseId = chain.openCase();
        handOverToTheTeam(caseId, "");

        line.send(team, key, line.message(key,
                Examples.accepted("regie-overname", "wijkteam-neemt-over-met-spoed", caseId))).isAccepted();

        var release = chain.send(Partner.OM, releaseToWhoHoldsRegie(caseId));
        assertThat(release.outcome()).as(release.toString()).isEqualTo("RECEIPT");
        var fetched = line.send(team, key, line.request(key, "ophalen", """
                <kp:ophalenVerzoek xmlns:kp="urn:nl:ketenpoort:berichten:v1"><kp:functie>WIJKTEAM</kp:functie>\
                </kp:ophalenVerzoek>""")).isAccepted();
        assertThat(fetched.text()).contains(release.messageId(), "INVRIJHEIDSTELLING_AANGEKONDIGD");
        assertThat(ledger.receiversOf(release.messageId())).containsExactly(DISTRICT_TEAM + " WIJKTEAM");
        assertThat(chain.received(Partner.BLIJF_ACHTERBLIJVER, release.messageId())).isEmpty();
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

    /** Decided with the phase in which it was accepted: by the phase of a closed case it would go nowhere. */
    @Test
    void whatWasAcceptedBeforeTheCaseClosedArrivesAfterwards() {
        var caseId = chain.openCase();
        var handover = chain.send(Partner.VEILIG_THUIS,
                Examples.accepted("overdracht", "crisis-gezin-met-jong-kind", caseId));
        var progress = Examples.accepted("overdracht-voortgang", "geaccepteerd", caseId)
                .replaceFirst("<kp:verwijzing>[^<]*", "<kp:verwijzing>" + handover.messageId());
        chain.down(Partner.VEILIG_THUIS);
        try {
            var before = chain.send(Partner.BLIJF_ACHTERBLIJVER, progress);
            assertThat(before.outcome()).as(before.toString()).isEqualTo("RECEIPT");
            var closing = chain.send(Partner.BLIJF_ACHTERBLIJVER,
                    Examples.accepted("afsluitbericht", "casus-gesloten-regie-bij-gi", caseId));
            assertThat(closing.outcome()).as(closing.toString()).isEqualTo("RECEIPT");
            assertThat(chain.send(Partner.BLIJF_ACHTERBLIJVER, progress).code()).as("the same, sent afterwards")
                    .isEqualTo("KP-6103");
            assertThat(chain.received(Partner.VEILIG_THUIS, before.messageId())).isEmpty();

            chain.up(Partner.VEILIG_THUIS);

            chain.awaitReceived(Partner.VEILIG_THUIS, before.messageId());
            chain.awaitReceived(Partner.VEILIG_THUIS, closing.messageId());
        } finally {
            chain.up(Partner.VEILIG_THUIS);
        }
    }

    /** By one line of the envelope it would be her helper too, and nobody would hear that she has none. */
    @Test
    void aTeamThatHisCoordinatorBroughtInIsNotHersBecauseSheIsNamed() {
        register.organisation(DISTRICT_TEAM, "Fictief wijkteam", true, "WIJKTEAM");
        var team = line.keysOf(DISTRICT_TEAM, "Fictief wijkteam");
        var key = Line.raw(team.sign());
        var caseId = chain.openCase();
        handOverToTheTeam(caseId, "<kp:persoon id=\"ab1\" rol=\"ACHTERBLIJVER\"/>");

        line.send(team, key, line.message(key,
                Examples.accepted("regie-overname", "wijkteam-neemt-over-met-spoed", caseId))).isAccepted();

        assertThat(ledger.rows("SELECT facts ->> 'alarm' AS alarm FROM ketenpoort.audit_record"
                + " WHERE case_id = ? AND kind = 'ALARM'", UUID.fromString(caseId)))
                .extracting(row -> row.get("alarm")).containsExactly("REGIE_WITHOUT_ACHTERBLIJVER");
    }

    private void handOverToTheTeam(String caseId, String naming) {
        chain.consentToHandOver(Partner.BLIJF_UHG, "WIJKTEAM", caseId, "uhg1");
        var handover = chain.send(Partner.BLIJF_UHG, Examples.accepted("overdracht", "warm-aan-ggz-een-persoon", caseId)
                .replaceFirst("<kp:oin>[^<]*</kp:oin><kp:functie>GGZ<",
                        "<kp:oin>" + DISTRICT_TEAM + "</kp:oin><kp:functie>WIJKTEAM<")
                .replace("</kp:betrokkenen>", naming + "</kp:betrokkenen>"));
        assertThat(handover.outcome()).as(handover.toString()).isEqualTo("RECEIPT");
    }

    private static String releaseToWhoHoldsRegie(String caseId) {
        return Examples.addressed(Examples.accepted("strafzaak-status", "om-kondigt-vrijlating-aan", caseId),
                "REGIEHOUDER", "AFSTEMMING_STRAF_ZORG");
    }
}
