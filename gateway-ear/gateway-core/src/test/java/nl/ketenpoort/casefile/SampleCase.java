package nl.ketenpoort.casefile;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import nl.ketenpoort.casefile.CaseFiles.NewCase;
import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.messagetype.PersonRole;
import nl.ketenpoort.partner.Chain;

/** A case for the contracts of stores. */
public final class SampleCase {

    public static final Instant OPENED = Instant.parse("2026-07-01T12:00:00.250Z");
    public static final PersonId HER = new PersonId("p1");
    public static final PersonId HIM = new PersonId("p2");
    public static final PersonRole STAYS = new PersonRole("ACHTERBLIJVER");
    public static final PersonRole LEFT = new PersonRole("UITHUISGEPLAATSTE");
    public static final Party POLICE = new Party(Chain.POLICE, Chain.POLITIE, Set.of());
    public static final Party SAFE_AT_HOME = new Party(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, Set.of());
    public static final Party HIS = new Party(Chain.PROBATION, Chain.ZC_UHG, Set.of(LEFT));

    private SampleCase() {}

    public static NewCase opened(CaseId id, String decisionNumber) {
        return new NewCase(id, "0363", decisionNumber, List.of(POLICE, SAFE_AT_HOME, HIS),
                List.of(new PersonInCase(HER, STAYS), new PersonInCase(HIM, LEFT)), Optional.of(SAFE_AT_HOME), OPENED);
    }
}
