package nl.ketenpoort.casefile;

import static nl.ketenpoort.casefile.SampleCase.HER;
import static nl.ketenpoort.casefile.SampleCase.HIM;
import static nl.ketenpoort.casefile.SampleCase.HIS;
import static nl.ketenpoort.casefile.SampleCase.LEFT;
import static nl.ketenpoort.casefile.SampleCase.OPENED;
import static nl.ketenpoort.casefile.SampleCase.POLICE;
import static nl.ketenpoort.casefile.SampleCase.SAFE_AT_HOME;
import static nl.ketenpoort.casefile.SampleCase.STAYS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import nl.ketenpoort.casefile.CaseFile.RequestedParty;
import nl.ketenpoort.casefile.CaseFiles.NewCase;
import nl.ketenpoort.casefile.CaseFiles.Origin;
import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.messagetype.PersonRole;
import nl.ketenpoort.partner.Chain;
import nl.ketenpoort.signature.MessageId;
import nl.ketenpoort.transaction.Transaction;
import nl.ketenpoort.transaction.Transaction.Keep;
import nl.ketenpoort.transaction.Transaction.Undo;

/** What every store of cases keeps to. */
public interface CaseFilesContract {

    CaseFiles cases();

    Transaction transaction();

    CaseId ID = new CaseId(UUID.fromString("5d0f3a52-1111-4222-8333-9b6f2d1f0e77"));

    @Test
    default void aCaseIsReadAsItWasMade() {
        assertThat(create(ID, "THV-1")).isTrue();
        var file = read();
        assertThat(file.phase()).isEqualTo(Phase.OPEN);
        assertThat(file.parties()).containsExactlyInAnyOrder(POLICE, SAFE_AT_HOME, HIS);
        assertThat(file.persons()).containsExactlyInAnyOrder(new PersonInCase(HER, STAYS),
                new PersonInCase(HIM, LEFT));
        assertThat(file.regie()).contains(SAFE_AT_HOME);
        assertThat(file.requested()).isEmpty();
        assertThat(file.protections()).isEmpty();
        assertThat(transaction().inOne(() -> new Keep<>(cases().lock(ID)))).contains(file);
    }

    @Test
    default void whereAndWhenACaseWasOpenedIsKept() {
        create(ID, "THV-1");
        change(() -> cases().setPhase(ID, Phase.VERLENGD, OPENED.plusSeconds(60)));
        assertThat(transaction().inOne(() -> new Keep<>(cases().origin(ID)))).contains(new Origin("0363", OPENED));
        assertThat(transaction().inOne(() -> new Keep<>(cases().origin(new CaseId(UUID.randomUUID()))))).isEmpty();
    }

    @Test
    default void aCaseThatDoesNotExistIsEmpty() {
        var nobody = new CaseId(UUID.randomUUID());
        assertThat(transaction().inOne(() -> new Keep<>(cases().read(nobody)))).isEmpty();
        assertThat(transaction().inOne(() -> new Keep<>(cases().lock(nobody)))).isEmpty();
    }

    @Test
    default void aSecondCaseForTheSameDecisionOfAMunicipalityIsNotMade() {
        create(ID, "THV-1");
        var second = new CaseId(UUID.randomUUID());
        assertThat(create(second, "THV-1")).isFalse();
        assertThat(transaction().inOne(() -> new Keep<>(cases().read(second)))).isEmpty();
        assertThat(create(second, "THV-2")).isTrue();
    }

    @Test
    default void whatIsUndoneWasNeverThere() {
        transaction().inOne(() -> new Undo<>(cases().create(SampleCase.opened(ID, "THV-1"))));
        assertThat(transaction().inOne(() -> new Keep<>(cases().read(ID)))).isEmpty();
        assertThat(create(ID, "THV-1")).as("its decision number is free").isTrue();
        change(() -> cases().setPhase(ID, Phase.VERLENGD, OPENED));
        transaction().inOne(() -> {
            cases().setPhase(ID, Phase.AFGESLOTEN, OPENED);
            return new Undo<>(true);
        });
        assertThat(read().phase()).isEqualTo(Phase.VERLENGD);
    }

