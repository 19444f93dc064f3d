package nl.ketenpoort.purpose;

import java.util.Objects;
import java.util.Optional;

import nl.ketenpoort.messagetype.Category;
import nl.ketenpoort.messagetype.PersonId;

/**
 * What is decided on: one category of data about one person, or about nobody.
 *
 * @param category category
 * @param person whose data it is; empty for nobody
 */
public record DataClass(Category category, Optional<PersonId> person) {

    /** Both parts are required. */
    public DataClass {
        Objects.requireNonNull(category);
        Objects.requireNonNull(person);
    }
}
