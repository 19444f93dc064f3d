package nl.ketenpoort.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static nl.ketenpoort.acceptance.Region.HELP;
import static nl.ketenpoort.acceptance.Region.HER;
import static nl.ketenpoort.acceptance.Region.HERS;
import static nl.ketenpoort.acceptance.Region.HIS;
import static nl.ketenpoort.acceptance.Region.POLICE;
import static nl.ketenpoort.acceptance.Region.REPORT;
import static nl.ketenpoort.acceptance.Region.REQUEST;
import static nl.ketenpoort.acceptance.Region.SUPERVISION;
import static nl.ketenpoort.acceptance.Region.aboutHer;
import static nl.ketenpoort.messagetype.Trees.about;
import static nl.ketenpoort.messagetype.Trees.leaf;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import nl.ketenpoort.acceptance.Letter;
import nl.ketenpoort.acceptance.Region;
import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.delivery.InMemoryDeliveries.Row;
import nl.ketenpoort.delivery.InMemoryDeliveries.State;
import nl.ketenpoort.delivery.LaneDelivery.Next;
import nl.ketenpoort.delivery.Mailbox.Fetched;
import nl.ketenpoort.evidence.AuditRecord.Kind;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.messagetype.Category;
import nl.ketenpoort.minimisation.Minimised;
import nl.ketenpoort.partner.Chain;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.Separation;
import nl.ketenpoort.purpose.WrittenPolicies;
import nl.ketenpoort.refusal.Examined;
import nl.ketenpoort.refusal.Examined.Passed;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.signature.MessageId;
import nl.ketenpoort.signature.SampleCertificate;
import nl.ketenpoort.signature.Sender;
import nl.ketenpoort.transaction.Transaction.Keep;

class MailboxTest {

    private final Region region = new Region();
    private final WrittenPolicies policies = region.policies;

    @BeforeEach
    void everythingIsPermitted() {
        policies.permitEverything();
    }

    @Test
    void fetchingGivesWhatWaitsInOrderAndRecordsThatItWasSeen() {
        put("eerste");
        put("tweede");
        var fetched = region.fetch(HERS, 10);
        assertThat(fetched.deliveries()).hasSize(2);
        assertThat(fetched.remaining()).isZero();
        assertThat(messages(fetched)).containsExactly("urn:uuid:eerste", "urn:uuid:tweede");
        assertThat(region.journal.records(Kind.DISCLOSED)).hasSize(2);
        assertThat(region.deliveriesTo(HERS)).extracting(Row::state).containsOnly(State.DISCLOSED);
    }

    @Test
    void fetchingAgainGivesTheSameBytesAndIsRecordedOnce() {
        put("eerste");
        var first = region.fetch(HERS, 10);
        region.time.advance(Duration.ofDays(1));
        var again = region.fetch(HERS, 10);
        assertThat(texts(again)).isEqualTo(texts(first));
        assertThat(region.journal.records(Kind.DISCLOSED)).hasSize(1);
    }

    @Test
    void whatMayBeGivenLessOfNowIsGivenAndRecordedAnew() {
        put("eerste");
        region.fetch(HERS, 10);
        policies.replaced().permit("minder", question -> question.category() != Category.WV);
        region.fetch(HERS, 10);
        assertThat(region.journal.records(Kind.DISCLOSED)).hasSize(2);
    }

    @Test
    void aConsentOfLaterAddsNothingToWhatWasAccepted() {
        policies.replaced().permit("zonder", question -> question.category() != Category.H)
                .permit("toestemming", question -> question.facts().consent());
        put("eerste");
        region.consents.register(UUID.randomUUID(), region.consentToHealth(Chain.ZC_ACHTERBLIJVER, SUPERVISION),
                HERS, region.time.now());
        var given = given(region.fetch(HERS, 10));
        assertThat(given.content().values("persoon/letsel")).as("as the receipt says").isEmpty();
        assertThat(given.content().values("persoon/verblijf")).isNotEmpty();
        assertThat(region.journal.records(Kind.DISCLOSED)).singleElement().satisfies(record -> assertThat(record
                .facts()).containsEntry("omitted", "persoon/letsel").containsEntry("ruling.H.p1", "GEWEIGERD KP-5121")
                .containsEntry("ruling.WV.p1", "TOEGESTAAN zonder@1")
                .containsEntry("digest", row(HERS).digest().orElseThrow().base64()));
        assertThat(region.deliveriesTo(POLICE)).as("the sender knows").isEmpty();

        put("tweede");
        assertThat(region.fetch(HERS, 10).deliveries().stream().map(region.writing::documentOf).toList().getLast()
                .minimised().content().values("persoon/letsel")).as("what is accepted now has it").isNotEmpty();
    }

