package nl.ketenpoort.messagetype;

import java.util.Optional;
import java.util.Set;

/** The catalogue of message types and purposes, read from {@code message-schemas} at start. */
public interface MessageTypes {

    /** The type, if the catalogue has this name and version. */
    Optional<MessageType> find(TypeName name);

    /** Every type. */
    Set<TypeName> names();

    /** Whether the code list of purposes has it. */
    boolean knows(Purpose purpose);
}
