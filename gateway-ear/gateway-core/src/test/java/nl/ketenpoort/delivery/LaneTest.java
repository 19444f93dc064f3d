package nl.ketenpoort.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.partner.Chain;

class LaneTest {

    @Test
    void everyLaneHasANameOfItsOwnFromWhichItIsRead() {
        var names = new HashSet<String>();
        for (var caseId : List.of(new CaseId(UUID.randomUUID()), new CaseId(UUID.randomUUID()))) {
            for (var oin : List.of(Chain.POLICE, Chain.SAFE_AT_HOME)) {
                for (var function : List.of(Chain.POLITIE, Chain.ZC_UHG)) {
                    for (var urgent : List.of(true, false)) {
                        var lane = new Lane(caseId, oin, function, urgent);
                        assertThat(Lane.parse(lane.name())).isEqualTo(lane);
                        names.add(lane.name());
                    }
                }
            }
        }
        assertThat(names).hasSize(16);
    }
}