    @Test
    void whoeverIsGivenLessThanTheReceiptSaysItsSenderIsTold() {
        put("eerste");
        policies.replaced().permit("minder", question -> question.category() != Category.WV);
        region.fetch(HERS, 10);
        region.fetch(HERS, 10);
        assertThat(region.deliveriesTo(POLICE)).as("once").hasSize(1);
        region.advance(region.lane(POLICE, false));
        var told = region.writing.documentOf(region.partnerSystem.pushed().getLast().body()).minimised().content();
        assertThat(told.values("stand")).containsExactly("MINDER_GEGEVEN");
        assertThat(told.values("weggelaten")).containsExactly("persoon/verblijf");
    }

    @Test
    void whoeverSawItAllBeforeItsSenderIsNotToldThatPartOfItWasNotGiven() {
        put("eerste");
        region.fetch(HERS, 10);
        policies.replaced().permit("minder", question -> question.category() != Category.WV);
        region.fetch(HERS, 10);
        region.advance(region.lane(POLICE, false));
        var told = region.writing.documentOf(region.partnerSystem.pushed().getLast().body()).minimised().content();
        assertThat(told.values("stand")).containsExactly("MINDER_GEGEVEN");
        assertThat(told.values("code")).containsExactly("KP-5118");
    }

    @Test
    void whatIsUrgentComesFirst() {
        put("eerste");
        region.send(region.police(REPORT).as("spoed").to(Chain.ZC_ACHTERBLIJVER, SUPERVISION).urgently());
        assertThat(messages(region.fetch(HERS, 10))).containsExactly("urn:uuid:spoed", "urn:uuid:eerste");
    }

    @Test
    void noMoreIsGivenThanWasAskedAndTheRestIsCounted() {
        put("eerste");
        put("tweede");
        put("derde");
        var fetched = region.fetch(HERS, 2);
        assertThat(messages(fetched)).containsExactly("urn:uuid:eerste", "urn:uuid:tweede");
        assertThat(fetched.remaining()).isEqualTo(1);
    }

    @Test
    void whatIsLargeComesInSeveralAnswersAndNeverNothing() {
        for (String id : List.of("eerste", "tweede", "derde")) {
            region.send(region.police(REPORT).as(id).to(Chain.ZC_ACHTERBLIJVER, SUPERVISION)
                    .saying(leaf("kern", "x".repeat(600_000)), about(HER, "persoon", leaf("letsel", "y"))));
            region.time.advance(Duration.ofSeconds(1));
        }
        var fetched = region.fetch(HERS, 10);
        assertThat(messages(fetched)).containsExactly("urn:uuid:eerste");
        assertThat(fetched.remaining()).isEqualTo(2);
        assertThat(region.deliveriesTo(HERS)).extracting(Row::state).containsExactly(State.DISCLOSED, State.MAILBOX,
                State.MAILBOX);
    }

    /** Else whoever it is given back to without one would leave it to every certificate of the organisation. */
    @Test
    void aMailboxOfAFunctionThatHasNoEndpointNowOpensToNobody() {
        put("eerste");
        region.partners.withoutEndpoint(Chain.BLIJF, Chain.ZC_ACHTERBLIJVER);
        assertThat(count(region.fetch(Chain.BLIJF, SampleCertificate.read(), Optional.empty(), 10))).isZero();
        assertThat(region.fetch(HERS, 10).deliveries()).isEmpty();
        assertThat(row(HERS).state()).isEqualTo(State.MAILBOX);
    }

