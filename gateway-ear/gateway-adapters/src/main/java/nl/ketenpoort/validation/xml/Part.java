package nl.ketenpoort.validation.xml;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An element of the envelope's namespace, which its schema has accepted. Its text form shows no value.
 *
 * @param name local name
 * @param attributes by local name
 * @param children elements in it
 * @param text its text as it was written
 */
record Part(String name, Map<String, String> attributes, List<Part> children, String text) {

    /** An attribute that the schema demands. */
    String attribute(String attribute) {
        return Optional.ofNullable(attributes.get(attribute))
                .orElseThrow(() -> new IllegalStateException("the schema lets " + attribute + " be absent"));
    }

    List<Part> all(String child) {
        return children.stream().filter(part -> part.name.equals(child)).toList();
    }

    Optional<Part> child(String child) {
        return children.stream().filter(part -> part.name.equals(child)).findFirst();
    }

    /** The text of a child; space around it is never part of a value of the envelope. */
    Optional<String> value(String child) {
        return child(child).map(part -> part.text.strip());
    }

    /** The text of a child that the schema demands. */
    String required(String child) {
        return value(child).orElseThrow(() -> new IllegalStateException("the schema lets " + child + " be absent"));
    }

    List<String> values(String child) {
        return all(child).stream().map(part -> part.text.strip()).toList();
    }

    @Override
    public String toString() {
        return "Part[" + name + "]";
    }
}
