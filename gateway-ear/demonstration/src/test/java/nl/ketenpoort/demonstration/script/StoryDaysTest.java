package nl.ketenpoort.demonstration.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import nl.ketenpoort.demonstration.script.Script.Message;

/** On the messages of the demonstration; in 2027 the clock goes forward on 28 March and back on 31 October. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoryDaysTest {

    private static final Duration TEN_DAYS = Duration.ofHours(240);

    private final Script script = ScriptFile.wholeThv();
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, LocalDate> days = new HashMap<>();

    /** The days before and after both changes, and every day on which a ban of ten days or its past lies across one. */
    static Stream<LocalDate> days() {
        return Stream.of(LocalDate.of(2027, 3, 28), LocalDate.of(2027, 10, 31), LocalDate.of(2026, 11, 25))
                .flatMap(change -> change.minusDays(12).datesUntil(change.plusDays(13)));
    }

    @ParameterizedTest
    @MethodSource("days")
    void aBanBeganBeforeItIsPlayedAndEndsOnTheSameClockTenDaysLater(LocalDate played) {
        for (var number : new String[]{"1.1", "1.3", "1.4"}) {
            var text = moved(number, played);
            var start = moment(text, "ingang").atZoneSameInstant(StoryDays.ZONE);
            var end = moment(text, "einde").atZoneSameInstant(StoryDays.ZONE);

            assertThat(end.toLocalDateTime()).isEqualTo(start.toLocalDateTime().plusDays(10));
            assertThat(Duration.between(start, end)).isBetween(TEN_DAYS.minusHours(1), TEN_DAYS.plusHours(1));
            assertThat(start.toLocalDate()).isBetween(played.minusDays(10), played.minusDays(1));
            assertThat(end.toLocalDate()).isAfterOrEqualTo(played);
        }
    }

    @ParameterizedTest
    @MethodSource("days")
    void whereSheWillBeIsTheDayAfterTomorrowOnTheSameClock(LocalDate played) {
        var text = moved("8.1", played);
        var place = text.substring(text.indexOf("<plaats"), text.indexOf("</plaats>"));

        var from = moment(place, "vanaf").atZoneSameInstant(StoryDays.ZONE);
        assertThat(from.toLocalDate()).isEqualTo(played.plusDays(2));
        assertThat(from.toLocalTime()).hasToString("10:00");
    }

    @ParameterizedTest
    @MethodSource("days")
    void whatIsToldHasHappened(LocalDate played) {
        var happened = Map.of("2.1", "opgesteld", "2.4", "moment", "5.1", "tijdstip", "5.7", "tijdstip", "7.2",
                "gezegdOp", "7.7", "vrijSinds", "8.1", "opgesteld");
        happened.forEach((number, element) -> assertThat(
                moment(moved(number, played), element).atZoneSameInstant(StoryDays.ZONE).toLocalDate())
                .as(number + " " + element).isBeforeOrEqualTo(played));
    }

    @ParameterizedTest
    @MethodSource("days")
    void heIsSeenThenArrestedThenTheCaseIsClosedAndThenHeIsReleased(LocalDate played) {
        assertThat(Stream.of(moment(moved("5.3", played), "tijdstip"), moment(moved("5.4", played), "moment"),
                moment(moved("7.2", played), "moment"), moment(moved("7.7", played), "vrijSinds"))
                .map(OffsetDateTime::toInstant)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void birthsStayAndSoDoesTheCustodyThatBeganWithThem() {
        var text = moved("1.4", LocalDate.of(2027, 3, 28));

        assertThat(text).contains("<geboortedatum>2026-01-19</geboortedatum>")
                .contains("<sinds>2026-01-19T00:00:00+01:00</sinds>").doesNotContain("2026-11-13T");
    }

    @Test
    void aDayWithoutATimeMovesToo() {
        var story = new StoryDays(LocalDate.of(2026, 11, 10), LocalDate.of(2027, 6, 1));

        assertThat(story.moved("<dag>2026-11-12</dag><moment>2026-11-12T10:00:00+01:00</moment>"))
                .isEqualTo("<dag>2027-06-03</dag><moment>2027-06-03T10:00:00+02:00</moment>");
    }

    private String moved(String number, LocalDate played) {
        return new StoryDays(days.get(number), played).moved(texts.get(number));
    }

    @BeforeAll
    void make() {
        var id = Optional.of(UUID.randomUUID().toString());
        var situation = new Messages.Situation(id, "THV-0363-2026-777", id, id);
        for (var message : script.items().filter(Message.class::isInstance).map(Message.class::cast).toList()) {
            var story = script.cases().stream().filter(one -> one.number().equals(message.caseNumber())).findFirst()
                    .orElseThrow();
            texts.put(message.number(), Messages.make(message.making(), story.replacements(), situation, texts));
            days.put(message.number(), story.day());
        }
    }

    private static OffsetDateTime moment(String text, String element) {
        var found = Pattern.compile("<" + element + ">([^<]*)</" + element + ">").matcher(text);
        assertThat(found.find()).as(element).isTrue();
        return OffsetDateTime.parse(found.group(1));
    }
}
