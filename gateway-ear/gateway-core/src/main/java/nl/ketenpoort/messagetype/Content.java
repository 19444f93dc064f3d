package nl.ketenpoort.messagetype;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The content of a case message as a tree of branches and leaves, free of any XML library. The schema of the type
 * guarantees that a tree is all there is: one namespace, no mixed text, no attribute but {@code betreft}.
 *
 * @param namespace target namespace of the type's schema
 * @param root the one element of the content
 */
public record Content(String namespace, Branch root) {

    /** What the path of an attribute {@code betreft} ends with. */
    public static final String PERSON_REFERENCE = "/@betreft";

    /** Both parts are required. */
    public Content {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(root);
    }

    /** An element of the content. */
    public sealed interface Node {
        /** Local name. */
        String name();

        /** The person this element points to with {@code betreft}, if it does. */
        Optional<PersonId> concerns();
    }

    /** An element that holds elements. */
    public record Branch(String name, Optional<PersonId> concerns, List<Node> children) implements Node {
        /** Copies the children. */
        public Branch {
            children = List.copyOf(children);
        }
    }

    /** An element that holds a value. Its text form never shows the value. */
    public record Leaf(String name, Optional<PersonId> concerns, String value) implements Node {
        @Override
        public String toString() {
            return "Leaf[" + name + "]";
        }
    }

    /**
     * A leaf where it stands.
     *
     * @param path names from below the root to the leaf, joined by {@code /}
     * @param person the nearest person pointed to by the leaf or an element around it
     * @param value the value
     */
    public record PlacedLeaf(String path, Optional<PersonId> person, String value) {
        @Override
        public String toString() {
            return "PlacedLeaf[" + path + "]";
        }
    }

    /** The moment a leaf holds, whose type in the schema is {@code Tijdstip}. */
    public static Instant moment(String value) {
        return OffsetDateTime.parse(value.strip()).toInstant();
    }

    /** Every leaf in document order; an attribute {@code betreft} is one, before the leaves of its element. */
    public List<PlacedLeaf> leaves() {
        var found = new ArrayList<PlacedLeaf>();
        root.children().forEach(child -> collect(child, "", root.concerns(), found));
        return found;
    }

    /** Values of the leaves at a path, in document order; empty where there is none. */
    public List<String> values(String path) {
        return leaves().stream().filter(leaf -> leaf.path().equals(path)).map(PlacedLeaf::value).toList();
    }

    /** The branches at a path, in document order. */
    public List<Content> parts(String path) {
        Stream<Branch> level = Stream.of(root);
        for (var name : path.split("/", -1)) {
            level = level.flatMap(branch -> branch.children().stream()).filter(node -> node.name().equals(name))
                    .filter(Branch.class::isInstance).map(Branch.class::cast);
        }
        return level.map(branch -> new Content(namespace, branch)).toList();
    }

    /** Every person the content points to. */
    public Stream<PersonId> persons() {
        return persons(root).distinct();
    }

    /**
     * The same content without the leaves that the test does not keep, and without the branches that are left empty by
     * that. A branch that was empty before stays, and so does one whose {@code betreft} is kept; a branch that stays keeps
     * its {@code betreft}.
     */
    public Content keeping(Predicate<PlacedLeaf> kept) {
        return new Content(namespace, new Branch(root.name(), root.concerns(),
                root.children().stream().flatMap(child -> kept(child, "", root.concerns(), kept).stream()).toList()));
    }

    private static void collect(Node node, String above, Optional<PersonId> around, List<PlacedLeaf> found) {
        var path = above + node.name();
        var person = node.concerns().or(() -> around);
        switch (node) {
            case Leaf leaf -> found.add(new PlacedLeaf(path, person, leaf.value()));
            case Branch branch -> {
                branch.concerns().ifPresent(id -> found.add(reference(path, id)));
                branch.children().forEach(child -> collect(child, path + "/", person, found));
            }
        }
    }

    private static Optional<Node> kept(Node node, String above, Optional<PersonId> around, Predicate<PlacedLeaf> kept) {
        var path = above + node.name();
        var person = node.concerns().or(() -> around);
        return switch (node) {
            case Leaf leaf ->
                kept.test(new PlacedLeaf(path, person, leaf.value())) ? Optional.of(leaf) : Optional.empty();
            case Branch branch -> {
                var children = branch.children().stream()
                        .flatMap(child -> kept(child, path + "/", person, kept).stream()).toList();
                boolean pointerStays = branch.concerns().map(id -> kept.test(reference(path, id))).orElse(false);
                yield children.isEmpty() && !branch.children().isEmpty() && !pointerStays
                        ? Optional.empty()
                        : Optional.of(new Branch(branch.name(), branch.concerns(), children));
            }
        };
    }

    /** The attribute {@code betreft} as a leaf of its own: that a person is meant is data too. */
    private static PlacedLeaf reference(String path, PersonId person) {
        return new PlacedLeaf(path + PERSON_REFERENCE, Optional.of(person), person.value());
    }

    private static Stream<PersonId> persons(Node node) {
        return switch (node) {
            case Leaf leaf -> leaf.concerns().stream();
            case Branch branch -> Stream.concat(branch.concerns().stream(),
                    branch.children().stream().flatMap(Content::persons));
        };
    }

    @Override
    public String toString() {
        return "Content[" + root.name() + "]";
    }
}
