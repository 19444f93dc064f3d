package nl.ketenpoort.acceptance.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.xml.validation.Schema;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

import nl.ketenpoort.acceptance.AnswerWriting;
import nl.ketenpoort.acceptance.AnswerWriting.ReceiverStatus;
import nl.ketenpoort.acceptance.AnswerWriting.Standing;
import nl.ketenpoort.acceptance.Outcome.Rejected;
import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.consent.Consent;
import nl.ketenpoort.delivery.DeliveryId;
import nl.ketenpoort.delivery.DeliveryWriting.DeliveryDocument;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.evidence.Salt;
import nl.ketenpoort.messagetype.Category;
import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.messagetype.xml.MessageTypesWiring;
import nl.ketenpoort.messagetype.xml.MessageTypesWiring.Catalogue;
import nl.ketenpoort.minimisation.Minimised;
import nl.ketenpoort.minimisation.ReceiverDecision;
import nl.ketenpoort.minimisation.ReceiverDecision.AsNamed;
import nl.ketenpoort.partner.NamedFunction;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.purpose.DecisionOutcome;
import nl.ketenpoort.receipt.Receipt;
import nl.ketenpoort.receipt.xml.ReceiptKey;
import nl.ketenpoort.receipt.xml.ReceiptWiring;
import nl.ketenpoort.receipt.xml.SignedElements;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;
import nl.ketenpoort.signature.MessageId;
import nl.ketenpoort.validation.xml.ExampleMessages;
import nl.ketenpoort.validation.xml.ValidationWiring;

class XmlAnswerWritingTest {

    private static final Catalogue CATALOGUE = MessageTypesWiring.catalogue(() -> Instant.EPOCH);
    private static final Schema SCHEMA = CATALOGUE.envelope();
    private static final AnswerWriting ANSWERS = AcceptanceWiring.answers(ReceiptWiring.decisions());
    private static final ReceiptKey KEY = ReceiptKey.create();
    private static final Instant NOW = Instant.parse("2026-11-14T21:40:00Z");
    private static final CaseId CASE = CaseId.parse("3f8a1c2e-6b1d-4c55-9a67-0d8a5e1b2c33");
    private static final Oin BLIJF = new Oin("00000099000000030000");
    private static final PartnerFunction ZC_UHG = new PartnerFunction("ZC_UHG");

    @Test
    void aStoredReceiptIsRepeatedByteForByteAndStillVerifies() throws Exception {
        var receipt = receipt();
        var answer = ANSWERS.receipt(receipt);
        SignedElements.demandValid(SCHEMA, answer);
        assertThat(text(answer)).contains(text(receipt));
        var signed = SignedElements.all(SignedElements.parse(answer), "ontvangstbewijs").getFirst();
        assertThat(SignedElements.verifies(signed, KEY.certificate().getPublicKey())).isTrue();
    }

    @Test
    void aFaultSaysWhatIsWrongWhatCanBeDoneAndWhatToAskFor() throws Exception {
        var reference = UUID.fromString("7b0c0a60-0000-4000-8000-000000000001");
        var answer = ANSWERS.fault(new Rejected(Refusal.of(Reason.SCHEMA_INVALID).at("overtreding/soort"), List.of(),
                Optional.of(reference)));
        SignedElements.demandValid(SCHEMA, answer);
        var document = SignedElements.parse(answer);
        assertThat(SignedElements.text(document, "code")).isEqualTo("KP-3201");
        assertThat(SignedElements.text(document, "digikoppeling")).isEqualTo("0004");
        assertThat(SignedElements.text(document, "omschrijving")).contains("overtreding/soort");
        assertThat(SignedElements.text(document, "watKanWel")).isNotEmpty();
        assertThat(SignedElements.text(document, "kenmerk")).isEqualTo(reference.toString());
    }

    @Test
    void aFaultNamesTheDecisionForEachReceiver() throws Exception {
        var refused = new ReceiverDecision(new Party(BLIJF, ZC_UHG, Set.of()), new Purpose("VERVOLGHULP"),
                DecisionOutcome.DENY, Optional.of(Refusal.of(Reason.NO_GROUND)), Optional.empty(), Map.of());
        var answer = ANSWERS
                .fault(new Rejected(Refusal.of(Reason.NO_GROUND), List.of(refused, refused), Optional.empty()));
        SignedElements.demandValid(SCHEMA, answer);
        var document = SignedElements.parse(answer);
        assertThat(SignedElements.all(document, "besluit")).hasSize(2);
        assertThat(SignedElements.all(document, "watKanWel")).as("nothing would be lawful").isEmpty();
    }

