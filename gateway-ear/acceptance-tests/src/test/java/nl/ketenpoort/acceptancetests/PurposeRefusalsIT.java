package nl.ketenpoort.acceptancetests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.json.JsonString;
import jakarta.json.JsonValue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.Region;

/** Good messages of good partners that this receiver may not have for this purpose: nothing without a ground. */
@ExtendWith(RunningRegion.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PurposeRefusalsIT {

    private static final String OTHER_GI = "00000099000000061000";
    private static final String OTHER_GGZ = "00000099000000051000";
    private static final Pattern RECEIVERS = Pattern.compile("(<kp:ontvangers[^>]*>).*(</kp:ontvangers>)",
            Pattern.DOTALL);

    private final Chain chain;
    private final Line line;
    private final Register register;
    private final Ledger ledger;
    private final String caseId;

    PurposeRefusalsIT(Region region) {
        this.chain = new Chain(region);
        this.line = new Line(region);
        this.register = new Register(region);
        this.ledger = new Ledger(region);
        this.caseId = chain.openCase();
    }

    private String report() {
        return Marks.instead(Examples.accepted("overtredingsmelding", "politie-bij-de-woning", caseId));
    }

    private Answered sent(Partner sender, String request) {
        return line.send(sender, line.message(sender, request));
    }

    private static String to(String request, String... receivers) {
        return RECEIVERS.matcher(request)
                .replaceFirst("$1" + Matcher.quoteReplacement(String.join("", receivers)) + "$2");
    }

    private static String receiver(String oin, String function, String purpose) {
        return "<kp:ontvanger><kp:oin>" + oin + "</kp:oin><kp:functie>" + function + "</kp:functie><kp:doel>" + purpose
                + "</kp:doel></kp:ontvanger>";
    }

    private static String receiver(Partner receiver, String purpose) {
        return receiver(receiver.oin(), receiver.functions().getFirst(), purpose);
    }

    @Test
    void aPurposeThatDoesNotExistIsRefused() {
        sent(Partner.POLITIE, report().replace("TOEZICHT_NALEVING", "NIEUWSGIERIGHEID"))
                .isRefusedSealed("KP-5101", "0002").relatingToIt();
    }

    @Test
    void aPurposeThatDoesNotBelongToTheTypeIsRefused() {
        sent(Partner.POLITIE, report().replace("TOEZICHT_NALEVING", "CRISISHULP"))
                .isRefusedSealed("KP-5102", "0002").relatingToIt();
    }

    @Test
    void aFunctionThatMayNotSendTheTypeIsRefused() {
        sent(Partner.OM, report().replace("<kp:zenderfunctie>POLITIE<", "<kp:zenderfunctie>OM<"))
                .isRefusedSealed("KP-5103", "0002").relatingToIt();
    }

    @Test
    void aFunctionThatTheSenderDoesNotHaveInTheCaseIsRefused() {
        sent(Partner.OM, report()).isRefusedSealed("KP-5103", "0002").relatingToIt();
    }

    @Test
    void aReceiverThatHasNoFunctionInTheCaseIsRefused() {
        sent(Partner.POLITIE, to(report(), receiver(Partner.GGZ, "TOEZICHT_NALEVING")))
                .isRefusedSealed("KP-5104", "0002").relatingToIt();
    }

    @Test
    void aReceiverInTheCaseToWhomTheTypeDoesNotGoIsRefusedAlike() {
        sent(Partner.POLITIE, to(report(), receiver(Partner.VEILIG_THUIS, "TOEZICHT_NALEVING")))
                .isRefusedSealed("KP-5104", "0002");
    }

    @Test
    void aReceiverThatNobodyKnowsIsRefusedAlike() {
        sent(Partner.POLITIE, to(report(), receiver("00000099000000098000", "GI", "TOEZICHT_NALEVING")))
                .isRefusedSealed("KP-5104", "0002");
    }

    @Test
    void aFunctionOfAnotherOrganisationIsRefusedAlike() {
        sent(Partner.POLITIE, to(report(), receiver(Partner.GGZ.oin(), "ZC_UHG", "TOEZICHT_NALEVING")))
                .isRefusedSealed("KP-5104", "0002");
    }

    @Test
    void aReceiverForWhomTheContentDoesNotMeetTheConditionIsRefused() {
        sent(Partner.GEMEENTE, to(Marks.instead(Examples.opening()), receiver(Partner.VEILIG_THUIS, "THV_BESLUIT")))
                .isRefusedSealed("KP-5117", "0002");
    }

    @Test
    void withoutConsentNothingIsAskedOfHealthCare() {
        sent(Partner.BLIJF_UHG,
                Marks.instead(Examples.accepted("zorginformatieverzoek", "met-toestemming-aan-ggz", caseId)))
                .isRefusedSealed("KP-5107", "0002").relatingToIt()
                .sayingWhatWouldBeLawful("na toestemming van de betrokkene");
    }

    /** Whoever names an organisation consents to no other, though it has the same function. */
    @Test
    void aConsentForOneGgzIsNoneForAnother() {
        register.organisation(OTHER_GGZ, "Andere ggz-instelling", true, "GGZ");
        var inCase = chain.openCase();
        var question = Examples.accepted("zorginformatieverzoek", "met-toestemming-aan-ggz", inCase);
        var toTheOther = question.replace(Partner.GGZ.oin(), OTHER_GGZ);
        assertThat(toTheOther).as("the example names the receiver by OIN").isNotEqualTo(question);
        chain.consentToAskThisGgz(Partner.BLIJF_UHG, Partner.GGZ, inCase, "uhg1");

        sent(Partner.BLIJF_UHG, Marks.instead(toTheOther)).isRefusedSealed("KP-5107", "0002").relatingToIt();
        sent(Partner.BLIJF_UHG, Marks.instead(question)).isAccepted();
    }

    @Test
    void withoutAnAgreementThePoliceReportsNothing() {
        register.organisation(OTHER_GI, "Andere gecertificeerde instelling", true, "GI");
        var opened = chain.send(Partner.GEMEENTE, Examples.opening()
                .replaceFirst("(<functie>GI</functie>\\s*<oin>)\\d{20}", "$1" + OTHER_GI)
                .replaceFirst("\\s*<kp:ontvanger><kp:oin>00000099000000060000.*?</kp:ontvanger>", ""));

        sent(Partner.POLITIE, to(report(), receiver(OTHER_GI, "GI", "TOEZICHT_NALEVING")).replace(caseId,
                opened.caseId())).isRefusedSealed("KP-5108", "0002")
                .sayingWhatWouldBeLawful("zodra de genoemde afspraak");
    }

    @Test
    void withoutAnEssentialLeafAMessageIsNotDelivered() {
        var aboutTheOtherSide = to(report(), receiver(Partner.BLIJF_UHG, "TOEZICHT_NALEVING"))
                .replace("<overtreding betreft=\"uhg1\">", "<overtreding betreft=\"ab1\">");

        sent(Partner.POLITIE, aboutTheOtherSide).isRefusedSealed("KP-5106", "0002").relatingToIt();
    }

    /** She agreed that her own coordinator hears of her treatment; the coordinator of the banned person is in the case. */
    @Test
    void anAnswerGoesToNobodyButWhoAsked() {
        var health = chain.openCase();
        var answer = aboutHer(answerTo(askedAboutHer(health), health));

        sent(Partner.GGZ, answer).isRefusedSealed("KP-5104", "0002").relatingToIt();
        sent(Partner.GGZ, answer.replace("ZC_UHG<", "ZC_ACHTERBLIJVER<")).isAccepted();
    }

    /** The answer to a question about her tells of his treatment. */
    @Test
    void whoServesTheOtherSideDoesNotGetHisHealth() {
        var health = chain.openCase();
        var answer = answerTo(askedAboutHer(health), health).replace("ZC_UHG<", "ZC_ACHTERBLIJVER<");

        sent(Partner.GGZ, answer).isRefusedSealed("KP-5208", "0002").relatingToIt();
    }

    /** The weighing of whoever asked says nothing for whoever answers: he weighs himself, and writes it down. */
    @Test
    void whoWeighedAConflictOfDutiesAnswersWithoutConsentAndWhoDidNotIsRefused() {
        var inCase = chain.openCase();
        var asked = chain.send(Partner.BLIJF_UHG,
                stillValid(Examples.accepted("zorginformatieverzoek", "conflict-van-plichten", inCase)));
        assertThat(asked.outcome()).as(asked.toString()).isEqualTo("RECEIPT");
        var answer = Marks
                .instead(stillValid(Examples.accepted("zorginformatieantwoord", "conflict-van-plichten", inCase)))
                .replaceFirst("<kp:verwijzing>[^<]*", "<kp:verwijzing>" + asked.messageId());

        sent(Partner.GGZ, answer.replaceFirst("(?s)<afweging>.*</afweging>", "")).isRefusedSealed("KP-5107", "0002");
        sent(Partner.GGZ, answer).isAccepted();
    }

    private static String stillValid(String weighed) {
        return weighed.replaceFirst("<vervalt>[^<]*", "<vervalt>" + Instant.now().plus(Duration.ofDays(7)));
    }

    private String askedAboutHer(String inCase) {
        chain.consentToAskTheGgz(Partner.BLIJF_ACHTERBLIJVER, inCase, "ab1");
        var asked = chain.send(Partner.BLIJF_ACHTERBLIJVER, aboutHer(
                Examples.accepted("zorginformatieverzoek", "met-toestemming-aan-ggz", inCase)).replace("ZC_UHG<",
                        "ZC_ACHTERBLIJVER<"));
        assertThat(asked.outcome()).as(asked.toString()).isEqualTo("RECEIPT");
        return asked.messageId();
    }

    private static String answerTo(String question, String inCase) {
        return Marks.instead(Examples.accepted("zorginformatieantwoord", "beantwoord", inCase))
                .replaceFirst("<kp:verwijzing>[^<]*", "<kp:verwijzing>" + question);
    }

    /** Both coordinators are of one organisation; whom the function serves is what counts. */
    @Test
    void whoServesTheOtherSideRegistersNoConsentOfHers() {
        assertThat(chain.registerConsentToAskTheGgz(Partner.BLIJF_UHG, caseId, "ab1").getString("refused", ""))
                .isEqualTo("KP-6207");
    }

    private static String aboutHer(String aboutHim) {
        return aboutHim.replace("uhg1", "ab1").replace("rol=\"UITHUISGEPLAATSTE\"", "rol=\"ACHTERBLIJVER\"");
    }

    @Test
    void oneReceiverRefusedRefusesAllWhoWereAskedForTogether() {
        var together = to(report(), receiver(Partner.OM, "TOEZICHT_NALEVING"), receiver(Partner.GGZ,
                "TOEZICHT_NALEVING")).replace("<kp:ontvangers>", "<kp:ontvangers allesOfNiets=\"true\">");

        sent(Partner.POLITIE, together).isRefusedSealed("KP-5115", "0002").relatingToIt();
    }

    @Test
    void aReceiverThatIsRefusedGetsNothingWhileTheOthersDo() {
        var sent = chain.send(Partner.POLITIE, to(Examples.accepted("overtredingsmelding", "politie-bij-de-woning",
                caseId), receiver(Partner.OM, "TOEZICHT_NALEVING"), receiver(Partner.GGZ, "TOEZICHT_NALEVING")));

        assertThat(sent.outcome()).as(sent.toString()).isEqualTo("RECEIPT");
        assertThat(sent.receipt()).contains("KP-5104");
        chain.awaitReceived(Partner.OM, sent.messageId());
        assertThat(ledger.receiversOf(sent.messageId())).containsExactly(Ledger.receiver(Partner.OM));
        assertThat(chain.received(Partner.GGZ, sent.messageId())).isEmpty();
    }

    @Test
    void anAddresseeWhoIsNobodyOfTheCaseIsNamedInTheWordsOfTheSenderAndNoOther() {
        var byFunction = "<kp:ontvanger><kp:functie>HUISARTS</kp:functie><kp:doel>TOEZICHT_NALEVING</kp:doel>"
                + "</kp:ontvanger>";
        var named = "<kp:besluit><kp:functie>HUISARTS</kp:functie>";

        assertThat(sent(Partner.POLITIE, to(report(), byFunction)).isRefusedSealed("KP-5104", "0002").text())
                .contains(named);
        var sent = chain.send(Partner.POLITIE, to(Examples.accepted("overtredingsmelding", "politie-bij-de-woning",
                caseId), receiver(Partner.OM, "TOEZICHT_NALEVING"), byFunction));
        assertThat(sent.outcome()).as(sent.toString()).isEqualTo("RECEIPT");
        assertThat(sent.receipt()).contains(named);
    }

    /** A place of the woman who stayed, her story, her health: nothing of it is essential, so it is left out. */
    @Test
    void whereSheIsNeverReachesTheCoordinatorOfTheBannedPerson() {
        var sent = chain.send(Partner.VEILIG_THUIS,
                Examples.accepted("overdracht", "crisis-gezin-met-jong-kind", caseId));

        assertThat(sent.outcome()).as(sent.toString()).isEqualTo("RECEIPT");
        var hers = chain.awaitReceived(Partner.BLIJF_ACHTERBLIJVER, sent.messageId());
        var his = chain.awaitReceived(Partner.BLIJF_UHG, sent.messageId());
        assertThat(hers.getJsonArray("paths")).extracting(PurposeRefusalsIT::text)
                .contains("achterblijver/plaats/adres", "achterblijver/gezondheid/probleem")
                .noneMatch(path -> path.startsWith("uithuisgeplaatste/financien"));
        assertThat(his.getJsonArray("paths")).extracting(PurposeRefusalsIT::text)
                .contains("uithuisgeplaatste/financien/probleem")
                .noneMatch(path -> path.startsWith("achterblijver/plaats")
                        || path.startsWith("achterblijver/veiligContact") || path.startsWith("achterblijver/gezondheid")
                        || path.startsWith("achterblijver/verhaal") || path.startsWith("kind/plaats")
                        || path.startsWith("netwerkpersoon"));
    }

    private static String text(JsonValue path) {
        return ((JsonString) path).getString();
    }
}
