package nl.ketenpoort.validation.xml;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import nl.ketenpoort.casefile.ThvTerm;
import nl.ketenpoort.messagetype.Content;
import nl.ketenpoort.messagetype.Content.Branch;
import nl.ketenpoort.messagetype.Content.Leaf;
import nl.ketenpoort.messagetype.Content.Node;
import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.messagetype.xml.MessageTypesWiring.Constraint;
import nl.ketenpoort.partner.Bsn;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;

/**
 * Checks the rules that no schema can say ({@code types/annotatie-v1.xsd}). A rule is checked for each instance of the
 * deepest element that its paths share; what is absent in an instance breaks no rule, unless the rule demands it.
 */
final class ContentConstraints {

    /** Arrondissement 01 to 99, a number, a year. */
    private static final Pattern PARKETNUMMER = Pattern.compile("(0[1-9]|[1-9][0-9])[/-][0-9]{6}-[0-9]{2}");

    private ContentConstraints() {}

    /** The first broken rule, in the order of the schema. */
    static Optional<Refusal> broken(List<Constraint> constraints, Content content) {
        for (var constraint : constraints) {
            var broken = broken(constraint, content.root());
            if (broken.isPresent()) {
                return broken;
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> broken(Constraint constraint, Branch root) {
        return switch (constraint.kind()) {
            case ELFPROEF -> each(constraint, root, Reason.BSN_INVALID, Bsn::valid);
            case OIN_GELDIG -> each(constraint, root, Reason.OIN_INVALID, Oin::valid);
            case PARKETNUMMER ->
                each(constraint, root, Reason.PARKETNUMMER_INVALID, text -> PARKETNUMMER.matcher(text).matches());
            case THV_OPLEGGING -> together(constraint, root, Reason.THV_TERM_INVALID, "einde",
                    instance -> !instance.hasValue("pad", constraint) || keepsTerm(instance, ThvTerm::isAsImposed),
                    "pad", "start", "einde");
            case THV_TERMIJN -> together(constraint, root, Reason.THV_TERM_INVALID, "einde",
                    instance -> keepsTerm(instance, ThvTerm::isWithinLongest), "start", "einde");
            case VOLGORDE -> together(constraint, root, Reason.ORDER_INVALID, "daarna", ContentConstraints::inOrder,
                    "eerst", "daarna");
            case VERPLICHT_ALS -> together(constraint, root, Reason.REQUIRED_BY_VALUE, "vereist",
                    instance -> !instance.hasValue("pad", constraint) || instance.has("vereist"), "pad", "vereist");
            case VERBODEN_ALS -> together(constraint, root, Reason.FORBIDDEN_BY_VALUE, "verboden",
                    instance -> !instance.hasValue("pad", constraint) || !instance.has("verboden"), "pad", "verboden");
        };
    }

    private static Optional<Refusal> each(Constraint constraint, Branch root, Reason reason, Predicate<String> right) {
        return together(constraint, root, reason, "pad", instance -> instance.values("pad").stream().allMatch(right),
                "pad");
    }

    /** Checks every instance; the refusal names the path that one attribute of the constraint gives. */
    private static Optional<Refusal> together(Constraint constraint, Branch root, Reason reason, String place,
            Predicate<Instance> right, String... attributes) {
        var paths = Stream.of(attributes).flatMap(name -> constraint.attribute(name)
                .map(path -> new NamedPath(name, List.of(path.split("/", -1)))).stream()).toList();
        int shared = shared(paths);
        var instances = select(root, paths.getFirst().steps().subList(0, shared));
        boolean kept = instances.stream().map(node -> new Instance(node, shared, paths)).allMatch(right);
        return kept ? Optional.empty() : Optional.of(Refusal.of(reason).at(constraint.required(place)));
    }

    /** How many steps all paths have in common, at most all but the last of each. */
    private static int shared(List<NamedPath> paths) {
        int shared = 0;
        while (true) {
            int step = shared;
            var first = paths.getFirst().steps();
            if (!paths.stream().allMatch(
                    path -> step < path.steps().size() - 1 && path.steps().get(step).equals(first.get(step)))) {
                return shared;
            }
            shared++;
        }
    }

    private static boolean keepsTerm(Instance instance, BiPredicate<Instant, Instant> term) {
        return instance.values("start").stream().map(Values::instant).allMatch(
                start -> instance.values("einde").stream().map(Values::instant).allMatch(end -> term.test(start, end)));
    }

    private static boolean inOrder(Instance instance) {
        return instance.values("eerst").stream()
                .allMatch(first -> instance.values("daarna").stream().noneMatch(then -> isBefore(then, first)));
    }

    private static boolean isBefore(String one, String other) {
        if (one.contains("T")) {
            return Values.instant(one).isBefore(Values.instant(other));
        }
        LocalDate day = Values.date(one);
        return day.isBefore(Values.date(other));
    }

    private static List<Node> select(Node from, List<String> steps) {
        List<Node> level = List.of(from);
        for (var step : steps) {
            var next = new ArrayList<Node>();
            for (var node : level) {
                if (node instanceof Branch branch) {
                    branch.children().stream().filter(child -> child.name().equals(step)).forEach(next::add);
                }
            }
            level = next;
        }
        return level;
    }

    /** A path of a constraint under the name of its attribute. */
    private record NamedPath(String attribute, List<String> steps) {}

    /** An instance of the deepest shared element, {@code depth} steps below the root. */
    private record Instance(Node node, int depth, List<NamedPath> paths) {

        /** The values at a path of the constraint, without space around them. */
        List<String> values(String attribute) {
            return paths.stream().filter(path -> path.attribute().equals(attribute))
                    .flatMap(path -> found(path.steps().subList(depth, path.steps().size()))).toList();
        }

        boolean hasValue(String attribute, Constraint constraint) {
            return values(attribute).contains(constraint.required("waarde"));
        }

        /** Whether a leaf, a container or an attribute is at the path. */
        boolean has(String attribute) {
            return paths.stream().filter(path -> path.attribute().equals(attribute))
                    .anyMatch(path -> isThere(path.steps().subList(depth, path.steps().size())));
        }

        private boolean isThere(List<String> steps) {
            var last = steps.getLast();
            return last.startsWith("@")
                    ? select(node, steps.subList(0, steps.size() - 1)).stream()
                            .anyMatch(at -> at.concerns().isPresent())
                    : !select(node, steps).isEmpty();
        }

        private Stream<String> found(List<String> steps) {
            if (steps.getLast().startsWith("@")) {
                return select(node, steps.subList(0, steps.size() - 1)).stream()
                        .flatMap(at -> at.concerns().map(PersonId::value).stream());
            }
            return select(node, steps).stream().filter(Leaf.class::isInstance).map(Leaf.class::cast)
                    .map(leaf -> leaf.value().strip());
        }
    }
}
