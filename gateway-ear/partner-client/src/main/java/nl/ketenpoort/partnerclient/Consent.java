package nl.ketenpoort.partnerclient;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.w3c.dom.Element;

/**
 * A consent as the gateway has it.
 *
 * @param id         issued by the gateway
 * @param person     case-local id
 * @param from       who may send
 * @param to         who may receive
 * @param validFrom  inclusive
 * @param validUntil exclusive
 * @param withdrawn  when it was withdrawn
 */
public record Consent(String id, String person, String purpose, List<NamedFunction> from, List<NamedFunction> to,
        List<String> categories, Instant validFrom, Instant validUntil, Optional<Instant> withdrawn) {

    /**
     * What a withdrawal did.
     *
     * @param stoppedDeliveries how many deliveries that relied on it were stopped
     */
    public record Withdrawal(String id, Instant withdrawn, int stoppedDeliveries) {

        static Withdrawal of(Element antwoord) {
            return new Withdrawal(Xml.text(antwoord, "toestemming"), Xml.instant(antwoord, "ingetrokken"),
                    Xml.count(antwoord, "bezorgingenGestopt"));
        }
    }

    static List<Consent> in(Element toestemmingTonenAntwoord) {
        return Xml.all(toestemmingTonenAntwoord, "toestemming").stream().map(Consent::of).toList();
    }

    private static List<NamedFunction> named(Element toestemming, String localName) {
        return Xml.all(toestemming, localName).stream().map(NamedFunction::read).toList();
    }

    private static Consent of(Element toestemming) {
        return new Consent(Xml.text(toestemming, "nummer"), Xml.text(toestemming, "betrokkene"),
                Xml.text(toestemming, "doel"), named(toestemming, "van"), named(toestemming, "naar"),
                Xml.texts(toestemming, "categorie"), Xml.instant(toestemming, "vanaf"), Xml.instant(toestemming, "tot"),
                Xml.optionalText(toestemming, "ingetrokken").map(Xml::instant));
    }
}