    @Test
    void whatBecameOfAMessageIsNotToldWhereTheOtherCoordinatorReadsIt() {
        bothCoordinatorsAreOfOneOrganisation(Separation.none());
        asksForHelpInVain();
        assertThat(region.fetch(HERS, 10).deliveries()).isEmpty();
        assertThat(row(HERS).state()).isEqualTo(State.CANCELLED);
        assertThat(row(HERS).code()).contains(Reason.FUNCTION_NOT_SEPARATED.code());
        assertThat(region.journal.records(Kind.ALARM)).singleElement()
                .satisfies(record -> assertThat(record.facts()).containsEntry("alarm", "SENDER_NOT_TOLD"));
    }

    @Test
    void whatBecameOfAMessageIsToldWhereEachReadsItsOwn() {
        bothCoordinatorsAreOfOneOrganisation(Separation.ofItsOwn());
        asksForHelpInVain();
        assertThat(region.fetch(HERS, 10).deliveries()).hasSize(1);
    }

    private void bothCoordinatorsAreOfOneOrganisation(Separation separation) {
        region.partners.connect(Chain.BLIJF, Chain.ZC_ACHTERBLIJVER, Chain.ZC_UHG)
                .mailbox(Chain.BLIJF, Chain.ZC_ACHTERBLIJVER, separation)
                .mailbox(Chain.BLIJF, Chain.ZC_UHG, separation);
        region.transaction.inOne(() -> {
            region.cases.addParty(region.caseId, new Party(Chain.BLIJF, Chain.ZC_UHG, HIS.serves()),
                    region.time.now());
            return new Keep<>(true);
        });
    }

    /** She asks, and it is stopped before anybody fetches it. */
    private void asksForHelpInVain() {
        region.send(Letter.from(Chain.BLIJF, Chain.ZC_ACHTERBLIJVER, REQUEST).as("verzoek").in(region.caseId)
                .saying(aboutHer()).to(Chain.GGZ, HELP));
        policies.replaced();
        region.fetch(new Party(Chain.GGZ, Chain.GGZ_FUNCTION, Set.of()), 10);
        assertThat(region.deliveriesTo(HERS)).as("a notice").hasSize(1);
    }

    @Test
    void nobodyFetchesFromTheMailboxOfAnother() {
        put("eerste");
        assertThat(region.fetch(HIS, 10).deliveries()).isEmpty();
    }

    @Test
    void withoutAFunctionEveryMailboxOfTheOrganisationIsMeant() {
        put("eerste");
        assertThat(count(region.fetch(Chain.BLIJF, SampleCertificate.read(), Optional.empty(), 10))).isEqualTo(1);
    }

    @Test
    void aFunctionThatWasTakenAwayFetchesNothing() {
        put("eerste");
        region.partners.connect(Chain.BLIJF, Chain.ZC_UHG);
        assertThat(region.fetch(HERS, 10).deliveries()).isEmpty();
        assertThat(row(HERS).state()).isEqualTo(State.CANCELLED);
        assertThat(row(HERS).code()).contains(Reason.RECEIVER_ENDED.code());
        assertThat(region.deliveriesTo(POLICE)).as("the sender is told").hasSize(1);
    }

    @Test
    void aMailboxWithACertificateOfItsOwnOpensToNoOther() {
        put("eerste");
        region.partners.mailbox(Chain.BLIJF, Chain.ZC_ACHTERBLIJVER, SampleCertificate.another());
        region.partners.mailbox(Chain.BLIJF, Chain.ZC_UHG, Separation.none());
        assertThat(region.fetch(Chain.BLIJF, SampleCertificate.read(), Optional.of(Chain.ZC_ACHTERBLIJVER), 10))
                .isEqualTo(Examined.refused(Reason.MAILBOX_OF_ANOTHER_FUNCTION));
        assertThat(count(region.fetch(Chain.BLIJF, SampleCertificate.read(), Optional.empty(), 10))).isZero();
        assertThat(row(HERS).state()).isEqualTo(State.MAILBOX);
        assertThat(count(region.fetch(Chain.BLIJF, SampleCertificate.another(), Optional.empty(), 10))).isEqualTo(1);
        assertThat(row(HERS).state()).isEqualTo(State.DISCLOSED);
    }

