package nl.ketenpoort.policies;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.w3c.dom.Document;

/**
 * Whom a function can serve in a case. A route says it, also of a participant that a message names, and in another
 * region one function may serve both adults as well; a function that a request brings in (ADDS_PARTY) serves whomever
 * the request is about. A function of which no route speaks takes part in no case; it is taken to serve nobody, as
 * authorities do.
 */
final class Served {

    private static final List<String> ROLES = CodeList.named("persoonrol");
    private static final List<String> ADULTS = List.of("ACHTERBLIJVER", "UITHUISGEPLAATSTE");

    private final List<Document> routes = XmlData.filesIn("routes").stream()
            .map(file -> XmlData.valid("routes/routes-v1.xsd", file)).toList();
    private final Set<String> joiningByRequest = MessageTypes.functionsThatARequestBringsIn();
    private final Map<String, Set<Set<String>>> byFunction = new TreeMap<>();

    /** Every set of roles this function can serve, the smallest first. */
    Set<Set<String>> by(String function) {
        return byFunction.computeIfAbsent(function, this::find);
    }

    private Set<Set<String>> find(String function) {
        if (joiningByRequest.contains(function)) {
            return subsetsOf(ROLES);
        }
        Set<Set<String>> sets = new HashSet<>();
        for (Document route : routes) {
            var there = XmlData.elements(route, "functie").stream()
                    .filter(functie -> functie.getAttribute("code").equals(function)).toList();
            there.forEach(functie -> sets.add(Set.copyOf(XmlData.words(functie.getAttribute("dient")))));
        }
        for (Set<String> routed : Set.copyOf(sets)) {
            if (!routed.isEmpty()) {
                subsetsOf(ADULTS).forEach(adults -> sets.add(union(routed, adults)));
            }
        }
        return sets.isEmpty() ? Set.of(Set.of()) : inOrder(sets);
    }

    private static Set<Set<String>> subsetsOf(List<String> roles) {
        return inOrder(IntStream.range(0, 1 << roles.size())
                .mapToObj(bits -> IntStream.range(0, roles.size()).filter(at -> (bits >> at & 1) == 1)
                        .mapToObj(roles::get).collect(Collectors.toSet()))
                .collect(Collectors.toSet()));
    }

    private static Set<Set<String>> inOrder(Set<Set<String>> sets) {
        return sets.stream().sorted(Comparator.<Set<String>>comparingInt(Set::size).thenComparing(Served::listed))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    /** Roles in the order of their code list. */
    static String listed(Set<String> roles) {
        return roles.isEmpty()
                ? "niemand"
                : ROLES.stream().filter(roles::contains).collect(Collectors.joining(" en "));
    }

    /** The fewest words that tell these sets from the others this function can serve. */
    String described(String function, Set<Set<String>> some) {
        Set<Set<String>> possible = by(function);
        if (possible.size() == 1) {
            return listed(possible.iterator().next());
        }
        if (some.containsAll(possible)) {
            return "wie ook";
        }
        List<Sides> holding = Sides.all().stream().filter(sides -> sides.tells(some, possible)).toList();
        Set<Set<String>> left = new HashSet<>(some);
        List<String> words = new ArrayList<>();
        while (!left.isEmpty()) {
            var widest = holding.stream()
                    .max(Comparator.comparingLong(sides -> left.stream().filter(sides::fits).count()))
                    .orElseThrow();
            left.removeIf(widest::fits);
            words.add(widest.toString());
        }
        return String.join(" of ", words);
    }

    /** Roles that are served and roles that are not; the others may be either. */
    private record Sides(Set<String> with, Set<String> without) {

        /** With the fewest words first. */
        static List<Sides> all() {
            return subsetsOf(ROLES).stream()
                    .flatMap(with -> subsetsOf(ROLES).stream()
                            .filter(without -> without.stream().noneMatch(with::contains))
                            .map(without -> new Sides(with, without)))
                    .sorted(Comparator.<Sides>comparingInt(sides -> sides.with.size() + sides.without.size())
                            .thenComparingInt(sides -> sides.without.size()))
                    .toList();
        }

        boolean fits(Set<String> served) {
            return served.containsAll(with) && without.stream().noneMatch(served::contains);
        }

        boolean tells(Set<Set<String>> some, Set<Set<String>> possible) {
            return some.stream().anyMatch(this::fits) && possible.stream().filter(this::fits).allMatch(some::contains);
        }

        @Override
        public String toString() {
            String served = with.isEmpty() ? "" : "met " + listed(with);
            String others = without.isEmpty() ? "" : "zonder " + listed(without);
            return served + (served.isEmpty() || others.isEmpty() ? "" : ", ") + others;
        }
    }
}
