package nl.ketenpoort.receipt.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.evidence.Salt;
import nl.ketenpoort.messagetype.Content;
import nl.ketenpoort.messagetype.Content.Branch;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.messagetype.xml.MessageTypesWiring;
import nl.ketenpoort.minimisation.Minimised;
import nl.ketenpoort.minimisation.ReceiverDecision;
import nl.ketenpoort.minimisation.ReceiverDecision.AsNamed;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.purpose.DecisionOutcome;
import nl.ketenpoort.receipt.Receipt;
import nl.ketenpoort.receipt.ReceiptIssuer;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;
import nl.ketenpoort.signature.MessageId;

class XmlReceiptIssuerTest {

    private static final ReceiptKey KEY = ReceiptKey.create();
    private static final ReceiptIssuer ISSUER = ReceiptWiring.receipts(KEY.key(), KEY.certificate());

    @Test
    void aReceiptKeepsTheEnvelopesSchema() throws Exception {
        var schema = MessageTypesWiring.catalogue(() -> Instant.EPOCH).envelope();
        SignedElements.demandValid(schema, ISSUER.issue(receipt()));
    }

    @Test
    void aReceiptSaysWhatWasDecidedForEachReceiverAndWhatWasLeftOut() {
        var document = SignedElements.parse(ISSUER.issue(receipt()));
        assertThat(SignedElements.text(document, "berichtId"))
                .isEqualTo("urn:uuid:4a0a4f1e-9a44-4f0c-8a4e-1f1c5b7a2d10");
        assertThat(SignedElements.text(document, "ontvangen")).isEqualTo("2026-11-14T21:40:00.123456789Z");
        assertThat(SignedElements.all(document, "uitkomst")).extracting(Element::getTextContent)
                .containsExactly("TOEGESTAAN", "TOESTEMMING_NODIG", "GEWEIGERD");
        assertThat(SignedElements.all(document, "weggelaten")).extracting(Element::getTextContent)
                .containsExactly("kind/toelichting", "toelichting");
        assertThat(SignedElements.all(document, "code")).extracting(Element::getTextContent)
                .containsExactly("KP-5107", "KP-5104");
        assertThat(SignedElements.all(document, "watKanWel")).hasSize(2);
    }

    @Test
    void theSameReceiptHasTheSameBytes() {
        assertThat(ISSUER.issue(receipt())).isEqualTo(ISSUER.issue(receipt()));
    }

    @Test
    void aReceiptHasNoCharacterReferencesThatTheJdkPutsIntoBase64() {
        assertThat(new String(ISSUER.issue(receipt()), StandardCharsets.UTF_8)).doesNotContain("&#");
    }

    @Test
    void theSignatureOfAReceiptVerifies() {
        var document = SignedElements.parse(ISSUER.issue(receipt()));
        assertThat(SignedElements.verifies(document.getDocumentElement(), KEY.certificate().getPublicKey())).isTrue();
    }

    @Test
    void theSignatureIsNotThatOfAnotherKey() {
        var document = SignedElements.parse(ISSUER.issue(receipt()));
        assertThat(SignedElements.verifies(document.getDocumentElement(),
                ReceiptKey.create().certificate().getPublicKey())).isFalse();
    }

    @Test
    void theSignatureBreaksWhateverIsAltered() {
        var bytes = ISSUER.issue(receipt());
        for (var name : List.of("berichtId", "zender", "casus", "ontvangen", "digest", "zout", "auditblad", "oin",
                "functie", "doel", "uitkomst", "code", "watKanWel", "weggelaten")) {
            var document = SignedElements.parse(bytes);
            var altered = SignedElements.all(document, name).getFirst();
            altered.setTextContent(altered.getTextContent() + "0");
            assertThat(SignedElements.verifies(document.getDocumentElement(), KEY.certificate().getPublicKey()))
                    .as(name).isFalse();
        }
    }

    @Test
    void aRefusedAddresseeIsNamedInTheWordsOfTheSender() throws Exception {
        var decision = (Element) SignedElements.all(SignedElements.parse(ISSUER.issue(receipt())), "besluit").getLast();
        assertThat(decision.getElementsByTagNameNS("*", "oin").getLength()).as("none was named").isZero();
        assertThat(decision.getElementsByTagNameNS("*", "functie").item(0).getTextContent()).isEqualTo("HUISARTS");
    }

    @Test
    void theSignatureBreaksWhenADecisionIsTakenAway() {
        var document = SignedElements.parse(ISSUER.issue(receipt()));
        var decision = SignedElements.all(document, "besluit").getLast();
        decision.getParentNode().removeChild(decision);
        assertThat(SignedElements.verifies(document.getDocumentElement(), KEY.certificate().getPublicKey())).isFalse();
    }

    private static Receipt receipt() {
        var content = new Content("urn:x", new Branch("x", Optional.empty(), List.of()));
        var permitted = new ReceiverDecision(
                new Party(new Oin("00000099000000030000"), new PartnerFunction("ZC_UHG"), Set.of()),
                new Purpose("TOEZICHT_NALEVING"), DecisionOutcome.PERMIT, Optional.empty(),
                Optional.of(new Minimised(content, List.of(), List.of("kind/toelichting", "toelichting"))), Map.of());
        var withoutConsent = new ReceiverDecision(
                new Party(new Oin("00000099000000050000"), new PartnerFunction("GGZ"), Set.of()),
                new Purpose("VERVOLGHULP"), DecisionOutcome.NEEDS_CONSENT,
                Optional.of(Refusal.of(Reason.NEEDS_CONSENT)), Optional.empty(), Map.of());
        var refused = ReceiverDecision.refused(
                new AsNamed(Optional.empty(), Optional.of(new PartnerFunction("HUISARTS"))),
                new Purpose("VERVOLGHULP"), Refusal.of(Reason.RECEIVER_NOT_IN_CASE));
        return new Receipt(new MessageId("urn:uuid:4a0a4f1e-9a44-4f0c-8a4e-1f1c5b7a2d10"),
                new Oin("00000099000000010000"), CaseId.parse("3f8a1c2e-6b1d-4c55-9a67-0d8a5e1b2c33"),
                Instant.parse("2026-11-14T21:40:00.123456789Z"), Digest.of(new byte[]{1}), new Salt(new byte[32]),
                List.of(permitted, withoutConsent, refused), Digest.of(new byte[]{2}));
    }
}
