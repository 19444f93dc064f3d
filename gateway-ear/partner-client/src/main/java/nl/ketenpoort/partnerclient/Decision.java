package nl.ketenpoort.partnerclient;

import java.util.List;
import java.util.Optional;

import org.w3c.dom.Element;

/**
 * What was decided for one receiver.
 *
 * @param receiverOin organisation, absent when it was refused and the message did not name it
 * @param function  its function, absent likewise
 * @param outcome   {@code TOEGESTAAN}, {@code GEWEIGERD}, {@code TOESTEMMING_NODIG}, {@code AFWEGING_NODIG} or
 *                  {@code MENS_NODIG}
 * @param code      a KP code, absent when permitted without remark
 * @param lawfulWay what would be possible, in Dutch
 * @param leftOut   paths of the fields that this receiver does not get
 */
public record Decision(Optional<String> receiverOin, Optional<String> function, String purpose, String outcome,
        Optional<String> code, Optional<String> lawfulWay, List<String> leftOut) {

    /** True when this receiver gets the message, be it in part. */
    public boolean permitted() {
        return outcome.equals("TOEGESTAAN");
    }

    static List<Decision> in(Element parent) {
        return Xml.all(parent, "besluit").stream().map(Decision::of).toList();
    }

    private static Decision of(Element besluit) {
        return new Decision(Xml.optionalText(besluit, "oin"), Xml.optionalText(besluit, "functie"),
                Xml.text(besluit, "doel"), Xml.text(besluit, "uitkomst"), Xml.optionalText(besluit, "code"),
                Xml.optionalText(besluit, "watKanWel"),
                Xml.texts(besluit, "weggelaten"));
    }
}