    @Test
    default void whatWasChangedIsSeenInTheSameTransaction() {
        create(ID, "THV-1");
        assertThat(transaction().inOne(() -> {
            cases().setPhase(ID, Phase.VERLENGD, OPENED);
            return new Undo<>(cases().lock(ID).orElseThrow().phase());
        })).isEqualTo(Phase.VERLENGD);
    }

    @Test
    default void everyPhaseCanBeSet() {
        create(ID, "THV-1");
        for (var phase : Phase.values()) {
            change(() -> cases().setPhase(ID, phase, OPENED));
            assertThat(read().phase()).isEqualTo(phase);
        }
    }

    @Test
    default void thePeriodOfTheBanIsReadAsItWasSet() {
        create(ID, "THV-1");
        assertThat(read().ban()).isEqualTo(Ban.NONE);
        var started = Ban.NONE.startingAt(OPENED.plusNanos(123_456_789)).orElseThrow();
        change(() -> cases().setBan(ID, started));
        assertThat(read().ban()).isEqualTo(started);
        var imposed = started.imposedUntil(OPENED.plusSeconds(864_000)).orElseThrow();
        var withdrawn = imposed.endedAt(OPENED.plusSeconds(86_400)).orElseThrow();
        change(() -> cases().setBan(ID, withdrawn));
        assertThat(read().ban()).isEqualTo(withdrawn);
        assertThat(transaction().inOne(() -> new Keep<>(cases().lock(ID))).map(CaseFile::ban)).contains(withdrawn);
    }

    @Test
    default void theStartOfTheBanStaysOnceItIsSet() {
        create(ID, "THV-1");
        var later = OPENED.plusSeconds(864_000);
        change(() -> cases().setBan(ID, Ban.NONE.startingAt(OPENED).orElseThrow()));
        change(() -> cases().setBan(ID, new Ban(Optional.of(later), Optional.of(later), Optional.of(later))));
        assertThat(read().ban()).isEqualTo(new Ban(Optional.of(OPENED), Optional.of(later), Optional.of(later)));
        change(() -> cases().setBan(ID, Ban.NONE));
        assertThat(read().ban().start()).contains(OPENED);
    }

    @Test
    default void protectionsAreAddedAndTheSamePairIsReplaced() {
        create(ID, "THV-1");
        change(() -> cases().protect(ID, List.of(new ProtectedFrom(HER, HIM, OPENED))));
        change(() -> cases().protect(ID, List.of(new ProtectedFrom(HIM, HER, OPENED),
                new ProtectedFrom(HER, HIM, OPENED.plusSeconds(60)))));
        assertThat(read().protections()).containsExactlyInAnyOrder(new ProtectedFrom(HIM, HER, OPENED),
                new ProtectedFrom(HER, HIM, OPENED.plusSeconds(60)));
    }

    @Test
    default void personsAreAddedAndWhoIsThereStaysAsHeIs() {
        create(ID, "THV-1");
        var neighbour = new PersonInCase(new PersonId("p3"), new PersonRole("NETWERKPERSOON"));
        change(() -> cases().addPersons(ID, List.of(neighbour, new PersonInCase(HER, LEFT))));
        assertThat(read().persons()).containsExactlyInAnyOrder(new PersonInCase(HER, STAYS),
                new PersonInCase(HIM, LEFT), neighbour);
    }

    @Test
    default void aPartyIsAddedOnceAndStaysAsItIs() {
        create(ID, "THV-1");
        var added = new Party(Chain.BLIJF, Chain.ZC_ACHTERBLIJVER, Set.of(STAYS));
        change(() -> cases().addParty(ID, added, OPENED));
        change(() -> cases().addParty(ID, new Party(Chain.BLIJF, Chain.ZC_ACHTERBLIJVER, Set.of(LEFT)), OPENED));
        assertThat(read().parties()).containsExactlyInAnyOrder(POLICE, SAFE_AT_HOME, HIS, added);
    }

    @Test
    default void anOrganisationMayHaveTwoFunctions() {
        create(ID, "THV-1");
        var second = new Party(Chain.PROBATION, Chain.ZC_ACHTERBLIJVER, Set.of());
        change(() -> cases().addParty(ID, second, OPENED));
        assertThat(read().parties()).contains(HIS, second);
    }

