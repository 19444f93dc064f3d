package nl.ketenpoort.partnerclient;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.w3c.dom.Element;

/**
 * A consent that a partner took and registers with the gateway.
 *
 * @param person           case-local id of whose data it is
 * @param givenBy          {@code BETROKKENE}, {@code GEZAG}, {@code VERTEGENWOORDIGER} or {@code KIND_EN_GEZAG}
 * @param from             who may send
 * @param to               who may receive
 * @param categories       data categories
 * @param validFrom        inclusive
 * @param validUntil       exclusive
 * @param framework        {@code DRANG} or {@code VRIJWILLIG}
 * @param language         in which it was explained (BCP 47)
 * @param form             {@code MONDELING} or {@code SCHRIFTELIJK}
 * @param documentDigest   SHA-256 of the signed document, when there is one
 */
public record ConsentRegistration(String caseId, String senderFunction, String person, String givenBy, String purpose,
        List<NamedFunction> from, List<NamedFunction> to, List<String> categories, Instant validFrom,
        Instant validUntil,
        String framework, String language, boolean independentInterpreter, String form, Optional<Digest> documentDigest,
        boolean otherPartyPresent) {

    Element toRequest() {
        Element request = Xml.request("toestemmingRegistrerenVerzoek");
        Xml.append(request, "casus", caseId);
        Xml.append(request, "zenderfunctie", senderFunction);
        Xml.append(request, "betrokkene", person);
        Xml.append(request, "gever", givenBy);
        Xml.append(request, "doel", purpose);
        from.forEach(named -> named.appendTo(request, "van"));
        to.forEach(named -> named.appendTo(request, "naar"));
        categories.forEach(category -> Xml.append(request, "categorie", category));
        Xml.append(request, "vanaf", validFrom.toString());
        Xml.append(request, "tot", validUntil.toString());
        Xml.append(request, "kader", framework);
        Xml.append(request, "taal", language);
        Xml.append(request, "tolkOnafhankelijk", Boolean.toString(independentInterpreter));
        Xml.append(request, "vorm", form);
        documentDigest.ifPresent(digest -> Xml.append(request, "documentDigest", digest.base64()));
        Xml.append(request, "anderePartijAanwezig", Boolean.toString(otherPartyPresent));
        return request;
    }
}
