package nl.ketenpoort.tlslistener;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class RefusalCountsTest {

    private static final Authority AUTHORITY = new Authority();
    private static final List<ShownChain> MANY = IntStream.range(0, 40)
            .mapToObj(number -> new ShownChain(List.of(AUTHORITY.credential("SERIALNUMBER=00000099000000010000",
                    BigInteger.valueOf(0x1000 + number), -1, 1).certificate())))
            .toList();

    private final RefusalCounts counts = new RefusalCounts();

    private void refused(Why why, int certificate) {
        counts.note(why, Optional.of(MANY.get(certificate)), Optional.of("192.0.2." + certificate));
    }

    private static long sum(List<RefusalCount> taken) {
        return taken.stream().mapToLong(RefusalCount::count).sum();
    }

    @Test
    void theSameIsCountedTogetherWithTheAddressOfTheLast() {
        refused(Why.EXPIRED, 1);
        counts.note(Why.EXPIRED, Optional.of(MANY.get(1)), Optional.of("192.0.2.99"));
        counts.note(Why.EXPIRED, Optional.of(MANY.get(1)), Optional.empty());
        refused(Why.REVOKED, 1);

        assertThat(counts.take()).containsExactly(
                new RefusalCount(Why.EXPIRED, Optional.of("1001"), Optional.of("00000099000000010000"), false,
                        Optional.of("192.0.2.99"), 3),
                new RefusalCount(Why.REVOKED, Optional.of("1001"), Optional.of("00000099000000010000"), false,
                        Optional.of("192.0.2.1"), 1));
    }

    @Test
    void whatWasTakenIsCountedNoMoreButInTheTotal() {
        refused(Why.EXPIRED, 1);
        assertThat(counts.take()).hasSize(1);
        assertThat(counts.take()).isEmpty();
        assertThat(counts.total()).isEqualTo(1);
    }

    @Test
    void ofAStormTheFirstAreToldApartAndTheRestIsCountedTogether() {
        for (int round = 0; round < 1000; round++) {
            for (int certificate = 0; certificate < MANY.size(); certificate++) {
                refused(Why.UNKNOWN_ISSUER, certificate);
            }
        }

        var taken = counts.take();
        assertThat(taken).hasSize(RefusalCounts.CERTIFICATES_APART + 1);
        assertThat(sum(taken)).isEqualTo(40_000);
        assertThat(taken).filteredOn(RefusalCount::others).singleElement().satisfies(others -> {
            assertThat(others.serial()).isEmpty();
            assertThat(others.oin()).isEmpty();
            assertThat(others.count()).isEqualTo(32_000);
        });
    }

    @Test
    void certificatesThatAnybodyCanMakeDoNotCrowdOutThoseOfAnAuthority() {
        IntStream.range(0, MANY.size()).forEach(certificate -> refused(Why.UNKNOWN_ISSUER, certificate));
        refused(Why.REVOKED, 30);

        assertThat(counts.take()).filteredOn(count -> count.why() == Why.REVOKED).singleElement()
                .satisfies(count -> assertThat(count.serial()).contains("101e"));
    }

    @Test
    void whatIsPutBackIsCountedWithWhatCameSince() {
        refused(Why.EXPIRED, 1);
        refused(Why.EXPIRED, 2);
        var taken = counts.take();
        refused(Why.EXPIRED, 2);
        refused(Why.EXPIRED, 3);
        counts.putBack(taken);

        assertThat(counts.take()).extracting(count -> count.serial().orElseThrow() + " x " + count.count() + " from "
                + count.lastAddress().orElseThrow()).containsExactly("1001 x 1 from 192.0.2.1",
                        "1002 x 2 from 192.0.2.2", "1003 x 1 from 192.0.2.3");
        assertThat(counts.total()).isEqualTo(4);
    }

    @Test
    void howeverOftenItIsPutBackItStaysSmallAndNothingIsLost() {
        for (int round = 0; round < 10; round++) {
            var taken = counts.take();
            for (int certificate = 4 * round; certificate < 4 * round + 4; certificate++) {
                refused(Why.UNKNOWN_ISSUER, certificate);
            }
            counts.putBack(taken);
        }

        var taken = counts.take();
        assertThat(taken).hasSize(RefusalCounts.CERTIFICATES_APART + 1);
        assertThat(taken.getFirst().serial()).as("the first stays apart").contains("1000");
        assertThat(sum(taken)).isEqualTo(40);
    }

    @Test
    void manyAtOnceLoseNoCount() throws InterruptedException {
        var taken = new AtomicLong();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int thread = 0; thread < 8; thread++) {
                int certificate = thread;
                threads.submit(() -> {
                    for (int i = 0; i < 1000; i++) {
                        refused(Why.EXPIRED, certificate);
                        if (i % 100 == 0) {
                            counts.putBack(counts.take());
                            taken.addAndGet(sum(counts.take()));
                        }
                    }
                });
            }
        }

        assertThat(taken.get() + sum(counts.take())).isEqualTo(8000).isEqualTo(counts.total());
    }
}
