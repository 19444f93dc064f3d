package nl.ketenpoort.messagetype;

import static nl.ketenpoort.messagetype.Trees.branch;
import static nl.ketenpoort.messagetype.Trees.content;
import static nl.ketenpoort.messagetype.Trees.leaf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import nl.ketenpoort.partner.Chain;

class MessageTypeTest {

    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

    @Test
    void aValueRuleHoldsByItsKind() {
        var content = content("melding", leaf("ernst", "HOOG"));
        var yes = Optional.of(true);
        assertThat(new ValueRule.Always().holds(content, Optional.of(false))).isTrue();
        assertThat(new ValueRule.Never().holds(content, yes)).isFalse();
        assertThat(new ValueRule.BySender().holds(content, yes)).isTrue();
        assertThat(new ValueRule.BySender().holds(content, Optional.empty())).isFalse();
        var byValue = new ValueRule.ByValue("ernst", Set.of("HOOG", "ACUUT"));
        assertThat(byValue.holds(content, Optional.of(false))).isTrue();
        assertThat(byValue.holds(content("melding", leaf("ernst", "LAAG")), Optional.empty())).isFalse();
        assertThat(byValue.holds(content("melding", leaf("ernst", "LAAG")), yes)).as("the sender says so").isTrue();
    }

    @Test
    void aReceiverUnderAConditionGetsItOnlyWhenTheContentHoldsIt() {
        var type = TypeDraft.type("melding").onlyIf(Chain.ZC_UHG, new ValueRule.ByValue("voor-uhg", Set.of("ja")))
                .done();
        assertThat(type.allows(Chain.ZC_UHG, content("melding", leaf("voor-uhg", "ja")))).isTrue();
        assertThat(type.allows(Chain.ZC_UHG, content("melding", leaf("voor-uhg", "nee")))).isFalse();
        assertThat(type.allows(Chain.ZC_UHG, content("melding"))).as("absent is not yes").isFalse();
        assertThat(type.allows(Chain.POLITIE, content("melding"))).isTrue();
    }

    @Test
    void aWeighingHoldsUntilItEnds() {
        var type = TypeDraft.type("melding").weighedAt("afweging", Optional.of("afweging/tot")).done();
        var weighed = content("melding", branch("afweging", leaf("tot", "2026-07-01T12:00:01Z")));
        assertThat(type.weighed(weighed, NOW)).isTrue();
        assertThat(type.weighed(weighed, NOW.plusSeconds(1))).isFalse();
        assertThat(type.weighed(content("melding"), NOW)).isFalse();
    }

    @Test
    void aTypeThatCannotHoldAWeighingNeverHasOne() {
        assertThat(
                TypeDraft.type("melding").done().weighed(content("melding", branch("afweging", leaf("x", "y"))), NOW))
                .isFalse();
    }

    @Test
    void onlyCorrectionsAndRecallsPassInEveryPhase() {
        for (var kind : Effect.Kind.values()) {
            assertThat(TypeDraft.type("x").effect(kind, Map.of()).done().correctsOrRecalls())
                    .isEqualTo(kind == Effect.Kind.CORRECTS || kind == Effect.Kind.RECALLS);
        }
    }
}
