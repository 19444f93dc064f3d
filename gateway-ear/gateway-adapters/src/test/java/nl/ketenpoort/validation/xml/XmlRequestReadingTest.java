package nl.ketenpoort.validation.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.messagetype.Category;
import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.messagetype.xml.MessageTypesWiring;
import nl.ketenpoort.partner.NamedFunction;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.refusal.Examined;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.signature.MessageId;
import nl.ketenpoort.signature.Operation;
import nl.ketenpoort.validation.PartnerRequest;
import nl.ketenpoort.validation.PartnerRequest.Confirm;
import nl.ketenpoort.validation.PartnerRequest.Fetch;
import nl.ketenpoort.validation.PartnerRequest.RegisterConsent;
import nl.ketenpoort.validation.PartnerRequest.ShowConsents;
import nl.ketenpoort.validation.PartnerRequest.StatusOf;
import nl.ketenpoort.validation.PartnerRequest.TestCall;
import nl.ketenpoort.validation.PartnerRequest.WithdrawConsent;
import nl.ketenpoort.validation.RequestReading;

class XmlRequestReadingTest {

    private static final RequestReading READING = ValidationWiring
            .over(MessageTypesWiring.catalogue(() -> Instant.parse("2026-11-14T12:00:00Z"))).requests();
    private static final String CASE = "3f8a1c2e-6b1d-4c55-9a67-0d8a5e1b2c33";
    private static final String DIGEST = Digest.of(new byte[]{1}).base64();
    private static final String CONSENT = """
            <kp:casus>3f8a1c2e-6b1d-4c55-9a67-0d8a5e1b2c33</kp:casus>
            <kp:zenderfunctie>ZC_ACHTERBLIJVER</kp:zenderfunctie>
            <kp:betrokkene>ab1</kp:betrokkene>
            <kp:gever>BETROKKENE</kp:gever>
            <kp:doel>CRISISHULP</kp:doel>
            <kp:van>ZORGCOORDINATIE</kp:van>
            <kp:naar oin="00000099000000050000">GGZ</kp:naar><kp:naar>HUISARTS</kp:naar>
            <kp:categorie>H</kp:categorie><kp:categorie>O</kp:categorie>
            <kp:vanaf>2026-11-14T12:00:00+01:00</kp:vanaf>
            <kp:tot>2026-11-24T12:00:00+01:00</kp:tot>
            <kp:kader>VRIJWILLIG</kp:kader>
            <kp:taal>nl-NL</kp:taal>
            <kp:tolkOnafhankelijk>0</kp:tolkOnafhankelijk>
            <kp:vorm>SCHRIFTELIJK</kp:vorm>
            <kp:documentDigest>%s</kp:documentDigest>
            <kp:anderePartijAanwezig>false</kp:anderePartijAanwezig>""".formatted(DIGEST);

    @Test
    void aTestCallHasItsText() {
        assertRead(Operation.TEST, "<kp:tekst>hallo </kp:tekst>", new TestCall("hallo "));
    }

    @Test
    void aFetchMayNameAFunctionAndAMaximum() {
        assertRead(Operation.FETCH, "", new Fetch(Optional.empty(), Optional.empty()));
        assertRead(Operation.FETCH, "<kp:functie>ZC_UHG</kp:functie><kp:maximum>20</kp:maximum>",
                new Fetch(Optional.of(PartnerFunction.ZC_UHG), Optional.of(20)));
        assertRefused(Operation.FETCH, "<kp:maximum>51</kp:maximum>", Reason.SCHEMA_INVALID, "maximum");
    }

    @Test
    void aConfirmationNamesDeliveriesAndTheirDigests() {
        var broken = DIGEST.substring(0, 20) + "\n  " + DIGEST.substring(20);
        assertRead(Operation.CONFIRM,
                "<kp:bezorging><kp:bezorgingId>urn:uuid:1</kp:bezorgingId><kp:digest>" + broken
                        + "</kp:digest></kp:bezorging>",
                new Confirm(List.of(new Confirm.Item("urn:uuid:1", Digest.parse(DIGEST)))));
        assertRefused(Operation.CONFIRM,
                "<kp:bezorging><kp:bezorgingId>urn:uuid:1</kp:bezorgingId><kp:digest>AAAA</kp:digest></kp:bezorging>",
                Reason.SCHEMA_INVALID, "bezorging/digest");
    }

    @Test
    void aStatusIsAskedOfOneMessage() {
        assertRead(Operation.STATUS, "<kp:berichtId>urn:uuid:1</kp:berichtId>",
                new StatusOf(new MessageId("urn:uuid:1")));
    }

    @Test
    void aConsentIsReadWithEveryFieldAndGroupsAsTheirMembers() {
        assertRead(Operation.REGISTER_CONSENT, CONSENT, new RegisterConsent(CaseId.parse(CASE),
                PartnerFunction.ZC_ACHTERBLIJVER, new PersonId("ab1"), RegisterConsent.Giver.BETROKKENE,
                new Purpose("CRISISHULP"),
                Set.of(NamedFunction.ofAny(PartnerFunction.ZC_ACHTERBLIJVER),
                        NamedFunction.ofAny(PartnerFunction.ZC_UHG)),
                Set.of(NamedFunction.parse("GGZ@00000099000000050000"), NamedFunction.parse("HUISARTS")),
                Set.of(Category.H, Category.O),
                Instant.parse("2026-11-14T11:00:00Z"), Instant.parse("2026-11-24T11:00:00Z"),
                RegisterConsent.Framework.VRIJWILLIG, "nl-NL", false, RegisterConsent.Form.SCHRIFTELIJK,
                Optional.of(Digest.parse(DIGEST)), false));
    }