    @Test
    default void aPartyByRequestIsKeptWithItsRequest() {
        create(ID, "THV-1");
        var asked = new Party(Chain.GGZ, Chain.GGZ_FUNCTION, Set.of(LEFT));
        var first = new RequestedParty(asked, new MessageId("urn:uuid:1"));
        var second = new RequestedParty(asked, new MessageId("urn:uuid:2"));
        change(() -> cases().addRequested(ID, first, OPENED));
        change(() -> cases().addRequested(ID, first, OPENED));
        change(() -> cases().addRequested(ID, second, OPENED));
        assertThat(read().requested()).containsExactlyInAnyOrder(first, second);
        assertThat(read().parties()).doesNotContain(asked);
    }

    @Test
    default void regieGoesToAParty() {
        create(ID, "THV-1");
        change(() -> cases().setRegie(ID, HIS));
        assertThat(read().regie()).contains(HIS);
    }

    @Test
    default void aHolderWhoCameInByARequestHoldsRegie() {
        create(ID, "THV-1");
        var about = new RequestedParty(new Party(Chain.GGZ, Chain.GGZ_FUNCTION, Set.of(LEFT)),
                new MessageId("urn:uuid:1"));
        var alsoAbout = new RequestedParty(new Party(Chain.GGZ, Chain.GGZ_FUNCTION, Set.of(STAYS)),
                new MessageId("urn:uuid:2"));
        change(() -> cases().addRequested(ID, about, OPENED));
        change(() -> cases().addRequested(ID, alsoAbout, OPENED));
        change(() -> {
            var holder = cases().lock(ID).flatMap(file -> file.asked(Chain.GGZ, Chain.GGZ_FUNCTION)).orElseThrow();
            cases().addParty(ID, holder, OPENED);
            cases().setRegie(ID, holder);
        });
        var both = new Party(Chain.GGZ, Chain.GGZ_FUNCTION, Set.of(LEFT, STAYS));
        assertThat(read().regie()).contains(both);
        assertThat(read().parties()).contains(both);
        assertThat(read().requested()).containsExactlyInAnyOrder(about, alsoAbout);
    }

    @Test
    default void whoIsNoPartyTakesRegieFromNobody() {
        create(ID, "THV-1");
        var asked = new Party(Chain.GGZ, Chain.GGZ_FUNCTION, Set.of(LEFT));
        change(() -> cases().addRequested(ID, new RequestedParty(asked, new MessageId("urn:uuid:1")), OPENED));
        change(() -> cases().setRegie(ID, asked));
        assertThat(read().regie()).contains(SAFE_AT_HOME);
    }

    @Test
    default void aCaseMayBeginWithoutRegie() {
        var opened = SampleCase.opened(ID, "THV-1");
        change(() -> cases().create(new NewCase(ID, opened.municipality(), opened.decisionNumber(), opened.parties(),
                opened.persons(), Optional.empty(), OPENED)));
        assertThat(read().regie()).isEmpty();
    }

    @Test
    default void oneCaseIsNotAnother() {
        create(ID, "THV-1");
        var other = new CaseId(UUID.randomUUID());
        create(other, "THV-2");
        change(() -> {
            cases().setPhase(other, Phase.AFGESLOTEN, OPENED);
            cases().protect(other, List.of(new ProtectedFrom(HER, HIM, OPENED)));
            cases().setRegie(other, HIS);
        });
        assertThat(read().phase()).isEqualTo(Phase.OPEN);
        assertThat(read().protections()).isEmpty();
        assertThat(read().regie()).contains(SAFE_AT_HOME);
    }

    private boolean create(CaseId id, String decisionNumber) {
        return transaction().inOne(() -> new Keep<>(cases().create(SampleCase.opened(id, decisionNumber))));
    }

    private CaseFile read() {
        return transaction().inOne(() -> new Keep<>(cases().read(ID))).orElseThrow();
    }

    private void change(Runnable change) {
        transaction().inOne(() -> {
            change.run();
            return new Keep<>(true);
        });
    }
}
