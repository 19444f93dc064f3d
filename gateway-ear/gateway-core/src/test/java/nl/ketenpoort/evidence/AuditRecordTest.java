package nl.ketenpoort.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import nl.ketenpoort.evidence.AuditRecord.Kind;

class AuditRecordTest {

    private static final UUID ID = UUID.fromString("6f1c3a52-6a3e-4c39-9d5b-0a8f6b6b2f10");
    private static final UUID CASE = UUID.fromString("0a4ff9a1-1111-4222-8333-9b6f2d1f0e77");
    private static final Instant AT = Instant.parse("2026-07-01T12:00:00.250Z");

    @Test
    void theBytesAreTheseForEver() {
        var record = new AuditRecord(ID, Kind.ACCEPTED, AT, Optional.of(CASE), Optional.of("00000099000000010000"),
                Optional.of("urn:uuid:1"), Map.of("type", "overtredingsmelding v1", "bundle", "b1"));
        assertThat(new String(record.canonical(), UTF_8)).isEqualTo("""
                ketenpoort-audit-v1
                id=6f1c3a52-6a3e-4c39-9d5b-0a8f6b6b2f10
                kind=ACCEPTED
                at=2026-07-01T12:00:00.250Z
                case=0a4ff9a1-1111-4222-8333-9b6f2d1f0e77
                sender=00000099000000010000
                message=urn:uuid:1
                fact.bundle=b1
                fact.type=overtredingsmelding v1
                """);
        var salt = new Salt(new byte[32]);
        assertThat(record.leaf(salt)).isEqualTo(salt.commit(record.canonical()));
    }

    @Test
    void whatIsAbsentIsAnEmptyLineAndNotALineLess() {
        assertThat(new String(with(Map.of()).canonical(), UTF_8)).isEqualTo("""
                ketenpoort-audit-v1
                id=6f1c3a52-6a3e-4c39-9d5b-0a8f6b6b2f10
                kind=SECURITY
                at=2026-07-01T12:00:00.250Z
                case=
                sender=
                message=
                """);
    }

    @Test
    void theOrderInWhichFactsWereGivenDoesNotMatter() {
        var one = new LinkedHashMap<String, String>();
        var other = new LinkedHashMap<String, String>();
        for (int i = 0; i < 30; i++) {
            one.put("fact-" + i, "value " + i);
            other.put("fact-" + (29 - i), "value " + (29 - i));
        }
        assertThat(with(one).canonical()).isEqualTo(with(other).canonical());
    }

    @Test
    void aValueCannotPretendToBeALineOfItsOwn() {
        var honest = with(Map.of("a", "1", "b", "2"));
        var pretending = with(Map.of("a", "1\nfact.b=2"));
        assertThat(pretending.canonical()).isNotEqualTo(honest.canonical());
        assertThat(new String(pretending.canonical(), UTF_8)).endsWith("fact.a=1\\nfact.b=2\n");
    }

    @Test
    void twoDifferentValuesNeverHaveTheSameBytes() {
        var values = new String[]{"a\nb", "a\\nb", "a\\\nb", "a\rb", "a\\rb", "a\r\nb", "a\\", "a", "", "\\\\n", "\\n"};
        assertThat(
                Arrays.stream(values).map(value -> new String(with(Map.of("x", value)).canonical(), UTF_8)))
                .doesNotHaveDuplicates();
    }

    @Test
    void theFactsCannotBeChangedAfterwards() {
        var given = new LinkedHashMap<>(Map.of("code", "KP-5112"));
        var record = with(given);
        var before = record.canonical();
        given.put("code", "KP-5111");
        assertThat(record.canonical()).isEqualTo(before);
        org.assertj.core.api.Assertions.assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> record.facts().put("more", "facts"));
    }

    private static AuditRecord with(Map<String, String> facts) {
        return new AuditRecord(ID, Kind.SECURITY, AT, Optional.empty(), Optional.empty(), Optional.empty(), facts);
    }
}
