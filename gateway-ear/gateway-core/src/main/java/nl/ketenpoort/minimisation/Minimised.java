package nl.ketenpoort.minimisation;

import java.util.List;

import nl.ketenpoort.messagetype.Content;
import nl.ketenpoort.validation.Envelope.NamedPerson;

/**
 * What one receiver gets.
 *
 * @param content content with only what he may have; valid against the delivered schema of the type
 * @param persons persons concerned, identified only where he may know it
 * @param omitted paths of what was left out, without repeats; told to the sender only
 */
public record Minimised(Content content, List<NamedPerson> persons, List<String> omitted) {

    /** Copies the lists. */
    public Minimised {
        persons = List.copyOf(persons);
        omitted = List.copyOf(omitted);
    }

    /** Whether nothing was left out. */
    public boolean complete() {
        return omitted.isEmpty();
    }
}
