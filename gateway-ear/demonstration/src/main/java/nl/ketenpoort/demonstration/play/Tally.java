package nl.ketenpoort.demonstration.play;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import nl.ketenpoort.demonstration.script.Script.Item;

/** The exchanges of a play, and what is wrong with each. */
final class Tally {

    private final Map<String, List<String>> problems = new LinkedHashMap<>();

    /** What is wrong with the exchange of this number so far; it counts as an exchange from now on. */
    List<String> of(String number) {
        return problems.computeIfAbsent(number, any -> new ArrayList<>());
    }

    /**
     * Plays an item. One that cannot be played, because what it stands on did not come about, counts as an exchange that
     * went wrong; the play goes on.
     *
     * @return why it could not be played, for a reader, Dutch; empty if it was
     */
    Optional<String> unplayable(Item item, Consumer<Item> playing) {
        try {
            playing.accept(item);
            return Optional.empty();
        } catch (RuntimeException why) {
            var problem = "kon niet gespeeld worden: " + why.getMessage();
            of(item.number()).add(problem);
            return Optional.of(problem);
        }
    }

    Play.Result result() {
        long wrong = problems.values().stream().filter(found -> !found.isEmpty()).count();
        return new Play.Result(problems.size(), problems.size() - (int) wrong);
    }
}
