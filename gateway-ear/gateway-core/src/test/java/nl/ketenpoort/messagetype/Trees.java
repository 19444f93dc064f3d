package nl.ketenpoort.messagetype;

import java.util.List;
import java.util.Optional;

import nl.ketenpoort.messagetype.Content.Branch;
import nl.ketenpoort.messagetype.Content.Leaf;
import nl.ketenpoort.messagetype.Content.Node;

/** Writes contents of tests as one reads them. */
public final class Trees {

    public static final String NAMESPACE = "urn:nl:ketenpoort:type:proef:v1";

    private Trees() {}

    public static Content content(String name, Node... children) {
        return new Content(NAMESPACE, branch(name, children));
    }

    public static Branch branch(String name, Node... children) {
        return new Branch(name, Optional.empty(), List.of(children));
    }

    /** A branch with {@code betreft}. */
    public static Branch about(PersonId person, String name, Node... children) {
        return new Branch(name, Optional.of(person), List.of(children));
    }

    public static Leaf leaf(String name, String value) {
        return new Leaf(name, Optional.empty(), value);
    }
}
