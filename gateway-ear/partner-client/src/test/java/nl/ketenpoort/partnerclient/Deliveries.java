package nl.ketenpoort.partnerclient;

import java.util.UUID;
import java.util.function.UnaryOperator;
import org.w3c.dom.Element;

/** Deliveries that the gateway could make, with a herkomst signed by the test receipt key. */
final class Deliveries {

    private static final String CONTENT = """
            <o:overtredingsmelding xmlns:o="urn:nl:ketenpoort:type:overtredingsmelding:v1"><o:feit>Hij stond voor de deur \
            &amp; belde aan %s</o:feit></o:overtredingsmelding>""";

    private Deliveries() {
    }

    static String request(String id, UnaryOperator<Element> change) {
        return request(id, change, TestKeys.identity(TestKeys.CERTIFICATES.gatewayReceipt()));
    }

    static String request(String id, UnaryOperator<Element> change, Identity receiptKey) {
        Element request = Xml.request("bezorgenVerzoek");
        change.apply(append(request, id, receiptKey, TestKeys.VEILIG_THUIS));
        return Xml.canonicalText(request);
    }

    static Element append(Element parent, String id, Identity receiptKey, String receiver) {
        Element bezorging = Xml.append(parent, "bezorging");
        Xml.append(bezorging, "bezorgingId", id);
        Xml.append(bezorging, "volgnummer", "7");
        Xml.append(bezorging, "casus", Answers.CASE);
        Xml.append(bezorging, "berichttype", "overtredingsmelding");
        Xml.append(bezorging, "versie", "1");
        Xml.append(bezorging, "zender", TestKeys.POLITIE);
        Xml.append(bezorging, "zenderfunctie", "POLITIE");
        Xml.append(bezorging, "ontvanger", receiver);
        Xml.append(bezorging, "functie", "VEILIG_THUIS");
        Xml.append(bezorging, "doel", "TOEZICHT_NALEVING");
        Xml.append(bezorging, "spoed", "SPOED");
        Element persoon = Xml.append(Xml.append(bezorging, "betrokkenen"), "persoon");
        persoon.setAttributeNS(null, "id", "p1");
        persoon.setAttributeNS(null, "rol", "PLEGER");
        Element inhoud = Xml.append(bezorging, "inhoud");
        Element content = (Element) parent.getOwnerDocument()
                .importNode(Xml.parse(CONTENT.formatted(UUID.randomUUID())), true);
        inhoud.appendChild(content);
        Element herkomst = Xml.append(bezorging, "herkomst");
        herkomst.setAttributeNS(null, "id", "h-" + UUID.randomUUID());
        byte[] salt = Answers.salt();
        Xml.append(herkomst, "zender", TestKeys.POLITIE);
        Xml.append(herkomst, "berichtId", "urn:uuid:" + UUID.randomUUID());
        Xml.append(herkomst, "ontvangen", "2026-11-21T10:00:00+01:00");
        Xml.append(herkomst, "digestOrigineel", Xml.base64(Answers.salt()));
        Xml.append(herkomst, "digestBezorgd", Xml.base64(Xml.saltedDigest(salt, content)));
        Xml.append(herkomst, "zout", Xml.base64(salt));
        Xml.append(herkomst, "certificaat", Xml.base64(Answers.salt()));
        Xml.append(herkomst, "omvang", "geminimaliseerd");
        Xml.append(herkomst, "auditblad", Xml.base64(Answers.salt()));
        Seal.sign(herkomst, receiptKey);
        return bezorging;
    }
}
