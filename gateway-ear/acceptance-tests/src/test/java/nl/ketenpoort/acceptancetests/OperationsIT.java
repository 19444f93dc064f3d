package nl.ketenpoort.acceptancetests;

import static nl.ketenpoort.acceptancetests.Asking.deliveries;
import static nl.ketenpoort.acceptancetests.Asking.element;
import static nl.ketenpoort.acceptancetests.Asking.elements;
import static nl.ketenpoort.acceptancetests.Asking.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

import nl.ketenpoort.acceptancetests.Asking.InMailbox;
import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.Region;
import nl.ketenpoort.localstack.certificates.PartnerCertificates;

/** Every operation but sending: the mailbox, the status of a message of one's own, consent, and the test call. */
@ExtendWith(RunningRegion.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperationsIT {

    private final Chain chain;
    private final Line line;
    private final Asking asking;
    private final Ledger ledger;
    private final Register register;

    OperationsIT(Region region) {
        this.chain = new Chain(region);
        this.line = new Line(region);
        this.asking = new Asking(line);
        this.ledger = new Ledger(region);
        this.register = new Register(region);
    }

    /** A certified institution that fetches; each test has its own, so that its mailbox is its own. */
    private PartnerCertificates whoFetches() {
        var oin = "000000990000" + ThreadLocalRandom.current().nextInt(10_000_000, 100_000_000);
        register.organisation(oin, "Instelling die ophaalt", true, "GI");
        return line.keysOf(oin, "Instelling die ophaalt");
    }

    private Answered asked(PartnerCertificates by, String operation, String content) {
        return asking.asked(by, operation, content);
    }

    private Answered asked(Partner by, String operation, String content) {
        return asking.asked(by, operation, content);
    }

    private long records(String kind, String messageId) {
        return ledger.number("SELECT count(*) FROM ketenpoort.audit_record WHERE kind = ? AND message_id = ?", kind,
                messageId);
    }

    // ----- test call

    @Test
    void aTestCallIsAnsweredWithWhoCalledAndLeavesNoRecordOfItself() {
        var caller = whoFetches();
        var before = ledger.standing();
        var said = Marks.fresh();

        var answered = asked(caller, "testoproep", element("tekst", said)).isAccepted();

        assertThat(text(answered, "tekst")).isEqualTo(said);
        assertThat(text(answered, "oin")).isEqualTo(caller.oin());
        assertThat(answered.answer().encrypted()).as("encrypted").isTrue();
        assertThat(ledger.standing().rows()).as("cases and messages").isEqualTo(before.rows());
        assertThat(ledger.rows("SELECT audit_record::text AS entry FROM ketenpoort.audit_record WHERE sender = ?"
                + " AND sequence > ?", caller.oin(), before.record())).as("records of the caller").isEmpty();
        assertThat(Marks.in(ledger.loggedSince(before))).as("content in the log").isEmpty();
    }

    /** What tries the line and may not be on it is a refusal like any other. */
    @Test
    void aTestCallOfWhoTakesNoPartIsRefusedAndRecorded() {
        asked(line.keysOf("00000099000000094000", "Onbekende organisatie"), "testoproep",
                element("tekst", Marks.fresh())).isRefusedSealed("KP-4001", "0002");
    }

    // ----- mailbox

    private Answered fetched(PartnerCertificates by, int most) {
        return asked(by, "ophalen", element("functie", "GI") + element("maximum", Integer.toString(most)))
                .isAccepted();
    }

    /** A case in which this institution stands up for the children; what opened it lies in its mailbox. */
    private Chain.Sent caseWith(PartnerCertificates institution) {
        var opened = chain.send(Partner.GEMEENTE,
                Examples.opening().replace(Partner.JEUGDBESCHERMING.oin(), institution.oin()));
        assertThat(opened.outcome()).as(opened.toString()).isEqualTo("RECEIPT");
        return opened;
    }

    private String handedOver(PartnerCertificates to, String caseId, String urgency) {
        var handover = Examples.accepted("overdracht", "crisis-gezin-met-jong-kind", caseId)
                .replace(Partner.JEUGDBESCHERMING.oin(), to.oin())
                .replaceFirst("<kp:spoed>[A-Z]*<", "<kp:spoed>" + urgency + "<");
        var sent = chain.send(Partner.VEILIG_THUIS, handover);
        assertThat(sent.outcome()).as(sent.toString()).isEqualTo("RECEIPT");
        return sent.messageId();
    }

    @Test
    void aMailboxIsFetchedUrgentFirstAndThenInTheOrderOfComing() {
        var institution = whoFetches();
        var opened = caseWith(institution);
        var ordinary = handedOver(institution, opened.caseId(), "GEWOON");
        var urgent = handedOver(institution, opened.caseId(), "SPOED");

        assertThat(deliveries(fetched(institution, 50))).extracting(InMailbox::messageId).containsExactly(urgent,
                opened.messageId(), ordinary);

        var first = fetched(institution, 1);
        assertThat(deliveries(first)).extracting(InMailbox::messageId).containsExactly(urgent);
        assertThat(text(first, "resterend")).isEqualTo("2");
    }

    @Test
    void fetchingAgainGivesTheSameBytesAndIsRecordedOnce() {
        var institution = whoFetches();
        var messageId = caseWith(institution).messageId();

        var once = fetched(institution, 50);
        var again = fetched(institution, 50);

        assertThat(deliveries(once)).hasSize(1);
        assertThat(Answered.text(again.answer().payload())).isEqualTo(Answered.text(once.answer().payload()));
        assertThat(records("DISCLOSED", messageId)).isOne();
        assertThat(stateOf(deliveries(once).getFirst())).isEqualTo("DISCLOSED");
    }

    private String stateOf(InMailbox delivery) {
        return ledger.rows("SELECT state FROM ketenpoort.delivery WHERE id = ?",
                UUID.fromString(delivery.id().substring("urn:uuid:".length()))).getFirst().get("state");
    }

    @Test
    void whatIsConfirmedIsDeliveredOnceHoweverOftenItIsConfirmed() {
        var institution = whoFetches();
        var opened = caseWith(institution);
        var delivery = deliveries(fetched(institution, 50)).getFirst();

        var confirmed = asked(institution, "bevestigen", delivery.toConfirm()).isAccepted();
        var again = asked(institution, "bevestigen", delivery.toConfirm()).isAccepted();

        assertThat(text(confirmed, "bezorgingId")).isEqualTo(delivery.id());
        assertThat(Answered.text(again.answer().payload())).isEqualTo(Answered.text(confirmed.answer().payload()));
        assertThat(ledger.rows("SELECT facts ->> 'receiver' AS receiver FROM ketenpoort.audit_record"
                + " WHERE kind = 'DELIVERED' AND message_id = ? AND facts ->> 'receiver' = ?", opened.messageId(),
                institution.oin())).hasSize(1);
        assertThat(stateOf(delivery)).isEqualTo("DELIVERED");
        assertThat(deliveries(fetched(institution, 50))).as("what is confirmed is not fetched again").isEmpty();
    }

    @Test
    void aConfirmationWithAnotherDigestConfirmsNothing() {
        var institution = whoFetches();
        var opened = caseWith(institution);
        handedOver(institution, opened.caseId(), "GEWOON");
        var waiting = deliveries(fetched(institution, 50));
        var other = Base64.getEncoder().encodeToString(new byte[32]);

        asked(institution, "bevestigen", waiting.get(0).toConfirm(other)).isRefusedSealed("KP-6204", "0002")
                .relatingToIt();
        // The right one before it is not confirmed either: a request is done or refused as a whole.
        asked(institution, "bevestigen", waiting.get(0).toConfirm() + waiting.get(1).toConfirm(other))
                .isRefusedSealed("KP-6204", "0002").relatingToIt();

        assertThat(waiting).hasSize(2).extracting(this::stateOf).containsOnly("DISCLOSED");
        assertThat(deliveries(fetched(institution, 50))).hasSize(2);
    }

    @Test
    void aDeliveryOfSomebodyElseIsNotToldFromOneThatDoesNotExist() {
        var institution = whoFetches();
        caseWith(institution);
        var delivery = deliveries(fetched(institution, 50)).getFirst();
        var stranger = whoFetches();

        var ofOthers = asked(stranger, "bevestigen", delivery.toConfirm()).isRefusedSealed("KP-6203", "0002")
                .relatingToIt();
        var ofNobody = asked(stranger, "bevestigen", "<kp:bezorging>"
                + element("bezorgingId", "urn:uuid:" + UUID.randomUUID()) + element("digest", delivery.digest())
                + "</kp:bezorging>").isRefusedSealed("KP-6203", "0002").relatingToIt();

        assertThat(ofOthers.comparable()).isEqualTo(ofNobody.comparable());
        assertThat(stateOf(delivery)).isEqualTo("DISCLOSED");
        assertThat(deliveries(fetched(stranger, 50))).as("somebody else's mailbox").isEmpty();
    }

    // ----- status

    @Test
    void theStatusOfAMessageOfOnesOwnFollowsItsDelivery() {
        var institution = whoFetches();
        var opened = caseWith(institution);
        assertThat(statusFor(institution, opened.messageId())).isEqualTo("WACHT");

        var delivery = deliveries(fetched(institution, 50)).getFirst();
        assertThat(statusFor(institution, opened.messageId())).isEqualTo("VERSTREKT");

        asked(institution, "bevestigen", delivery.toConfirm()).isAccepted();
        assertThat(statusFor(institution, opened.messageId())).isEqualTo("BEZORGD");
    }

    private String statusFor(PartnerCertificates receiver, String messageId) {
        var status = asked(Partner.GEMEENTE, "status", element("berichtId", messageId)).isAccepted();
        return elements(status.answer().payload(), "ontvanger").stream()
                .filter(one -> text(one, "oin").equals(receiver.oin())).map(one -> text(one, "stand"))
                .collect(Collectors.joining());
    }

    @Test
    void aMessageThatIsUnknownOrOfSomebodyElseHasNoStatus() {
        var opened = chain.send(Partner.GEMEENTE, Examples.opening());

        // Police received it, and is not who sent it.
        var ofOthers = asked(Partner.POLITIE, "status", element("berichtId", opened.messageId()))
                .isRefusedSealed("KP-6202", "0002").relatingToIt();
        var ofNobody = asked(Partner.POLITIE, "status", element("berichtId", "urn:uuid:" + UUID.randomUUID()))
                .isRefusedSealed("KP-6202", "0002").relatingToIt();

        assertThat(ofOthers.comparable()).isEqualTo(ofNobody.comparable());
    }

    // ----- consent

    private Answered registered(Partner by, String caseId) {
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        var function = by.functions().getFirst();
        return asked(by, "toestemmingRegistreren", element("casus", caseId) + element("zenderfunctie", function)
                + element("betrokkene", "uhg1") + element("gever", "BETROKKENE") + element("doel", "CRISISHULP")
                + element("van", function) + element("van", "GGZ") + element("naar", function)
                + element("naar", "GGZ") + element("categorie", "O") + element("categorie", "H")
                + element("vanaf", now.toString()) + element("tot", now.plus(Duration.ofDays(28)).toString())
                + element("kader", "VRIJWILLIG") + element("taal", "nl") + element("tolkOnafhankelijk", "false")
                + element("vorm", "MONDELING") + element("anderePartijAanwezig", "false"));
    }

    private List<Element> shown(Partner to, String caseId) {
        var answered = asked(to, "toestemmingTonen", element("casus", caseId)).isAccepted();
        return elements(answered.answer().payload(), "toestemming");
    }

    private Answered withdrawn(Partner by, String caseId, String consent) {
        return asked(by, "toestemmingIntrekken", element("casus", caseId) + element("toestemming", consent)
                + element("mogelijkOnderDwang", "false"));
    }

    @Test
    void aConsentIsRegisteredShownAndWithdrawnAndEachIsRecorded() {
        var caseId = chain.openCase();
        assertThat(shown(Partner.BLIJF_UHG, caseId)).isEmpty();

        var consent = text(registered(Partner.BLIJF_UHG, caseId).isAccepted(), "toestemming");
        assertThat(shown(Partner.BLIJF_UHG, caseId)).singleElement().satisfies(one -> {
            assertThat(text(one, "nummer")).isEqualTo(consent);
            assertThat(text(one, "betrokkene")).isEqualTo("uhg1");
            assertThat(text(one, "doel")).isEqualTo("CRISISHULP");
            assertThat(elements(one, "van")).extracting(Element::getTextContent).containsExactlyInAnyOrder("ZC_UHG",
                    "GGZ");
            assertThat(elements(one, "categorie")).extracting(Element::getTextContent).containsExactlyInAnyOrder("O",
                    "H");
            assertThat(elements(one, "ingetrokken")).isEmpty();
        });

        var withdrawal = withdrawn(Partner.BLIJF_UHG, caseId, consent).isAccepted();
        assertThat(text(withdrawal, "bezorgingenGestopt")).isEqualTo("0");
        assertThat(shown(Partner.BLIJF_UHG, caseId)).singleElement().satisfies(one -> assertThat(
                text(one, "ingetrokken")).isEqualTo(text(withdrawal, "ingetrokken")));
        assertThat(ledger.rows("SELECT kind FROM ketenpoort.audit_record WHERE case_id = ? AND kind LIKE 'CONSENT%'"
                + " ORDER BY sequence", UUID.fromString(caseId))).extracting(row -> row.get("kind"))
                .containsExactly("CONSENT_SHOWN", "CONSENT_REGISTERED", "CONSENT_SHOWN", "CONSENT_WITHDRAWN",
                        "CONSENT_SHOWN");
    }

    @Test
    void aConsentThatIsUnknownWithdrawnOrOfAnotherCaseCannotBeWithdrawn() {
        var caseId = chain.openCase();
        var elsewhere = text(registered(Partner.BLIJF_UHG, chain.openCase()).isAccepted(), "toestemming");
        var once = text(registered(Partner.BLIJF_UHG, caseId).isAccepted(), "toestemming");
        withdrawn(Partner.BLIJF_UHG, caseId, once).isAccepted();

        for (var consent : List.of(UUID.randomUUID().toString(), elsewhere, once)) {
            withdrawn(Partner.BLIJF_UHG, caseId, consent).isRefusedSealed("KP-6201", "0002").relatingToIt();
        }
        assertThat(ledger.number("SELECT count(*) FROM ketenpoort.consent WHERE id = ? AND withdrawn_at IS NULL",
                UUID.fromString(elsewhere))).as("the consent of the other case still holds").isOne();
    }

    /** GGZ is registered, and has no part in this case. */
    @Test
    void whoHasNoPartInACaseIsShownNoConsentAndRegistersAndWithdrawsNone() {
        var caseId = chain.openCase();
        var consent = text(registered(Partner.BLIJF_UHG, caseId).isAccepted(), "toestemming");

        asked(Partner.GGZ, "toestemmingTonen", element("casus", caseId)).isRefusedSealed("KP-6101", "0002");
        registered(Partner.GGZ, caseId).isRefusedSealed("KP-6101", "0002");
        withdrawn(Partner.GGZ, caseId, consent).isRefusedSealed("KP-6101", "0002");
        asked(Partner.GGZ, "toestemmingTonen", element("casus", UUID.randomUUID().toString()))
                .isRefusedSealed("KP-6101", "0002");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ophalen", "bevestigen", "status", "toestemmingRegistreren", "toestemmingTonen",
            "toestemmingIntrekken", "testoproep"})
    void whatTheSchemaDoesNotKnowIsRefusedInEveryOperation(String operation) {
        asked(Partner.BLIJF_UHG, operation, element("geheim", Marks.fresh())).isRefusedSealed("KP-3201", "0004")
                .relatingToIt();
    }
}
