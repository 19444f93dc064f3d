package nl.ketenpoort.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import nl.ketenpoort.casefile.CaseFile.RequestedParty;
import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.messagetype.PersonRole;
import nl.ketenpoort.partner.Chain;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.signature.MessageId;

class CaseFileTest {

    private static final PersonRole STAYS = new PersonRole("ACHTERBLIJVER");
    private static final PersonRole LEFT = new PersonRole("UITHUISGEPLAATSTE");
    private static final PersonRole CHILD = new PersonRole("MINDERJARIGE");
    private static final PersonId MOTHER = new PersonId("p1");
    private static final PersonId FATHER = new PersonId("p2");
    private static final PersonId DAUGHTER = new PersonId("p3");
    private static final MessageId REQUEST = new MessageId("urn:uuid:verzoek");

    private static final Party POLICE = new Party(Chain.POLICE, Chain.POLITIE, Set.of());
    private static final Party SAFE_AT_HOME = new Party(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, Set.of());
    private static final Party HERS = new Party(Chain.BLIJF, Chain.ZC_ACHTERBLIJVER, Set.of(STAYS, CHILD));
    private static final Party HIS = new Party(Chain.PROBATION, Chain.ZC_UHG, Set.of(LEFT));
    private static final Party GGZ = new Party(Chain.GGZ, Chain.GGZ_FUNCTION, Set.of(LEFT));

    @Test
    void whoeverServesThePersonSomebodyIsProtectedFromIsKnown() {
        var file = file(Phase.OPEN, List.of(new ProtectedFrom(MOTHER, FATHER, Instant.EPOCH)), Optional.empty());
        assertThat(file.servesSomebodyProtectedFrom(HIS, MOTHER)).isTrue();
        assertThat(file.servesSomebodyProtectedFrom(HERS, MOTHER)).isFalse();
        assertThat(file.servesSomebodyProtectedFrom(POLICE, MOTHER)).as("the police serve nobody").isFalse();
    }

    @Test
    void protectionWorksInOneDirection() {
        var file = file(Phase.OPEN, List.of(new ProtectedFrom(MOTHER, FATHER, Instant.EPOCH)), Optional.empty());
        assertThat(file.servesSomebodyProtectedFrom(HERS, FATHER)).isFalse();
    }

    @Test
    void theProtectionOfOneIsNotThatOfAnother() {
        var file = file(Phase.OPEN, List.of(new ProtectedFrom(MOTHER, FATHER, Instant.EPOCH)), Optional.empty());
        assertThat(file.servesSomebodyProtectedFrom(HIS, DAUGHTER)).isFalse();
    }

    @Test
    void whoeverServesAMemberOfTheHouseholdTooIsKnown() {
        var file = file(Phase.OPEN, List.of(new ProtectedFrom(FATHER, DAUGHTER, Instant.EPOCH)), Optional.empty());
        assertThat(file.servesSomebodyProtectedFrom(HERS, FATHER)).as("she serves mother and daughter").isTrue();
    }

    @Test
    void regiehouderIsWhoeverHoldsRegie() {
        assertThat(file(Phase.OPEN, List.of(), Optional.of(HERS)).withFunction(PartnerFunction.REGIEHOUDER))
                .containsExactly(HERS);
        assertThat(file(Phase.OPEN, List.of(), Optional.empty()).withFunction(PartnerFunction.REGIEHOUDER)).isEmpty();
    }

    @Test
    void zorgcoordinatieIsEachCoordinatorOfTheCase() {
        assertThat(file(Phase.OPEN, List.of(), Optional.empty()).withFunction(PartnerFunction.ZORGCOORDINATIE))
                .containsExactlyInAnyOrder(HERS, HIS);
    }

    @Test
    void aPartyByRequestHasAFunctionForThatRequestOnly() {
        var file = file(Phase.OPEN, List.of(), Optional.empty())
                .withRequested(List.of(new RequestedParty(GGZ, REQUEST)));
        assertThat(file.partyAnswering(Chain.GGZ, Chain.GGZ_FUNCTION, REQUEST)).contains(GGZ);
        assertThat(file.receiver(Chain.GGZ, Chain.GGZ_FUNCTION, REQUEST)).contains(GGZ);
        assertThat(file.partyAnswering(Chain.GGZ, Chain.GGZ_FUNCTION, new MessageId("urn:uuid:ander"))).isEmpty();
        assertThat(file.receiver(Chain.GGZ, Chain.GGZ_FUNCTION, new MessageId("urn:uuid:ander"))).isEmpty();
        assertThat(file.party(Chain.GGZ, Chain.GGZ_FUNCTION)).isEmpty();
        assertThat(file.withFunction(Chain.GGZ_FUNCTION)).isEmpty();
    }

    @Test
    void aPartyThatTwoRequestsBroughtInServesWhomEitherIsAbout() {
        var other = new MessageId("urn:uuid:ander");
        var file = file(Phase.OPEN, List.of(), Optional.empty()).withRequested(List.of(
                new RequestedParty(GGZ, REQUEST),
                new RequestedParty(new Party(Chain.GGZ, Chain.GGZ_FUNCTION, Set.of(STAYS)), other)));
        var whole = new Party(Chain.GGZ, Chain.GGZ_FUNCTION, Set.of(STAYS, LEFT));
        assertThat(file.receiver(Chain.GGZ, Chain.GGZ_FUNCTION, REQUEST)).contains(whole);
        assertThat(file.partyAnswering(Chain.GGZ, Chain.GGZ_FUNCTION, other)).contains(whole);
        assertThat(file.functionsOf(Chain.GGZ)).containsExactly(whole);
    }

