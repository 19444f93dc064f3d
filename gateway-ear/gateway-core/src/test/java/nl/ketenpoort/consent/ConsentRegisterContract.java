package nl.ketenpoort.consent;

import static nl.ketenpoort.casefile.SampleCase.HER;
import static nl.ketenpoort.casefile.SampleCase.HIM;
import static nl.ketenpoort.casefile.SampleCase.OPENED;
import static nl.ketenpoort.casefile.SampleCase.SAFE_AT_HOME;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import nl.ketenpoort.casefile.CaseFiles;
import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.casefile.SampleCase;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.messagetype.Category;
import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.partner.Chain;
import nl.ketenpoort.partner.NamedFunction;
import nl.ketenpoort.transaction.Transaction;
import nl.ketenpoort.transaction.Transaction.Keep;
import nl.ketenpoort.transaction.Transaction.Undo;
import nl.ketenpoort.validation.PartnerRequest.RegisterConsent;

/** What every register of consents keeps to. */
public interface ConsentRegisterContract {

    ConsentRegister consents();

    CaseFiles cases();

    Transaction transaction();

    CaseId ID = new CaseId(UUID.fromString("5d0f3a52-1111-4222-8333-9b6f2d1f0e77"));
    Instant NOW = OPENED.plusSeconds(60);
    Set<NamedFunction> TO_HIS_COORDINATOR = Set.of(new NamedFunction(Chain.ZC_UHG, Optional.of(Chain.PROBATION)));
    Party POLICE = new Party(Chain.POLICE, Chain.POLITIE, Set.of());
    Party HIS_COORDINATOR = new Party(Chain.PROBATION, Chain.ZC_UHG, Set.of());
    Instant UNTIL = OPENED.plusSeconds(86_400);

    @Test
    default void aConsentIsReadAsItWasGiven() {
        var id = register(ID, HER);
        assertThat(of(ID)).containsExactly(new Consent(id, ID, HER, new Purpose("HULPVERLENING"),
                Chain.any(Chain.POLITIE, Chain.VEILIG_THUIS), TO_HIS_COORDINATOR, Set.of(Category.H, Category.F),
                OPENED, UNTIL, Optional.empty(), new Consent.Registrar(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS)));
        assertThat(transaction().inOne(() -> new Keep<>(consents().lockedForReading(ID)))).isEqualTo(of(ID));
    }

    @Test
    default void aCaseWithoutConsentHasNone() {
        assertThat(of(new CaseId(UUID.randomUUID()))).isEmpty();
    }

    @Test
    default void everyConsentOfTheCaseIsThereAndNoneOfAnother() {
        var other = new CaseId(UUID.randomUUID());
        var hers = register(ID, HER);
        var his = register(ID, HIM);
        register(other, HER);
        assertThat(of(ID)).extracting(Consent::id).containsExactlyInAnyOrder(hers, his);
    }

    @Test
    default void aWithdrawnConsentStaysToBeSeenAndCoversNothing() {
        var id = register(ID, HER);
        assertThat(
                of(ID).getFirst().covers(HER, new Purpose("HULPVERLENING"), POLICE, HIS_COORDINATOR, Category.H, NOW))
                .isTrue();
        assertThat(withdraw(ID, id)).isTrue();
        var consent = of(ID).getFirst();
        assertThat(consent.withdrawn()).contains(NOW);
        assertThat(consent.covers(HER, consent.purpose(), POLICE, HIS_COORDINATOR, Category.H, NOW)).isFalse();
    }

    @Test
    default void aConsentIsWithdrawnOnce() {
        var id = register(ID, HER);
        withdraw(ID, id);
        assertThat(withdraw(ID, id)).isFalse();
        assertThat(of(ID).getFirst().withdrawn()).contains(NOW);
    }

    @Test
    default void anUnknownConsentOrOneOfAnotherCaseIsNotWithdrawn() {
        var other = new CaseId(UUID.randomUUID());
        var id = register(ID, HER);
        register(other, HER);
        assertThat(withdraw(ID, UUID.randomUUID())).isFalse();
        assertThat(withdraw(other, id)).isFalse();
        assertThat(of(ID).getFirst().withdrawn()).isEmpty();
    }

    @Test
    default void withdrawingOneLeavesTheOthers() {
        var hers = register(ID, HER);
        var his = register(ID, HIM);
        withdraw(ID, hers);
        assertThat(of(ID)).filteredOn(consent -> consent.withdrawn().isEmpty()).extracting(Consent::id)
                .containsExactly(his);
    }

    @Test
    default void aWithdrawalThatIsUndoneDidNotHappen() {
        var id = register(ID, HER);
        transaction().inOne(() -> new Undo<>(consents().withdraw(ID, id, false, NOW)));
        assertThat(of(ID).getFirst().withdrawn()).isEmpty();
    }

    private UUID register(CaseId caseId, PersonId person) {
        var id = UUID.randomUUID();
        transaction().inOne(() -> {
            if (cases().lock(caseId).isEmpty()) {
                cases().create(SampleCase.opened(caseId, "THV-" + caseId));
            }
            consents().register(id, new RegisterConsent(caseId, Chain.VEILIG_THUIS, person,
                    RegisterConsent.Giver.KIND_EN_GEZAG, new Purpose("HULPVERLENING"),
                    Chain.any(Chain.POLITIE, Chain.VEILIG_THUIS), TO_HIS_COORDINATOR, Set.of(Category.H, Category.F),
                    OPENED, UNTIL, RegisterConsent.Framework.DRANG, "ar-SY", true, RegisterConsent.Form.SCHRIFTELIJK,
                    Optional.of(Digest.of(new byte[]{1})), true), SAFE_AT_HOME, OPENED);
            return new Keep<>(true);
        });
        return id;
    }

    private boolean withdraw(CaseId caseId, UUID id) {
        return transaction().inOne(() -> new Keep<>(consents().withdraw(caseId, id, true, NOW)));
    }

    private List<Consent> of(CaseId caseId) {
        return transaction().inOne(() -> new Keep<>(consents().of(caseId)));
    }
}
