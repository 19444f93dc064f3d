package nl.ketenpoort.partnerclient;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import org.w3c.dom.Element;

/**
 * A person concerned, as far as the receiver may know.
 *
 * @param id        case-local: attribute {@code betreft} in the content points to it
 * @param birthDate without a zone: a date in a civil register
 */
public record Person(String id, String role, Optional<String> bsn, Optional<String> name,
        Optional<LocalDate> birthDate) {

    static List<Person> in(Element bezorging) {
        return Xml.child(bezorging, "betrokkenen").map(concerned -> Xml.all(concerned, "persoon")).orElse(List.of())
                .stream()
                .map(Person::of).toList();
    }

    private static Person of(Element persoon) {
        return new Person(persoon.getAttribute("id"), persoon.getAttribute("rol"), Xml.optionalText(persoon, "bsn"),
                Xml.optionalText(persoon, "naam"), Xml.optionalDate(persoon, "geboortedatum"));
    }

    /** Without name, BSN and birth date: those must not reach a log. */
    @Override
    public String toString() {
        return "Person[" + id + ", " + role + "]";
    }
}
