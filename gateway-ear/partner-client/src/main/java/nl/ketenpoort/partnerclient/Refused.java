package nl.ketenpoort.partnerclient;

import java.util.List;
import java.util.Optional;

import org.w3c.dom.Element;

/**
 * A refusal, signed by the gateway. The message is not accepted, and its MessageID may be used again; but where it is
 * {@link #temporary} that may not be known (KP-9052), or be done and only not answered (KP-9098): send the same message again.
 *
 * @param code         a KP code; permanent
 * @param digikoppeling the best-practice fault code of Digikoppeling WUS, four digits
 * @param text         in Dutch, for a person
 * @param lawfulWay    what would be possible
 * @param reference    to be named when asking the gateway's operator
 * @param decisions    per receiver, when it came to that
 */
public record Refused(String code, Optional<String> digikoppeling, String text, Optional<String> lawfulWay,
        Optional<String> reference, List<Decision> decisions) implements SendResult {

    /** Digikoppeling's code for "unavailable": the same message may succeed later, unchanged. */
    private static final String UNAVAILABLE = "0051";

    /** True when sending the same message later, unchanged, may succeed. */
    public boolean temporary() {
        return digikoppeling.filter(UNAVAILABLE::equals).isPresent();
    }

    static Refused of(Element fout) {
        return new Refused(Xml.text(fout, "code"), Xml.optionalText(fout, "digikoppeling"),
                Xml.text(fout, "omschrijving"),
                Xml.optionalText(fout, "watKanWel"), Xml.optionalText(fout, "kenmerk"), Decision.in(fout));
    }
}