    @Test
    void aConsentWithACodeThatDoesNotExistIsRefused() {
        assertRefused(Operation.REGISTER_CONSENT, CONSENT.replace(">BETROKKENE<", ">BUURMAN<"), Reason.SCHEMA_INVALID,
                "gever");
        assertRefused(Operation.REGISTER_CONSENT, CONSENT.replace(">VRIJWILLIG<", ">DWANG<"), Reason.SCHEMA_INVALID,
                "kader");
        assertRefused(Operation.REGISTER_CONSENT, CONSENT.replace(">SCHRIFTELIJK<", ">GEDACHT<"), Reason.SCHEMA_INVALID,
                "vorm");
        assertRefused(Operation.REGISTER_CONSENT, CONSENT.replace(">H<", ">XX<"), Reason.SCHEMA_INVALID, "categorie");
        assertRefused(Operation.REGISTER_CONSENT, CONSENT.replace(">CRISISHULP<", ">NIEUWSGIERIGHEID<"),
                Reason.PURPOSE_UNKNOWN, "doel");
        assertRefused(Operation.REGISTER_CONSENT, CONSENT.replace(">ZORGCOORDINATIE<", ">ZORG<"),
                Reason.SCHEMA_INVALID, "van");
        assertRefused(Operation.REGISTER_CONSENT, CONSENT.replace(">HUISARTS<", ">BUURMAN<"), Reason.SCHEMA_INVALID,
                "naar");
    }

    @Test
    void aConsentThatNamesWhatIsNoOinIsRefused() {
        assertRefused(Operation.REGISTER_CONSENT, CONSENT.replace("00000099000000050000", "00000077000000050000"),
                Reason.OIN_INVALID, "naar");
        assertRefusedBySchema(CONSENT.replace("00000099000000050000", "GGZ Amstelrijk"));
    }

    /** Who that is can be another tomorrow, and nobody consented to him. */
    @Test
    void aConsentForWhoeverHoldsRegieIsRefused() {
        assertRefused(Operation.REGISTER_CONSENT, CONSENT.replace(">HUISARTS<", ">REGIEHOUDER<"), Reason.SCHEMA_INVALID,
                "naar");
    }

    /** No organisation has that function. */
    @Test
    void aConsentForTheGatewayItselfIsRefused() {
        assertRefused(Operation.REGISTER_CONSENT, CONSENT.replace(">HUISARTS<", ">KETENPOORT<"), Reason.SCHEMA_INVALID,
                "naar");
    }

    @Test
    void aConsentThatEndsBeforeItBeginsIsRefused() {
        assertRefused(Operation.REGISTER_CONSENT, CONSENT.replace("2026-11-24", "2026-11-14"), Reason.ORDER_INVALID,
                "tot");
    }

    @Test
    void consentsAreShownForACaseAndWithdrawnByNumber() {
        assertRead(Operation.SHOW_CONSENT, "<kp:casus>" + CASE + "</kp:casus>", new ShowConsents(CaseId.parse(CASE)));
        assertRead(Operation.WITHDRAW_CONSENT,
                "<kp:casus>" + CASE + "</kp:casus><kp:toestemming>" + CASE
                        + "</kp:toestemming><kp:mogelijkOnderDwang> true </kp:mogelijkOnderDwang>",
                new WithdrawConsent(CaseId.parse(CASE), UUID.fromString(CASE), true));
    }

    @Test
    void theElementOfAnotherOperationThanWasSignedIsRefused() {
        var asked = Verified.request(Operation.STATUS, body(Operation.TEST, "<kp:tekst>x</kp:tekst>"));
        assertThat(READING.read(asked)).isInstanceOfSatisfying(Examined.Refused.class,
                refused -> assertThat(refused.refusal().code()).isEqualTo(Reason.SCHEMA_INVALID.code()));
    }

    private static void assertRead(Operation operation, String inside, PartnerRequest expected) {
        assertThat(READING.read(Verified.request(operation, body(operation, inside))))
                .isEqualTo(Examined.passed(expected));
    }

    private static void assertRefusedBySchema(String inside) {
        assertThat(READING.read(Verified.request(Operation.REGISTER_CONSENT,
                body(Operation.REGISTER_CONSENT, inside)))).isInstanceOfSatisfying(Examined.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(Reason.SCHEMA_INVALID.code()));
    }

    private static void assertRefused(Operation operation, String inside, Reason reason, String place) {
        assertThat(READING.read(Verified.request(operation, body(operation, inside))))
                .isInstanceOfSatisfying(Examined.Refused.class, refused -> {
                    assertThat(refused.refusal().code()).isEqualTo(reason.code());
                    assertThat(refused.refusal().description()).endsWith("[" + place + "]");
                });
    }

    private static byte[] body(Operation operation, String inside) {
        var name = "kp:" + operation.wsdlName() + "Verzoek";
        return ("<" + name + " xmlns:kp=\"urn:nl:ketenpoort:berichten:v1\">" + inside + "</" + name + ">")
                .getBytes(StandardCharsets.UTF_8);
    }
}
