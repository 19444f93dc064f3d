package nl.ketenpoort.messagetype;

import java.util.Objects;

/**
 * Name and version of a message type.
 *
 * @param name folder name, for instance {@code overtredingsmelding}
 * @param version major version, from 1
 */
public record TypeName(String name, int version) {

    /** The name is required. */
    public TypeName {
        Objects.requireNonNull(name);
    }

    @Override
    public String toString() {
        return name + " v" + version;
    }
}
