package nl.ketenpoort.validation.xml;

import java.util.Optional;

import nl.ketenpoort.messagetype.Content;
import nl.ketenpoort.messagetype.TypeName;

/**
 * The one element of a Body, as its schemas have accepted it.
 *
 * @param request the element; {@code inhoud} in it is empty
 * @param typed content of the case message, if it is one
 */
record ReadBody(Part request, Optional<Typed> typed) {

    /** Content with its type. */
    record Typed(TypeName type, Content content) {}
}
