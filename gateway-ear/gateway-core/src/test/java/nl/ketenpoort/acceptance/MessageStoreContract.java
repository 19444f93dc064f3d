package nl.ketenpoort.acceptance;

import static nl.ketenpoort.casefile.SampleCase.OPENED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import nl.ketenpoort.acceptance.MessageStore.Claim;
import nl.ketenpoort.acceptance.MessageStore.Earlier;
import nl.ketenpoort.acceptance.MessageStore.Fresh;
import nl.ketenpoort.acceptance.MessageStore.Other;
import nl.ketenpoort.acceptance.MessageStore.Same;
import nl.ketenpoort.casefile.CaseFiles;
import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.casefile.SampleCase;
import nl.ketenpoort.partner.Chain;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.signature.MessageId;
import nl.ketenpoort.transaction.Transaction;
import nl.ketenpoort.transaction.Transaction.Keep;
import nl.ketenpoort.transaction.Transaction.Undo;

/** What every store of accepted messages keeps to. */
public interface MessageStoreContract {

    MessageStore messages();

    CaseFiles cases();

    Transaction transaction();

    CaseId ID = new CaseId(UUID.fromString("5d0f3a52-1111-4222-8333-9b6f2d1f0e77"));
    MessageId MESSAGE = new MessageId("urn:uuid:bericht-1");

    @Test
    default void aMessageIdThatNobodyUsedIsFresh() {
        assertThat(claimAlone(Chain.POLICE, MESSAGE, AcceptedSample.bodyOf(MESSAGE))).isInstanceOf(Fresh.class);
    }

    @Test
    default void theSameContentAgainGivesTheStoredReceiptByteForByte() {
        accept(Chain.POLICE, MESSAGE);
        assertThat(claimAlone(Chain.POLICE, MESSAGE, AcceptedSample.bodyOf(MESSAGE))).isInstanceOfSatisfying(Same.class,
                same -> assertThat(same.receipt()).isEqualTo(AcceptedSample.receiptOf(MESSAGE)));
    }

    @Test
    default void anotherContentUnderTheSameMessageIdIsKnownAsSuch() {
        accept(Chain.POLICE, MESSAGE);
        assertThat(claimAlone(Chain.POLICE, MESSAGE, new byte[]{1})).isInstanceOf(Other.class);
    }

    @Test
    default void aMessageIdIsBoundToItsSender() {
        accept(Chain.POLICE, MESSAGE);
        assertThat(claimAlone(Chain.SAFE_AT_HOME, MESSAGE, new byte[]{1})).isInstanceOf(Fresh.class);
    }

    @Test
    default void aClaimThatIsUndoneBindsNothing() {
        transaction().inOne(() -> new Undo<>(messages().claim(Chain.POLICE, MESSAGE, new byte[]{1})));
        assertThat(claimAlone(Chain.POLICE, MESSAGE, AcceptedSample.bodyOf(MESSAGE))).isInstanceOf(Fresh.class);
    }

    @Test
    default void anAcceptedMessageThatIsUndoneWasNeverThere() {
        transaction().inOne(() -> {
            keep(Chain.POLICE, MESSAGE);
            return new Undo<>(true);
        });
        assertThat(claimAlone(Chain.POLICE, MESSAGE, AcceptedSample.bodyOf(MESSAGE))).isInstanceOf(Fresh.class);
        assertThat(earlier(ID, MESSAGE)).isEmpty();
    }

    @Test
    default void whatALaterMessageMayReferToIsKnownInItsCaseOnlyWithWhoSentAndWhoReceivedIt() {
        accept(Chain.POLICE, MESSAGE);
        assertThat(earlier(ID, MESSAGE)).as("not who was refused").containsExactly(
                new Earlier("melding", Chain.POLICE, Chain.POLITIE, Set.of(Chain.SAFE_AT_HOME)));
        assertThat(earlier(new CaseId(UUID.randomUUID()), MESSAGE)).isEmpty();
        assertThat(earlier(ID, new MessageId("urn:uuid:ander"))).isEmpty();
    }

    @Test
    default void ofTwoSendersWhoUsedTheSameIdEachMessageIsFound() {
        accept(Chain.POLICE, MESSAGE);
        accept(Chain.OM, MESSAGE);
        assertThat(earlier(ID, MESSAGE)).extracting(Earlier::sender).containsExactlyInAnyOrder(Chain.POLICE, Chain.OM);
    }

    @Test
    default void twoMessagesOfOneSenderShareHisCertificate() {
        accept(Chain.POLICE, MESSAGE);
        var second = new MessageId("urn:uuid:bericht-2");
        accept(Chain.POLICE, second);
        assertThat(earlier(ID, second)).hasSize(1);
    }

    private List<Earlier> earlier(CaseId caseId, MessageId id) {
        return transaction().inOne(() -> new Keep<>(messages().earlier(caseId, id)));
    }

    private void accept(Oin sender, MessageId id) {
        transaction().inOne(() -> {
            keep(sender, id);
            return new Keep<>(true);
        });
    }

    private void keep(Oin sender, MessageId id) {
        if (cases().lock(ID).isEmpty()) {
            cases().create(SampleCase.opened(ID, "THV-1"));
        }
        var accepted = AcceptedSample.message(sender, id, ID, OPENED);
        assertThat(messages().claim(sender, id, accepted.message().verified().body())).isInstanceOf(Fresh.class);
        messages().keep(accepted);
    }

    private Claim claimAlone(Oin sender, MessageId id, byte[] body) {
        return transaction().inOne(() -> new Undo<>(messages().claim(sender, id, body)));
    }
}
