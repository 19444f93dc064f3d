package nl.ketenpoort.operations.tlslistener;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import nl.ketenpoort.tlslistener.RefusalCount;
import nl.ketenpoort.tlslistener.RefusalCounts;
import nl.ketenpoort.tlslistener.Why;

class ListenerCountsTest {

    private final RefusalCounts server = new RefusalCounts();
    private final ListenerCounts counts = new ListenerCounts(server);

    @ParameterizedTest
    @EnumSource(Why.class)
    void everyReasonOfTheServerIsTheOneOfTheSameNameAndBack(Why why) {
        server.putBack(List.of(new RefusalCount(why, Optional.of("7f01"), Optional.of("00000099000000010000"), false,
                Optional.of("192.0.2.7"), 3)));

        var taken = counts.take();
        assertThat(taken).singleElement().satisfies(refused -> {
            assertThat(refused.why().name()).isEqualTo(why.name());
            assertThat(refused.serial()).contains("7f01");
            assertThat(refused.oin()).contains("00000099000000010000");
            assertThat(refused.lastAddress()).contains("192.0.2.7");
            assertThat(refused.others()).isFalse();
            assertThat(refused.count()).isEqualTo(3);
        });
        counts.putBack(taken);
        assertThat(counts.take()).isEqualTo(taken);
    }

    @Test
    void severalTogetherStaySeveralTogether() {
        server.putBack(List.of(new RefusalCount(Why.UNKNOWN_ISSUER, Optional.empty(), Optional.empty(), true,
                Optional.empty(), 90)));

        assertThat(counts.take()).singleElement().satisfies(refused -> assertThat(refused.others()).isTrue());
    }
}
