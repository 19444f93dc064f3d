package nl.ketenpoort.demonstration.play;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import nl.ketenpoort.demonstration.play.Play.Result;
import nl.ketenpoort.demonstration.script.Script.Alarm;
import nl.ketenpoort.demonstration.script.Script.Item;

class TallyTest {

    private final Tally tally = new Tally();

    @Test
    void whatCannotBePlayedIsOneExchangeThatWentWrongAndTheRestIsStillPlayed() {
        assertThat(tally.unplayable(item("1.1"), this::playedWell)).isEmpty();
        assertThat(tally.unplayable(item("1.2"), item -> {
            throw new IllegalStateException("casus 7 is niet geopend");
        })).hasValueSatisfying(problem -> assertThat(problem).contains("casus 7 is niet geopend"));
        assertThat(tally.unplayable(item("1.3"), this::playedWell)).isEmpty();

        assertThat(tally.result()).isEqualTo(new Result(3, 2));
        assertThat(tally.result().right()).isFalse();
    }

    @Test
    void severalThingsWrongWithOneExchangeMakeOneExchangeThatWentWrong() {
        tally.of("1.1").add("ontving niets");
        tally.of("1.1").add("ontving het twee keer");
        tally.of("1.2");

        assertThat(tally.result()).isEqualTo(new Result(2, 1));
    }

    @Test
    void whatIsOnlyDoneIsNoExchange() {
        tally.unplayable(item("1.1"), item -> {});

        assertThat(tally.result()).isEqualTo(new Result(0, 0));
    }

    private void playedWell(Item item) {
        tally.of(item.number());
    }

    private static Item item(String number) {
        return new Alarm(number, "", "1.1", "SAFETY_EFFECT_IN_CLOSED_CASE");
    }
}