    @Test
    void aFaultNamesARefusedAddresseeInTheWordsOfTheSenderAndNoOther() throws Exception {
        var byFunction = refusedAs(new AsNamed(Optional.empty(), Optional.of(ZC_UHG)));
        assertThat(SignedElements.all(byFunction, "oin")).isEmpty();
        assertThat(SignedElements.text(byFunction, "functie")).isEqualTo(ZC_UHG.code());
        var byOrganisation = refusedAs(new AsNamed(Optional.of(BLIJF), Optional.empty()));
        assertThat(SignedElements.text(byOrganisation, "oin")).isEqualTo(BLIJF.value());
        assertThat(SignedElements.all(byOrganisation, "functie")).isEmpty();
    }

    private static Document refusedAs(AsNamed addressee) throws Exception {
        var refusal = Refusal.of(Reason.RECEIVER_NOT_IN_CASE);
        var answer = ANSWERS.fault(new Rejected(refusal,
                List.of(ReceiverDecision.refused(addressee, new Purpose("VERVOLGHULP"), refusal)), Optional.empty()));
        SignedElements.demandValid(SCHEMA, answer);
        return SignedElements.parse(answer);
    }

    @Test
    void everyReasonMakesAFaultThatKeepsTheSchema() throws Exception {
        for (var reason : Reason.values()) {
            SignedElements.demandValid(SCHEMA,
                    ANSWERS.fault(new Rejected(Refusal.of(reason), List.of(), Optional.empty())));
        }
    }

    @Test
    void aTestCallIsAnsweredWithItsText() throws Exception {
        var answer = ANSWERS.test("hallo <wereld> & \uD83D\uDE4F", NOW, BLIJF);
        SignedElements.demandValid(SCHEMA, answer);
        assertThat(SignedElements.text(SignedElements.parse(answer), "tekst"))
                .isEqualTo("hallo <wereld> & \uD83D\uDE4F");
    }

    @Test
    void fetchedDeliveriesAreRepeatedByteForByteAndStillVerify() throws Exception {
        var one = delivery("0b1f8a52-6f3a-4b6b-9a55-9d9d4a0a1b11", 1);
        var two = delivery("0b1f8a52-6f3a-4b6b-9a55-9d9d4a0a1b12", 2);
        var answer = ANSWERS.fetched(List.of(one, two), 5);
        SignedElements.demandValid(SCHEMA, answer);
        assertThat(text(answer)).contains(text(one) + text(two));
        var document = SignedElements.parse(answer);
        assertThat(SignedElements.text(document, "resterend")).isEqualTo("5");
        assertThat(SignedElements.all(document, "herkomst")).hasSize(2).allSatisfy(
                herkomst -> assertThat(SignedElements.verifies(herkomst, KEY.certificate().getPublicKey())).isTrue());
    }

    @Test
    void anEmptyMailboxSaysThatNothingRemains() throws Exception {
        var answer = ANSWERS.fetched(List.of(), 0);
        SignedElements.demandValid(SCHEMA, answer);
        assertThat(SignedElements.text(SignedElements.parse(answer), "resterend")).isEqualTo("0");
    }

    @Test
    void confirmedDeliveriesAreNamedByTheirUri() throws Exception {
        var answer = ANSWERS
                .confirmed(List.of(new DeliveryId(UUID.fromString("0b1f8a52-6f3a-4b6b-9a55-9d9d4a0a1b11"))));
        SignedElements.demandValid(SCHEMA, answer);
        assertThat(SignedElements.text(SignedElements.parse(answer), "bezorgingId"))
                .isEqualTo("urn:uuid:0b1f8a52-6f3a-4b6b-9a55-9d9d4a0a1b11");
    }

    @Test
    void theStatusNamesEachReceiverAndEveryStandingKeepsTheSchema() throws Exception {
        for (var standing : Standing.values()) {
            var answer = ANSWERS.status(new MessageId("urn:uuid:1"), CASE,
                    List.of(new ReceiverStatus(Optional.of(BLIJF), Optional.of(ZC_UHG), standing, NOW,
                            Optional.empty()),
                            new ReceiverStatus(Optional.of(BLIJF), Optional.of(ZC_UHG), standing, NOW,
                                    Optional.of(Reason.ENDPOINT_REFUSED.code()))));
            SignedElements.demandValid(SCHEMA, answer);
            assertThat(SignedElements.all(SignedElements.parse(answer), "code")).extracting(Element::getTextContent)
                    .containsExactly("KP-7104");
        }
    }

