package nl.ketenpoort.demonstration.script;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Moves a story by whole days, so that the day on which it is told is the day on which it is played. The clock of
 * Europe/Amsterdam stays: ten days after 23:10 is 23:10, also when summer time begins or ends in between.
 *
 * @param told day of the story on which it is told
 * @param played day on which it is played, in Europe/Amsterdam
 */
public record StoryDays(LocalDate told, LocalDate played) {

    /** Where the story is. */
    public static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");

    /** What is longer ago, such as a birth or the custody that began with it, is the past of people and stays. */
    private static final int DAYS_OF_THE_STORY_BEFORE_IT_IS_TOLD = 60;

    private static final Pattern MOMENT = Pattern
            .compile("\\b\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:Z|[+-]\\d{2}:\\d{2})");
    private static final Pattern DAY = Pattern.compile("(?<=>)\\d{4}-\\d{2}-\\d{2}(?=<)");
    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");

    /** The text with every date-time, and every date that is all of an element, moved. */
    public String moved(String text) {
        return DAY.matcher(MOMENT.matcher(text).replaceAll(this::moment)).replaceAll(this::day);
    }

    private String moment(MatchResult found) {
        var moment = OffsetDateTime.parse(found.group()).atZoneSameInstant(ZONE);
        return isOfTheStory(moment.toLocalDate())
                ? WRITTEN.format(moment.toLocalDateTime().plusDays(days()).atZone(ZONE))
                : found.group();
    }

    private String day(MatchResult found) {
        var day = LocalDate.parse(found.group());
        return isOfTheStory(day) ? day.plusDays(days()).toString() : found.group();
    }

    private long days() {
        return ChronoUnit.DAYS.between(told, played);
    }

    private boolean isOfTheStory(LocalDate day) {
        return !day.isBefore(told.minusDays(DAYS_OF_THE_STORY_BEFORE_IT_IS_TOLD));
    }
}
