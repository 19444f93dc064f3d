package nl.ketenpoort.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.messagetype.Category;
import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.partner.Chain;
import nl.ketenpoort.partner.NamedFunction;

class ConsentTest {

    private static final PersonId PERSON = new PersonId("p1");
    private static final Purpose PURPOSE = new Purpose("HULPVERLENING");
    private static final Instant FROM = Instant.parse("2026-07-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-08-01T00:00:00Z");
    private static final Instant AT = Instant.parse("2026-07-15T00:00:00Z");

    private static final Party POLICE = new Party(Chain.POLICE, Chain.POLITIE, Set.of());
    private static final Party SAFE_AT_HOME = new Party(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, Set.of());
    private static final Party HIS_COORDINATOR = new Party(Chain.PROBATION, Chain.ZC_UHG, Set.of());
    private static final Party HER_COORDINATOR = new Party(Chain.BLIJF, Chain.ZC_ACHTERBLIJVER, Set.of());
    private static final Party PROSECUTION = new Party(Chain.OM, Chain.OM_FUNCTION, Set.of());

    private final Consent consent = consent(Optional.empty());

    @Test
    void itCoversWhatItSays() {
        assertThat(consent.covers(PERSON, PURPOSE, POLICE, HIS_COORDINATOR, Category.H, AT)).isTrue();
        assertThat(consent.covers(PERSON, PURPOSE, SAFE_AT_HOME, HIS_COORDINATOR, Category.F, AT)).isTrue();
    }

    @Test
    void itCoveredUntilItEnded() {
        assertThat(covered(consent, AT)).as("it still does").isFalse();
        assertThat(covered(consent, UNTIL)).as("it has run out").isTrue();
        assertThat(covered(consent(Optional.of(AT)), AT)).as("it was withdrawn").isTrue();
        assertThat(covered(consent, FROM.minusSeconds(1))).as("it has not begun").isFalse();
        assertThat(consent.covered(PERSON, PURPOSE, POLICE, HER_COORDINATOR, Category.H, UNTIL))
                .as("it never did").isFalse();
    }

    private static boolean covered(Consent consent, Instant at) {
        return consent.covered(PERSON, PURPOSE, POLICE, HIS_COORDINATOR, Category.H, at);
    }

    @Test
    void itCoversNobodyElse() {
        assertThat(consent.covers(new PersonId("p2"), PURPOSE, POLICE, HIS_COORDINATOR, Category.H, AT)).isFalse();
    }

    @Test
    void itCoversNoOtherPurpose() {
        assertThat(consent.covers(PERSON, new Purpose("STRAFRECHT"), POLICE, HIS_COORDINATOR, Category.H, AT))
                .isFalse();
    }

    @Test
    void itCoversNoOtherSenderAndNotTheOppositeDirection() {
        assertThat(consent.covers(PERSON, PURPOSE, PROSECUTION, HIS_COORDINATOR, Category.H, AT)).isFalse();
        assertThat(consent.covers(PERSON, PURPOSE, HIS_COORDINATOR, POLICE, Category.H, AT)).isFalse();
    }

    @Test
    void itCoversNoOtherReceiver() {
        assertThat(consent.covers(PERSON, PURPOSE, POLICE, HER_COORDINATOR, Category.H, AT)).isFalse();
    }

    @Test
    void whereItNamesAnOrganisationItCoversNoOtherInThatFunction() {
        var named = new Consent(UUID.randomUUID(), consent.caseId(), PERSON, PURPOSE,
                Set.of(new NamedFunction(Chain.POLITIE, Optional.of(Chain.POLICE))),
                Set.of(new NamedFunction(Chain.ZC_UHG, Optional.of(Chain.PROBATION))), Set.of(Category.H), FROM, UNTIL,
                Optional.empty(), new Consent.Registrar(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS));
        var anotherInHisFunction = new Party(Chain.BLIJF, Chain.ZC_UHG, Set.of());
        var anotherPolice = new Party(Chain.OM, Chain.POLITIE, Set.of());

        assertThat(named.covers(PERSON, PURPOSE, POLICE, HIS_COORDINATOR, Category.H, AT)).isTrue();
        assertThat(named.covers(PERSON, PURPOSE, POLICE, anotherInHisFunction, Category.H, AT)).isFalse();
        assertThat(named.covers(PERSON, PURPOSE, anotherPolice, HIS_COORDINATOR, Category.H, AT)).isFalse();
        assertThat(named.concerns(HIS_COORDINATOR)).isTrue();
        assertThat(named.concerns(anotherInHisFunction)).as("his function alone does not show it to him").isFalse();
    }

    @Test
    void itCoversNoOtherCategory() {
        assertThat(consent.covers(PERSON, PURPOSE, POLICE, HIS_COORDINATOR, Category.T, AT)).isFalse();
    }

    @Test
    void itHoldsFromItsFirstMomentAndNotAtItsLast() {
        assertThat(consent.covers(PERSON, PURPOSE, POLICE, HIS_COORDINATOR, Category.H, FROM)).isTrue();
        assertThat(consent.covers(PERSON, PURPOSE, POLICE, HIS_COORDINATOR, Category.H, FROM.minusNanos(1)))
                .isFalse();
        assertThat(consent.covers(PERSON, PURPOSE, POLICE, HIS_COORDINATOR, Category.H, UNTIL.minusNanos(1)))
                .isTrue();
        assertThat(consent.covers(PERSON, PURPOSE, POLICE, HIS_COORDINATOR, Category.H, UNTIL)).isFalse();
    }

    @Test
    void withdrawnItCoversNothingAnyMore() {
        var withdrawn = consent(Optional.of(UNTIL));
        assertThat(withdrawn.covers(PERSON, PURPOSE, POLICE, HIS_COORDINATOR, Category.H, AT))
                .as("whatever moment the withdrawal bears").isFalse();
    }

    @Test
    void itConcernsWhoMayGiveWhoMayReceiveAndWhoRegisteredIt() {
        var ofOthers = new Consent(UUID.randomUUID(), consent.caseId(), PERSON, PURPOSE, Chain.any(Chain.POLITIE),
                Chain.any(Chain.ZC_UHG), Set.of(Category.H), FROM, UNTIL, Optional.empty(),
                new Consent.Registrar(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS));
        assertThat(ofOthers.concerns(new Party(Chain.POLICE, Chain.POLITIE, Set.of()))).isTrue();
        assertThat(ofOthers.concerns(new Party(Chain.PROBATION, Chain.ZC_UHG, Set.of()))).isTrue();
        assertThat(ofOthers.concerns(new Party(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, Set.of()))).isTrue();
        assertThat(ofOthers.concerns(new Party(Chain.SAFE_AT_HOME, Chain.ZC_ACHTERBLIJVER, Set.of())))
                .as("another function of who registered it").isFalse();
        assertThat(ofOthers.concerns(new Party(Chain.BLIJF, Chain.VEILIG_THUIS, Set.of())))
                .as("another organisation in that function").isFalse();
    }

    private static Consent consent(Optional<Instant> withdrawn) {
        return new Consent(UUID.randomUUID(), new CaseId(UUID.randomUUID()), PERSON, PURPOSE,
                Chain.any(Chain.POLITIE, Chain.VEILIG_THUIS), Chain.any(Chain.ZC_UHG), Set.of(Category.H, Category.F),
                FROM,
                UNTIL, withdrawn, new Consent.Registrar(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS));
    }
}
