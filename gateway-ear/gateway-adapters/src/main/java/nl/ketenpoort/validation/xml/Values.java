package nl.ketenpoort.validation.xml;

import java.time.Instant;
import java.time.LocalDate;
import javax.xml.datatype.DatatypeConfigurationException;
import javax.xml.datatype.DatatypeFactory;
import javax.xml.datatype.XMLGregorianCalendar;

/** Texts that a schema has accepted, as values. */
final class Values {

    private static final DatatypeFactory XML = datatypes();

    private Values() {}

    /**
     * A date-time with a zone (XML Schema part 2, 3.2.7).
     *
     * @throws IllegalArgumentException if it is none; the message may hold the text
     */
    static Instant instant(String text) {
        return XML.newXMLGregorianCalendar(text.strip()).toGregorianCalendar().toZonedDateTime().toInstant();
    }

    /**
     * A date (XML Schema part 2, 3.2.9); a zone behind it says nothing about a day of birth and is left out.
     *
     * @throws IllegalArgumentException if it is none; the message may hold the text
     */
    static LocalDate date(String text) {
        XMLGregorianCalendar date = XML.newXMLGregorianCalendar(text.strip());
        return LocalDate.of(date.getYear(), date.getMonth(), date.getDay());
    }

    /** A boolean (XML Schema part 2, 3.2.2). */
    static boolean bool(String text) {
        var stripped = text.strip();
        return stripped.equals("true") || stripped.equals("1");
    }

    private static DatatypeFactory datatypes() {
        try {
            return DatatypeFactory.newInstance();
        } catch (DatatypeConfigurationException impossible) {
            throw new IllegalStateException("every Java platform has XML datatypes", impossible);
        }
    }
}