    @Test
    void aCertificateThatOpensNoMailboxAtAllIsToldSoAndNotThatNothingWaits() {
        put("eerste");
        region.partners.mailbox(Chain.BLIJF, Chain.ZC_ACHTERBLIJVER, SampleCertificate.another());
        region.partners.push(Chain.BLIJF, Chain.ZC_UHG);
        assertThat(region.fetch(Chain.BLIJF, SampleCertificate.read(), Optional.empty(), 10))
                .isEqualTo(Examined.refused(Reason.MAILBOX_OF_ANOTHER_FUNCTION));
    }

    @Test
    void whatLiesInAMailboxWithACertificateOfItsOwnIsConfirmedByThatOneOnly() {
        put("eerste");
        region.partners.mailbox(Chain.BLIJF, Chain.ZC_ACHTERBLIJVER, SampleCertificate.another());
        region.fetch(Chain.BLIJF, SampleCertificate.another(), Optional.empty(), 10);
        var digest = row(HERS).digest().orElseThrow();
        assertThat(confirm(Chain.BLIJF, SampleCertificate.read(), row(HERS), digest))
                .isEqualTo(Examined.refused(Reason.DELIVERY_UNKNOWN));
        assertThat(confirm(Chain.BLIJF, SampleCertificate.another(), row(HERS), digest))
                .isEqualTo(Examined.passed(row(HERS).delivery().id()));
    }

    @Test
    void whatIsNoLongerPermittedIsCancelledInsteadOfGivenAndTheSenderIsTold() {
        put("eerste");
        policies.replaced();
        var fetched = region.fetch(HERS, 10);
        assertThat(fetched.deliveries()).isEmpty();
        assertThat(fetched.remaining()).isZero();
        assertThat(region.deliveriesTo(HERS)).extracting(Row::state).containsExactly(State.CANCELLED);
        assertThat(region.deliveriesTo(POLICE)).hasSize(1);
    }

    @Test
    void oneThatCannotBeReadDoesNotKeepTheOthers() {
        put("eerste");
        put("tweede");
        region.messages.spoil(new MessageId("urn:uuid:eerste"));
        var fetched = region.fetch(HERS, 10);
        assertThat(messages(fetched)).containsExactly("urn:uuid:tweede");
        assertThat(fetched.remaining()).isZero();
        assertThat(row(HERS).state()).isEqualTo(State.PARKED);
        assertThat(row(HERS).code()).contains(Reason.DELIVERY_UNREADABLE.code());
        assertThat(region.journal.records(Kind.ALARM)).hasSize(1);
        assertThat(region.deliveriesTo(POLICE)).hasSize(1);
    }

    @Test
    void aFetchDuringAFailureCancelsNothing() {
        put("eerste");
        put("tweede");
        region.fetch(HERS, 1);
        policies.failFor(question -> true);
        for (int attempt = 0; attempt < 2; attempt++) {
            var fetched = region.fetch(HERS, 10);
            assertThat(fetched.deliveries()).isEmpty();
            assertThat(fetched.remaining()).isEqualTo(2);
        }
        assertThat(region.deliveriesTo(HERS)).extracting(Row::state).containsExactly(State.DISCLOSED, State.MAILBOX);
        assertThat(region.deliveriesTo(POLICE)).isEmpty();
        assertThat(region.journal.records(Kind.ALARM)).as("the second waits behind the first").hasSize(1);

        policies.failFor(question -> false);
        assertThat(messages(region.fetch(HERS, 10))).containsExactly("urn:uuid:eerste", "urn:uuid:tweede");
    }

    @Test
    void whatCannotBeDecidedKeepsNothingElseFromItsReceiver() {
        for (var id : List.of("een", "twee", "drie")) {
            region.send(region.police(REPORT).as(id).to(Chain.ZC_ACHTERBLIJVER, SUPERVISION).urgently());
        }
        put("eerste");
        policies.failFor(question -> question.facts().urgent());
        var fetched = region.fetch(HERS, 1);
        assertThat(messages(fetched)).containsExactly("urn:uuid:eerste");
        assertThat(fetched.remaining()).isEqualTo(3);
    }

