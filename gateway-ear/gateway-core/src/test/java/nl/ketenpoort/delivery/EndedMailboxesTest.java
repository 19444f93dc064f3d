package nl.ketenpoort.delivery;

import static nl.ketenpoort.acceptance.Region.HERS;
import static nl.ketenpoort.acceptance.Region.POLICE;
import static nl.ketenpoort.acceptance.Region.REPORT;
import static nl.ketenpoort.acceptance.Region.SUPERVISION;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import nl.ketenpoort.acceptance.Region;
import nl.ketenpoort.delivery.InMemoryDeliveries.Row;
import nl.ketenpoort.delivery.InMemoryDeliveries.State;
import nl.ketenpoort.delivery.LaneDelivery.Next;
import nl.ketenpoort.evidence.AuditRecord.Kind;
import nl.ketenpoort.partner.Chain;
import nl.ketenpoort.refusal.Examined;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.signature.SampleCertificate;
import nl.ketenpoort.signature.Sender;
import nl.ketenpoort.transaction.Transaction.Keep;

/** What lies in a mailbox that nobody can open any more ends all the same, and its sender hears how. */
class EndedMailboxesTest {

    private final Region region = new Region();
    private final Lane toHer = region.lane(HERS, false);

    @BeforeEach
    void aMessageLiesInAMailbox() {
        region.policies.permitEverything();
        region.send(region.police(REPORT).as("eerste").to(Chain.ZC_ACHTERBLIJVER, SUPERVISION));
        assertThat(hers().state()).isEqualTo(State.MAILBOX);
    }

    @Test
    void aMailboxThatIsFetchedFromIsLeftAlone() {
        region.endedMailboxes.takeBack();
        assertThat(hers().state()).isEqualTo(State.MAILBOX);
        assertThat(region.deliveries.woken()).isZero();
    }

    @Test
    void ofAnOrganisationThatWasEndedItIsStopped() {
        region.partners.end(Chain.BLIJF);
        region.endedMailboxes.takeBack();
        assertThat(region.deliveries.woken()).isEqualTo(1);
        assertThat(region.advance(toHer)).isEqualTo(new Next.Again());
        assertThat(hers().state()).isEqualTo(State.CANCELLED);
        assertThat(hers().code()).contains(Reason.RECEIVER_ENDED.code());
        assertThat(region.deliveriesTo(POLICE)).as("its sender is told").hasSize(1);
    }

    @Test
    void whatWasFetchedAndNotConfirmedIsNotToldToBeUnseen() {
        region.fetch(HERS, 10);
        region.partners.end(Chain.BLIJF);
        region.endedMailboxes.takeBack();
        region.advance(toHer);
        assertThat(hers().state()).isEqualTo(State.CANCELLED);
        assertThat(hers().code()).contains(Reason.GIVEN_BEFORE.code());
    }

    @Test
    void ofAFunctionThatHasNoEndpointAnyMoreItIsParked() {
        region.partners.withoutEndpoint(Chain.BLIJF, Chain.ZC_ACHTERBLIJVER);
        region.endedMailboxes.takeBack();
        region.advance(toHer);
        assertThat(hers().state()).isEqualTo(State.PARKED);
        assertThat(hers().code()).contains(Reason.ENDPOINT_MISSING.code());
        assertThat(region.journal.records(Kind.ALARM)).hasSize(1);
        assertThat(region.deliveriesTo(POLICE)).as("its sender is told").hasSize(1);
    }

    @Test
    void whoeverHasASystemNowIsDeliveredToBeforeWhatCameLater() {
        region.partners.push(Chain.BLIJF, Chain.ZC_ACHTERBLIJVER);
        region.send(region.police(REPORT).as("tweede").to(Chain.ZC_ACHTERBLIJVER, SUPERVISION));
        region.advance(toHer);
        region.advance(toHer);
        assertThat(region.partnerSystem.pushed()).extracting(pushed -> region.writing.documentOf(pushed.body())
                .sequence()).containsExactly(1L, 2L);
        assertThat(region.deliveriesTo(HERS)).extracting(Row::state).containsOnly(State.DELIVERED);
    }

    @Test
    void whoeverHasASystemNowIsDeliveredToWithoutAnythingNew() {
        region.partners.push(Chain.BLIJF, Chain.ZC_ACHTERBLIJVER);
        region.endedMailboxes.takeBack();
        region.advance(toHer);
        assertThat(hers().state()).isEqualTo(State.DELIVERED);
    }

    @Test
    void whoeverFetchedAndHasNoEndpointNowCanStillConfirm() {
        region.fetch(HERS, 10);
        region.partners.withoutEndpoint(Chain.BLIJF, Chain.ZC_ACHTERBLIJVER);
        region.endedMailboxes.takeBack();
        assertThat(confirm()).isEqualTo(Examined.passed(hers().delivery().id()));
        assertThat(hers().state()).isEqualTo(State.DELIVERED);
        assertThat(region.journal.records(Kind.ALARM)).isEmpty();
    }

    @Test
    void whoeverFetchedAndConfirmsBeforeItIsDeliveredToHisSystemHasIt() {
        region.fetch(HERS, 10);
        region.partners.push(Chain.BLIJF, Chain.ZC_ACHTERBLIJVER);
        region.endedMailboxes.takeBack();
        assertThat(confirm()).isEqualTo(Examined.passed(hers().delivery().id()));
        assertThat(region.advance(toHer)).isEqualTo(new Next.Drained());
        assertThat(region.partnerSystem.pushed()).isEmpty();
    }

    private Examined<DeliveryId> confirm() {
        return region.transaction.inOne(() -> new Keep<>(region.mailbox.confirm(
                new Sender(Chain.BLIJF, Chain.BLIJF, SampleCertificate.read()), hers().delivery().id(),
                hers().digest().orElseThrow())));
    }

    private Row hers() {
        return region.deliveriesTo(HERS).getFirst();
    }
}
