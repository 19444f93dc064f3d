package nl.ketenpoort.acceptance;

import static nl.ketenpoort.acceptance.Region.DECISION;
import static nl.ketenpoort.acceptance.Region.HER;
import static nl.ketenpoort.acceptance.Region.STAYS;
import static nl.ketenpoort.acceptance.Region.SUPERVISION;
import static nl.ketenpoort.messagetype.Trees.leaf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import nl.ketenpoort.acceptance.Outcome.Accepted;
import nl.ketenpoort.acceptance.Outcome.Rejected;
import nl.ketenpoort.casefile.Ban;
import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.casefile.Phase;
import nl.ketenpoort.messagetype.Content.Node;
import nl.ketenpoort.partner.Chain;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;
import nl.ketenpoort.validation.Envelope.NamedPerson;

/** What a decision may say of the ban of its case: its own times against those that the case has. */
class TermOfTheBanTest {

    private static final String START = "2026-10-20T14:00:00+02:00";
    private static final String TEN_DAYS = "2026-10-30T14:00:00+01:00";
    private static final String LAST = "2026-11-17T14:00:00+01:00";

    private final Region region = new Region();
    private CaseId caseId = region.caseId;

    @BeforeEach
    void theBanIsImposed() {
        region.policies.permitEverything();
        var opened = region.send(Letter.from(Chain.POLICE, Chain.POLITIE, Region.OPENING).to(Chain.VEILIG_THUIS,
                SUPERVISION).about(new NamedPerson(HER, STAYS, Optional.empty(), Optional.empty(), Optional.empty()))
                .saying(leaf("kern", "x"), leaf("gemeente", "0363"), leaf("besluit", "THV-9"), leaf("ingang", START),
                        leaf("einde", TEN_DAYS)));
        assertThat(opened).isInstanceOf(Accepted.class);
        caseId = region.receipts.issued().getLast().caseId();
    }

    @Test
    void theCaseKeepsThePeriodOfItsBan() {
        assertThat(ban()).isEqualTo(new Ban(Optional.of(at(START)), Optional.of(at(TEN_DAYS)),
                Optional.of(at(TEN_DAYS))));
    }

    @Test
    void anExtensionEndsAtMost28DaysFromTheStartOfTheCase() {
        assertThat(decided("VERLENGING", ingang(START), einde(LAST))).isInstanceOf(Accepted.class);
        assertThat(ban().end()).contains(at(LAST));
        assertThat(region.cases.read(caseId).orElseThrow().phase()).isEqualTo(Phase.VERLENGD);
        assertRefused("einde", decided("VERLENGING", einde("2026-11-17T14:00:01+01:00")));
        assertThat(ban().end()).as("what was refused changes nothing").contains(at(LAST));
    }

    @Test
    void anExtensionThatNamesALaterStartIsRefused() {
        assertRefused("ingang", decided("VERLENGING", ingang(TEN_DAYS), einde("2026-11-27T14:00:00+01:00")));
        assertThat(ban().start()).contains(at(START));
    }

    @Test
    void aSecondExtensionDoesNotPassTheEndOfTheFirst28Days() {
        decided("VERLENGING", ingang(START), einde("2026-11-06T14:00:00+01:00"));
        assertRefused("einde", decided("VERLENGING", ingang(START), einde("2026-11-24T14:00:00+01:00")));
        assertThat(decided("VERLENGING", ingang(START), einde(LAST))).isInstanceOf(Accepted.class);
    }

    @Test
    void theStartMayBeWrittenInAnotherZone() {
        assertThat(decided("VERLENGING", ingang("2026-10-20T12:00:00Z"), einde(LAST))).isInstanceOf(Accepted.class);
    }

    @Test
    void aWithdrawalEndsTheBanEarlierAndNeverLater() {
        assertRefused("einde", decided("INTREKKING", einde("2026-10-30T14:00:01+01:00")));
        assertThat(decided("INTREKKING", einde("2026-10-25T11:00:00+01:00"))).isInstanceOf(Accepted.class);
        assertThat(ban().end()).contains(at("2026-10-25T11:00:00+01:00"));
        assertRefused("einde", decided("INTREKKING", einde("2026-10-20T13:00:00+02:00")));
    }

    @Test
    void aRulingMayRestoreTheEndThatASuspensionBroughtForward() {
        decided("VERLENGING", einde(LAST));
        decided("SCHORSING", einde("2026-11-02T16:00:00+01:00"));
        assertThat(decided("UITSPRAAK", einde(LAST))).isInstanceOf(Accepted.class);
        assertThat(ban().end()).contains(at(LAST));
    }

    @Test
    void aDecisionWithoutTimesLeavesTheBanAsItIs() {
        var before = ban();
        assertThat(decided("UITSPRAAK")).isInstanceOf(Accepted.class);
        assertThat(ban()).isEqualTo(before);
    }

    @Test
    void whatNobodyMayReceiveChangesNoBan() {
        region.policies.forbid("niets", 5299, true, question -> true);
        assertThat(decided("VERLENGING", einde(LAST))).isInstanceOf(Rejected.class);
        assertThat(ban().end()).contains(at(TEN_DAYS));
    }

    @Test
    void whoMayNotDecideDoesNotLearnFromTheRefusalWhenTheBanBegan() {
        var guess = Letter.from(Chain.BLIJF, Chain.ZC_ACHTERBLIJVER, DECISION).in(caseId)
                .to(Chain.VEILIG_THUIS, SUPERVISION)
                .saying(leaf("kern", "x"), leaf("soort", "VERLENGING"), ingang(TEN_DAYS));
        assertThat(region.send(guess)).isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.refusal())
                .isEqualTo(Refusal.of(Reason.SENDER_FUNCTION_NOT_ALLOWED)));
    }

    @Test
    void aDecisionNotToImposeIsFollowedByTheFirstStartThatIsGiven() {
        caseId = region.caseId;
        assertThat(decided("INTREKKING", einde(LAST))).as("an end of nothing").isInstanceOf(Accepted.class);
        assertThat(ban()).isEqualTo(Ban.NONE);
        assertThat(decided("OPLEGGING", ingang(START), einde(TEN_DAYS))).isInstanceOf(Accepted.class);
        assertThat(ban().start()).contains(at(START));
    }

    private int sent;

    private Outcome decided(String kind, Node... times) {
        var content = new Node[times.length + 2];
        content[0] = leaf("kern", "x");
        content[1] = leaf("soort", kind);
        System.arraycopy(times, 0, content, 2, times.length);
        return region.send(Letter.from(Chain.POLICE, Chain.POLITIE, DECISION).as("besluit-" + sent++).in(caseId)
                .to(Chain.VEILIG_THUIS, SUPERVISION).saying(content));
    }

    private Ban ban() {
        return region.cases.read(caseId).orElseThrow().ban();
    }

    private static Node ingang(String moment) {
        return leaf("ingang", moment);
    }

    private static Node einde(String moment) {
        return leaf("einde", moment);
    }

    private static void assertRefused(String place, Outcome outcome) {
        assertThat(outcome).isInstanceOfSatisfying(Rejected.class, rejected -> assertThat(rejected.refusal())
                .isEqualTo(Refusal.of(Reason.THV_TERM_INVALID).at(place)));
    }

    private static Instant at(String written) {
        return OffsetDateTime.parse(written).toInstant();
    }
}