    @Test
    void theStatusOfARefusedAddresseeNamesWhatTheSenderNamed() throws Exception {
        var answer = ANSWERS.status(new MessageId("urn:uuid:1"), CASE,
                List.of(new ReceiverStatus(Optional.empty(), Optional.of(ZC_UHG), Standing.GEWEIGERD, NOW,
                        Optional.of(Reason.RECEIVER_NOT_IN_CASE.code())),
                        new ReceiverStatus(Optional.of(BLIJF), Optional.empty(), Standing.GEWEIGERD, NOW,
                                Optional.of(Reason.RECEIVER_NOT_IN_CASE.code()))));
        SignedElements.demandValid(SCHEMA, answer);
        var document = SignedElements.parse(answer);
        assertThat(SignedElements.all(document, "oin")).extracting(Element::getTextContent)
                .containsExactly(BLIJF.value());
        assertThat(SignedElements.all(document, "functie")).extracting(Element::getTextContent)
                .containsExactly(ZC_UHG.code());
    }

    @Test
    void answersAboutConsentKeepTheSchema() throws Exception {
        var id = UUID.fromString("0b1f8a52-6f3a-4b6b-9a55-9d9d4a0a1b13");
        SignedElements.demandValid(SCHEMA, ANSWERS.consentRegistered(id));
        SignedElements.demandValid(SCHEMA, ANSWERS.consentWithdrawn(id, NOW, 2));
        SignedElements.demandValid(SCHEMA, ANSWERS.consents(List.of()));
        var consent = new Consent(id, CASE, new PersonId("ab1"), new Purpose("CRISISHULP"),
                Set.of(NamedFunction.ofAny(ZC_UHG), new NamedFunction(new PartnerFunction("GGZ"), Optional.of(BLIJF))),
                Set.of(NamedFunction.parse("GGZ")),
                Set.of(Category.H, Category.O), NOW, NOW.plusSeconds(60), Optional.of(NOW),
                new Consent.Registrar(BLIJF, ZC_UHG));
        var answer = ANSWERS.consents(List.of(consent));
        SignedElements.demandValid(SCHEMA, answer);
        assertThat(SignedElements.all(SignedElements.parse(answer), "van")).extracting(Element::getTextContent)
                .containsExactly("GGZ", "ZC_UHG");
        assertThat(SignedElements.all(SignedElements.parse(answer), "van")).extracting(van -> van.getAttribute("oin"))
                .containsExactly(BLIJF.value(), "");
    }

    private static byte[] receipt() {
        var decision = new ReceiverDecision(new Party(BLIJF, ZC_UHG, Set.of()), new Purpose("VERVOLGHULP"),
                DecisionOutcome.DENY, Optional.of(Refusal.of(Reason.NO_GROUND)), Optional.empty(), Map.of());
        return ReceiptWiring.receipts(KEY.key(), KEY.certificate())
                .issue(new Receipt(new MessageId("urn:uuid:1"), BLIJF, CASE, NOW, Digest.of(new byte[0]),
                        new Salt(new byte[32]), List.of(decision), Digest.of(new byte[]{2})));
    }

    private static byte[] delivery(String id, long sequence) {
        var message = ValidationWiring.over(CATALOGUE).stored().read(ExampleMessages.accepted().getFirst().inSoap());
        return ReceiptWiring.deliveries(CATALOGUE, KEY.key(), KEY.certificate())
                .write(new DeliveryDocument(new DeliveryId(UUID.fromString(id)), sequence, CASE, message.type().name(),
                        BLIJF, ZC_UHG, new Party(BLIJF, ZC_UHG, Set.of()), new Purpose("VERVOLGHULP"), false,
                        new Minimised(message.content(), List.of(), List.of()), Optional.empty(),
                        new MessageId("urn:uuid:1"), NOW, Digest.of(new byte[]{1}), new Salt(new byte[32]),
                        Digest.of(new byte[]{3}), Digest.of(new byte[]{4})))
                .bezorging();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