    @Test
    void aPartyOfTheCaseThatARequestBroughtInBeforeServesWhomEitherSays() {
        var file = file(Phase.OPEN, List.of(), Optional.of(HIS))
                .withRequested(List.of(new RequestedParty(new Party(Chain.PROBATION, Chain.ZC_UHG, Set.of(CHILD)),
                        REQUEST)));
        var whole = file.receiver(Chain.PROBATION, Chain.ZC_UHG, new MessageId("urn:uuid:ander")).orElseThrow();
        assertThat(whole.serves()).containsExactlyInAnyOrder(LEFT, CHILD);
        assertThat(file.hearsAfterClosure(whole)).as("it is still who held regie last").isTrue();
    }

    @Test
    void aPartyByRequestIsInvolvedButDoesNotParticipate() {
        var file = file(Phase.OPEN, List.of(), Optional.empty())
                .withRequested(List.of(new RequestedParty(GGZ, REQUEST)));
        assertThat(file.involves(Chain.GGZ)).isTrue();
        assertThat(file.participates(Chain.GGZ)).isFalse();
        assertThat(file.involves(Chain.OM)).isFalse();
        assertThat(file.participates(Chain.POLICE)).isTrue();
    }

    @Test
    void whoWasAskedMoreThanOnceServesEverybodyTheRequestsAreAbout() {
        var file = file(Phase.OPEN, List.of(), Optional.empty()).withRequested(List.of(new RequestedParty(GGZ, REQUEST),
                new RequestedParty(new Party(Chain.GGZ, Chain.GGZ_FUNCTION, Set.of(CHILD)),
                        new MessageId("urn:uuid:ander"))));
        assertThat(file.asked(Chain.GGZ, Chain.GGZ_FUNCTION))
                .contains(new Party(Chain.GGZ, Chain.GGZ_FUNCTION, Set.of(LEFT, CHILD)));
        assertThat(file.asked(Chain.GGZ, Chain.ZC_UHG)).isEmpty();
        assertThat(file.asked(Chain.PROBATION, Chain.ZC_UHG)).as("a party, and nobody asked it").isEmpty();
    }

    @Test
    void whoHoldsRegieHoldsItWhomeverItServes() {
        var file = file(Phase.OPEN, List.of(), Optional.of(HERS));
        assertThat(file.holdsRegie(new Party(Chain.BLIJF, Chain.ZC_ACHTERBLIJVER, Set.of(STAYS)))).isTrue();
        assertThat(file.holdsRegie(new Party(Chain.BLIJF, Chain.ZC_UHG, Set.of(STAYS, CHILD)))).isFalse();
        assertThat(file.holdsRegie(HIS)).isFalse();
    }

    @Test
    void anOrganisationIsNotAPartyInAFunctionItDoesNotHave() {
        assertThat(file(Phase.OPEN, List.of(), Optional.empty()).party(Chain.POLICE, Chain.VEILIG_THUIS)).isEmpty();
    }

    @Test
    void afterClosureVeiligThuisAndTheLastHolderOfRegieStillHear() {
        var file = file(Phase.AFGESLOTEN, List.of(), Optional.of(HERS));
        assertThat(file.closed()).isTrue();
        assertThat(file.hearsAfterClosure(SAFE_AT_HOME)).isTrue();
        assertThat(file.hearsAfterClosure(HERS)).isTrue();
        assertThat(file.hearsAfterClosure(HIS)).isFalse();
        assertThat(file.hearsAfterClosure(POLICE)).isFalse();
    }

    @Test
    void aMinorIsKnownByHisRole() {
        assertThat(file(Phase.OPEN, List.of(), Optional.empty()).hasMinors()).isTrue();
        assertThat(new CaseFile(new CaseId(UUID.randomUUID()), Phase.OPEN, List.of(), List.of(),
                List.of(new PersonInCase(MOTHER, STAYS)), List.of(), Optional.empty(), Ban.NONE).hasMinors()).isFalse();
    }

    @Test
    void whoIsNotInTheCaseHasNoRole() {
        var file = file(Phase.OPEN, List.of(), Optional.empty());
        assertThat(file.roleOf(FATHER)).contains(LEFT);
        assertThat(file.roleOf(new PersonId("p9"))).isEmpty();
    }

    private static CaseFile file(Phase phase, List<ProtectedFrom> protections, Optional<Party> regie) {
        return new CaseFile(new CaseId(UUID.randomUUID()), phase, List.of(POLICE, SAFE_AT_HOME, HERS, HIS), List.of(),
                List.of(new PersonInCase(MOTHER, STAYS), new PersonInCase(FATHER, LEFT),
                        new PersonInCase(DAUGHTER, CHILD)),
                protections, regie, Ban.NONE);
    }
}