    @Test
    void whatWasFetchedBeforeItWasForbiddenMayHaveBeenSeenAndCanStillBeConfirmed() {
        put("eerste");
        region.fetch(HERS, 10);
        policies.replaced();
        assertThat(region.fetch(HERS, 10).deliveries()).isEmpty();
        assertThat(row(HERS).state()).isEqualTo(State.CANCELLED);
        assertThat(row(HERS).code()).contains(Reason.GIVEN_BEFORE.code());
        assertThat(confirm(Chain.BLIJF, row(HERS), row(HERS).digest().orElseThrow()))
                .isEqualTo(Examined.passed(row(HERS).delivery().id()));
        assertThat(region.journal.records(Kind.DELIVERED)).as("it was stopped").isEmpty();
        assertThat(region.journal.records(Kind.ALARM)).singleElement()
                .satisfies(record -> assertThat(record.facts()).containsEntry("alarm", "CONFIRMED_AFTER_STOP"));
    }

    @Test
    void confirmingEndsTheDelivery() {
        put("eerste");
        region.fetch(HERS, 10);
        assertThat(confirm(Chain.BLIJF, row(HERS), row(HERS).digest().orElseThrow()))
                .isEqualTo(Examined.passed(row(HERS).delivery().id()));
        assertThat(row(HERS).state()).isEqualTo(State.DELIVERED);
        assertThat(region.journal.records(Kind.DELIVERED)).singleElement().satisfies(record -> assertThat(record
                .facts()).containsEntry("digest", row(HERS).digest().orElseThrow().base64()));
        assertThat(region.fetch(HERS, 10).deliveries()).isEmpty();
    }

    @Test
    void confirmingAgainIsHarmless() {
        put("eerste");
        region.fetch(HERS, 10);
        confirm(Chain.BLIJF, row(HERS), row(HERS).digest().orElseThrow());
        assertThat(confirm(Chain.BLIJF, row(HERS), row(HERS).digest().orElseThrow()))
                .isEqualTo(Examined.passed(row(HERS).delivery().id()));
        assertThat(region.journal.records(Kind.DELIVERED)).hasSize(1);
    }

    @Test
    void anotherDigestConfirmsNothing() {
        put("eerste");
        region.fetch(HERS, 10);
        assertThat(confirm(Chain.BLIJF, row(HERS), Digest.of(new byte[]{1})))
                .isEqualTo(Examined.refused(Reason.DIGEST_DIFFERS));
        assertThat(row(HERS).state()).isEqualTo(State.DISCLOSED);
    }

    @Test
    void whatWasNeverFetchedCannotBeConfirmed() {
        put("eerste");
        assertThat(confirm(Chain.BLIJF, row(HERS), Digest.of(new byte[]{1})))
                .isEqualTo(Examined.refused(Reason.DELIVERY_UNKNOWN));
    }

    @Test
    void anotherOrganisationCannotConfirm() {
        put("eerste");
        region.fetch(HERS, 10);
        assertThat(confirm(Chain.PROBATION, row(HERS), row(HERS).digest().orElseThrow()))
                .isEqualTo(Examined.refused(Reason.DELIVERY_UNKNOWN));
    }

    private void put(String id) {
        region.send(region.police(REPORT).as(id).to(Chain.ZC_ACHTERBLIJVER, SUPERVISION));
        region.time.advance(Duration.ofSeconds(1));
    }

    private Row row(Party receiver) {
        return region.deliveriesTo(receiver).getFirst();
    }

    private Examined<DeliveryId> confirm(Oin receiver, Row row, Digest digest) {
        return confirm(receiver, SampleCertificate.read(), row, digest);
    }

    private Examined<DeliveryId> confirm(Oin receiver, X509Certificate certificate, Row row, Digest digest) {
        return region.transaction.inOne(() -> new Keep<>(region.mailbox
                .confirm(new Sender(receiver, receiver, certificate), row.delivery().id(), digest)));
    }

    /** The first of what was fetched, as the receiver reads it. */
    private Minimised given(Fetched fetched) {
        return region.writing.documentOf(fetched.deliveries().getFirst()).minimised();
    }

    private static int count(Examined<Fetched> fetched) {
        return ((Passed<Fetched>) fetched).value().deliveries().size();
    }

    private List<String> messages(Fetched fetched) {
        return fetched.deliveries().stream()
                .map(bytes -> region.writing.documentOf(bytes).messageId().value()).toList();
    }

    private static List<String> texts(Fetched fetched) {
        return fetched.deliveries().stream().map(bytes -> new String(bytes, UTF_8)).toList();
    }
}
