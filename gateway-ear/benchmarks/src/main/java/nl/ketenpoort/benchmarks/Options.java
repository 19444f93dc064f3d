package nl.ketenpoort.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What to measure, and for how long.
 *
 * @param warm how long each line is warmed; an endpoint gets cheaper for minutes
 * @param window how long a line is measured at a time
 * @param rounds how many windows each line gets; in a round every line has its turn
 * @param cases over how many cases
 * @param withPush whether the lines with push are measured too
 */
record Options(Duration warm, Duration window, int rounds, int cases, boolean withPush) {

    private static final String WITHOUT_PUSH = "--without-push";
    private static final Map<String, Integer> NUMBERS = Map.of("--warm", 150, "--window", 30, "--rounds", 3, "--cases",
            500);

    /** Refuses an option that it does not know, and a number that is none or not above zero. */
    static Options of(String... arguments) {
        var numbers = new TreeMap<>(NUMBERS);
        boolean withPush = true;
        var left = List.of(arguments).iterator();
        while (left.hasNext()) {
            var name = left.next();
            if (name.equals(WITHOUT_PUSH)) {
                withPush = false;
            } else if (!NUMBERS.containsKey(name)) {
                throw new IllegalArgumentException("the benchmark does not know " + name + "; it knows "
                        + String.join(", ", numbers.keySet()) + ", each with a number, and " + WITHOUT_PUSH);
            } else {
                numbers.put(name, number(name, left.hasNext() ? left.next() : ""));
            }
        }
        return new Options(Duration.ofSeconds(numbers.get("--warm")), Duration.ofSeconds(numbers.get("--window")),
                numbers.get("--rounds"), numbers.get("--cases"), withPush);
    }

    private static int number(String name, String value) {
        if (!value.matches("[1-9]\\d{0,5}")) {
            throw new IllegalArgumentException(name + " wants a number from 1 to 999999");
        }
        return Integer.parseInt(value);
    }
}
