package nl.ketenpoort.acceptancetests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.Region;
import nl.ketenpoort.partnerclient.attack.RawSoap;

/** What a case refuses, and what a MessageID refuses. */
@ExtendWith(RunningRegion.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CaseRefusalsIT {

    private static final Pattern CASE = Pattern.compile("\\s*<kp:casus>[^<]*</kp:casus>");

    private final Chain chain;
    private final Line line;
    private final Ledger ledger;
    private final String caseId;

    CaseRefusalsIT(Region region) {
        this.chain = new Chain(region);
        this.line = new Line(region);
        this.ledger = new Ledger(region);
        this.caseId = chain.openCase();
    }

    private String report(String inCase) {
        return Marks.instead(Examples.accepted("overtredingsmelding", "politie-bij-de-woning", inCase));
    }

    private Answered sent(Partner sender, String request) {
        return line.send(sender, line.message(sender, request));
    }

    @Test
    void aCaseThatDoesNotExistIsRefused() {
        sent(Partner.POLITIE, report(UUID.randomUUID().toString())).isRefusedSealed("KP-6101", "0002").relatingToIt();
    }

    /** GGZ is registered, and has no part in this case. */
    @Test
    void whoHasNoPartInACaseDoesNotLearnThatItExists() {
        var ofOthers = sent(Partner.GGZ, report(caseId)).isRefusedSealed("KP-6101", "0002").relatingToIt();
        var ofNobody = sent(Partner.GGZ, report(UUID.randomUUID().toString())).isRefusedSealed("KP-6101", "0002")
                .relatingToIt();

        assertThat(ofOthers.comparable()).isEqualTo(ofNobody.comparable());
    }

    @Test
    void aTypeThatOpensNoCaseNeedsOne() {
        sent(Partner.POLITIE, CASE.matcher(report(caseId)).replaceFirst("")).isRefusedSealed("KP-6104", "0004");
    }

    @Test
    void aDecisionOpensOneCaseOnly() {
        var opening = Marks.instead(Examples.opening());
        sent(Partner.GEMEENTE, opening).isAccepted();

        sent(Partner.GEMEENTE, opening).isRefusedSealed("KP-6102", "0002").relatingToIt();
    }

    @Test
    void aMunicipalityWithoutARouteOpensNoCase() {
        sent(Partner.GEMEENTE, Marks.instead(Examples.opening()).replace("<gemeente>0363<", "<gemeente>0014<"))
                .isRefusedSealed("KP-6105", "0002");
    }

    @Test
    void inAClosedCaseNothingGoesOnThatKeepsNobodySafe() {
        var closed = chain.openCase();
        var closing = chain.send(Partner.BLIJF_ACHTERBLIJVER,
                Examples.accepted("afsluitbericht", "casus-gesloten-regie-bij-gi", closed));
        assertThat(closing.outcome()).as(closing.toString()).isEqualTo("RECEIPT");

        sent(Partner.VEILIG_THUIS,
                Marks.instead(Examples.accepted("overdracht", "crisis-gezin-met-jong-kind", closed)))
                .isRefusedSealed("KP-6103", "0002").relatingToIt();
    }

    /** With one receiver too many, and all or nothing asked: it had closed the case and given regie away, but for that. */
    @Test
    void aClosingThatIsRefusedClosesNothing() {
        var open = chain.openCase();
        var closing = Marks.instead(Examples.accepted("afsluitbericht", "casus-gesloten-regie-bij-gi", open));
        var phase = phaseOf(open);

        sent(Partner.BLIJF_ACHTERBLIJVER, closing.replace("<kp:ontvangers>",
                "<kp:ontvangers allesOfNiets=\"true\"><kp:ontvanger><kp:oin>" + Partner.GGZ.oin()
                        + "</kp:oin><kp:functie>GGZ</kp:functie><kp:doel>AFSLUITING</kp:doel></kp:ontvanger>"))
                .isRefusedSealed("KP-5115", "0002").relatingToIt();
        assertThat(phaseOf(open)).isEqualTo(phase).isNotEqualTo("AFGESLOTEN");

        sent(Partner.BLIJF_ACHTERBLIJVER, closing).isAccepted();
        assertThat(phaseOf(open)).isEqualTo("AFGESLOTEN");
    }

    private String phaseOf(String inCase) {
        return ledger.rows("SELECT phase FROM ketenpoort.case_file WHERE id::text = ?", inCase).getFirst()
                .get("phase");
    }

    /** The one exception: a violation in a closed case is heard by whoever held regie last and by Veilig Thuis. */
    @Test
    void inAClosedCaseWhatKeepsSomebodySafeStillArrivesWithAnAlarm() {
        var closed = chain.openCase();
        var closing = chain.send(Partner.BLIJF_ACHTERBLIJVER,
                Examples.accepted("afsluitbericht", "casus-gesloten-regie-bij-gi", closed));
        assertThat(closing.outcome()).as(closing.toString()).isEqualTo("RECEIPT");

        var violation = chain.send(Partner.POLITIE,
                Examples.accepted("overtredingsmelding", "politie-bij-de-woning", closed));

        assertThat(violation.outcome()).as(violation.toString()).isEqualTo("RECEIPT");
        chain.awaitReceived(Partner.JEUGDBESCHERMING, violation.messageId());
        chain.awaitReceived(Partner.VEILIG_THUIS, violation.messageId());
        assertThat(ledger.receiversOf(violation.messageId())).containsExactlyInAnyOrder(
                Ledger.receiver(Partner.JEUGDBESCHERMING), Ledger.receiver(Partner.VEILIG_THUIS));
        assertThat(chain.received(Partner.OM, violation.messageId())).isEmpty();
        assertThat(ledger.rows("SELECT facts ->> 'alarm' AS alarm FROM ketenpoort.audit_record"
                + " WHERE kind = 'ALARM' AND message_id = ?", violation.messageId())).singleElement()
                .satisfies(alarm -> assertThat(alarm).containsEntry("alarm", "SAFETY_EFFECT_IN_CLOSED_CASE"));
    }

    /** A message that keeps the law by its own times, and would stretch the ban that the case has. */
    @Test
    void anExtensionIsHeldAgainstTheStartOfTheBanOfItsCase() {
        var extended = chain.openCase();
        sent(Partner.GEMEENTE, decision("verlenging-tot-28-dagen", extended).replaceFirst("<ingang>[^<]*",
                "<ingang>2026-11-19T23:10:00+01:00").replaceFirst("<einde>[^<]*", "<einde>2026-12-17T23:10:00+01:00"))
                .isRefusedSealed("KP-3304", "0004").relatingToIt();
        assertThat(banOf(extended)).isEqualTo("2026-11-09 22:10:00 to 2026-11-19 22:10:00");

        sent(Partner.GEMEENTE, decision("verlenging-tot-28-dagen", extended)).isAccepted();
        sent(Partner.GEMEENTE, decision("verlenging-tot-28-dagen", extended).replaceFirst("<ingang>[^<]*",
                "<ingang>2026-12-07T23:10:00+01:00").replaceFirst("<einde>[^<]*", "<einde>2026-12-17T23:10:00+01:00"))
                .isRefusedSealed("KP-3304", "0004").relatingToIt();
        assertThat(banOf(extended)).isEqualTo("2026-11-09 22:10:00 to 2026-12-07 22:10:00");
    }

    @Test
    void aWithdrawalMakesNoBanLonger() {
        var withdrawn = chain.openCase();
        sent(Partner.GEMEENTE, decision("intrekking-met-spoed", withdrawn).replaceFirst("<ingang>[^<]*</ingang>", "")
                .replaceFirst("<einde>[^<]*", "<einde>2026-11-25T12:00:00+01:00"))
                .isRefusedSealed("KP-3304", "0004").relatingToIt();

        sent(Partner.GEMEENTE, decision("intrekking-met-spoed", withdrawn)).isAccepted();
        assertThat(banOf(withdrawn)).isEqualTo("2026-11-09 22:10:00 to 2026-11-16 11:00:00");
    }

    private static String decision(String example, String inCase) {
        return Marks.instead(Examples.accepted("thv-besluit", example, inCase));
    }

    private String banOf(String inCase) {
        var row = ledger.rows("SELECT ban_start AT TIME ZONE 'UTC' AS since, ban_end AT TIME ZONE 'UTC' AS until"
                + " FROM ketenpoort.case_file WHERE id::text = ?", inCase).getFirst();
        return row.get("since") + " to " + row.get("until");
    }

    /** Nothing in it speaks of a child, so that in an open case Veilig Thuis would not get it. */
    @Test
    void theEndOfABanReachesVeiligThuisInAClosedCaseAndTheCaseStaysClosed() {
        var closed = chain.openCase();
        var closing = chain.send(Partner.BLIJF_ACHTERBLIJVER,
                Examples.accepted("afsluitbericht", "casus-gesloten-regie-bij-gi", closed));
        assertThat(closing.outcome()).as(closing.toString()).isEqualTo("RECEIPT");

        var ending = chain.send(Partner.GEMEENTE, Examples.accepted("thv-besluit", "intrekking-met-spoed", closed)
                .replaceFirst("<kp:persoon id=\"kind1\"[^>]*/>", "")
                .replaceFirst("(?s)<contactverbod betreft=\"kind1\">.*?</contactverbod>", "")
                .replaceFirst("(?s)<kind betreft=\"kind1\">.*?</kind>", ""));

        assertThat(ending.outcome()).as(ending.toString()).isEqualTo("RECEIPT");
        chain.awaitReceived(Partner.VEILIG_THUIS, ending.messageId());
        chain.awaitReceived(Partner.JEUGDBESCHERMING, ending.messageId());
        assertThat(ledger.receiversOf(ending.messageId())).containsExactlyInAnyOrder(
                Ledger.receiver(Partner.JEUGDBESCHERMING), Ledger.receiver(Partner.VEILIG_THUIS));
        assertThat(chain.received(Partner.POLITIE, ending.messageId())).isEmpty();
        assertThat(ledger.rows("SELECT facts ->> 'alarm' AS alarm FROM ketenpoort.audit_record"
                + " WHERE kind = 'ALARM' AND message_id = ?", ending.messageId())).singleElement()
                .satisfies(alarm -> assertThat(alarm).containsEntry("alarm", "SAFETY_EFFECT_IN_CLOSED_CASE"));
        assertThat(ledger.number("SELECT count(*) FROM ketenpoort.case_file WHERE phase = 'AFGESLOTEN'"
                + " AND closed_at IS NOT NULL AND id::text = ?", closed)).isEqualTo(1);
        sent(Partner.VEILIG_THUIS,
                Marks.instead(Examples.accepted("overdracht", "crisis-gezin-met-jong-kind", closed)))
                .isRefusedSealed("KP-6103", "0002");
    }

    @Test
    void whoNamesHimselfMayorOpensNoCase() {
        var opening = Marks.instead(Examples.opening()).replaceFirst("<deelnemer>",
                "<deelnemer><functie>BURGEMEESTER</functie><oin>" + Partner.JEUGDBESCHERMING.oin()
                        + "</oin></deelnemer>$0");

        sent(Partner.JEUGDBESCHERMING, opening).isRefusedSealed("KP-5103", "0002").relatingToIt();
    }

    @Test
    void aParticipantWhoIsNotRegisteredOpensNoCase() {
        for (var oin : List.of("00000099000000099000", Partner.POLITIE.oin())) {
            var opening = Marks.instead(Examples.opening()).replaceAll("(?s)<deelnemer>.*?</deelnemer>",
                    "<deelnemer><functie>GI</functie><oin>" + oin + "</oin></deelnemer>");
            sent(Partner.GEMEENTE, opening).isRefusedSealed("KP-6106", "0002").relatingToIt();
        }
    }

    @Test
    void helpIsNotNamedByADecision() {
        var opening = Marks.instead(Examples.opening()).replaceAll("(?s)<deelnemer>.*?</deelnemer>",
                "<deelnemer><functie>GGZ</functie><oin>" + Partner.GGZ.oin() + "</oin></deelnemer>");
        sent(Partner.GEMEENTE, opening).isRefusedSealed("KP-6107", "0002").relatingToIt();
    }

    @Test
    void aPersonInARoleThatDoesNotExistOpensNoCase() {
        var opening = Marks.instead(Examples.opening()).replaceAll("rol=\"MINDERJARIGE\"", "rol=\"KIND\"");
        assertThat(opening).contains("rol=\"KIND\"");
        var refused = sent(Partner.GEMEENTE, opening).isRefusedSealed("KP-3201", "0004").relatingToIt();
        assertThat(refused.text()).contains("[envelop/betrokkenen/persoon/@rol]");
    }

    @Test
    void aPersonWhoIsNotInTheCaseIsRefused() {
        sent(Partner.POLITIE, report(caseId).replace("kind1", "kind7")).isRefusedSealed("KP-3308", "0004");
    }

    @Test
    void aPersonInAnotherRoleThanThatOfTheCaseIsRefused() {
        sent(Partner.POLITIE, report(caseId).replace("id=\"ab1\" rol=\"ACHTERBLIJVER\"",
                "id=\"ab1\" rol=\"NETWERKPERSOON\"")).isRefusedSealed("KP-3308", "0004");
    }

    @Test
    void aReferenceToAMessageOfAnotherCaseIsRefused() {
        var elsewhere = chain.send(Partner.POLITIE, report(chain.openCase()));
        assertThat(elsewhere.outcome()).as(elsewhere.toString()).isEqualTo("RECEIPT");

        sent(Partner.POLITIE, Marks.instead(Examples.accepted("overtreding-opvolging", "aanhouding", caseId))
                .replaceFirst("<kp:verwijzing>[^<]*", "<kp:verwijzing>" + elsewhere.messageId()))
                .isRefusedSealed("KP-3401", "0004").relatingToIt();
    }

    @Test
    void aMessageThatAnswersNothingIsRefusedWhereItsTypeAlwaysAnswers() {
        sent(Partner.POLITIE, Marks.instead(Examples.accepted("overtreding-opvolging", "aanhouding", caseId))
                .replaceFirst("<kp:verwijzing>[^<]*</kp:verwijzing>", "")).isRefusedSealed("KP-3402", "0004");
    }

    @Test
    void aMessageIdUsedAgainWithOtherContentIsRefusedAndTheFirstMessageStays() {
        var first = report(caseId);
        var soap = line.message(Partner.POLITIE, first);
        var accepted = line.send(Partner.POLITIE, soap).isAccepted();

        line.send(Partner.POLITIE, line.message(Partner.POLITIE, report(caseId)).messageId(soap.messageId()))
                .isRefusedSealed("KP-4101", "0007").relatingToIt();

        var again = line.send(Partner.POLITIE, line.message(Partner.POLITIE, first).messageId(soap.messageId()))
                .isAccepted();
        assertThat(receiptOf(again)).isEqualTo(receiptOf(accepted));
    }

    private static String receiptOf(Answered answered) {
        return Answered.text(answered.answer().payload());
    }

    @Test
    void aMessageIdThatWasRefusedMayBeUsedAgain() {
        var soap = line.message(Partner.POLITIE, report(caseId).replace("TOEZICHT_NALEVING", "CRISISHULP"));
        line.send(Partner.POLITIE, soap).isRefusedSealed("KP-5102", "0002");

        line.send(Partner.POLITIE, line.message(Partner.POLITIE, report(caseId)).messageId(soap.messageId()))
                .isAccepted();
    }

    @Test
    void theMessageIdOfAnotherPartnerIsNotInTheWay() {
        RawSoap soap = line.message(Partner.POLITIE, report(caseId));
        line.send(Partner.POLITIE, soap).isAccepted();

        line.send(Partner.VEILIG_THUIS, line.message(Partner.VEILIG_THUIS,
                Marks.instead(Examples.accepted("overdracht", "crisis-gezin-met-jong-kind", caseId)))
                .messageId(soap.messageId())).isAccepted();
    }
}
