package nl.ketenpoort.partnerclient;

import javax.xml.namespace.QName;

import org.apache.cxf.interceptor.Fault;
import org.w3c.dom.Element;

import nl.ketenpoort.partnerclient.attack.RawGateway;
import nl.ketenpoort.partnerclient.attack.RawKey;

/** Answers that a gateway could give, signed with the test receipt key. */
final class Answers {

    static final String CASE = "0f4f8a3e-6f0e-4b6c-9c57-2f6f0f9b5d11";
    static final String REQUEST = """
            <kp:verzendenVerzoek xmlns:kp="urn:nl:ketenpoort:berichten:v1"><kp:envelop><kp:casus>%s</kp:casus>\
            <kp:berichttype>overtredingsmelding</kp:berichttype><kp:versie>1</kp:versie><kp:zenderfunctie>POLITIE</kp:zenderfunctie>\
            <kp:ontvangers><kp:ontvanger><kp:functie>VEILIG_THUIS</kp:functie><kp:doel>TOEZICHT_NALEVING</kp:doel></kp:ontvanger></kp:ontvangers>\
            <kp:spoed>GEWOON</kp:spoed></kp:envelop><kp:inhoud>
              <o:overtredingsmelding xmlns:o="urn:nl:ketenpoort:type:overtredingsmelding:v1"   xmlns:unused="urn:x"><!-- a comment -->
                <o:toelichting>Één &amp; ander &lt;b&gt;, 'zo' \u20ac&#xD;</o:toelichting>
              </o:overtredingsmelding>
            </kp:inhoud></kp:verzendenVerzoek>""".formatted(CASE);

    private Answers() {}

    static Element receipt(Element verzendenVerzoek) {
        return receipt(verzendenVerzoek, StandInGateway.messageId(),
                TestKeys.raw(TestKeys.CERTIFICATES.gatewayReceipt()));
    }

    static Element receipt(Element verzendenVerzoek, String messageId, RawKey receiptKey) {
        return Xml.parse(RawGateway.receipt(verzendenVerzoek, messageId, TestKeys.POLITIE, receiptKey));
    }

    /** A fault as an endpoint throws it. */
    static Fault fault(String code, String digikoppeling) {
        Element detail = Xml.parse("<detail/>");
        Element fout = Xml.append(detail, "fout");
        Xml.append(fout, "code", code);
        Xml.append(fout, "digikoppeling", digikoppeling);
        Xml.append(fout, "omschrijving", "Toestemming ontbreekt");
        Xml.append(fout, "watKanWel", "Vraag toestemming");
        Xml.append(fout, "kenmerk", "ref-1");
        var fault = new Fault(new IllegalArgumentException(code), new QName(VerifiedEnvelope.SOAP, "Client"));
        fault.setDetail(detail);
        return fault;
    }

    /** Answers of the operations that carry no message. */
    static Element other(Element request) {
        String operation = request.getLocalName().replace("Verzoek", "");
        Element answer = Xml.request(operation + "Antwoord");
        switch (operation) {
            case "testoproep" -> {
                Xml.append(answer, "tekst", Xml.text(request, "tekst"));
                Xml.append(answer, "ontvangen", "2026-11-21T10:00Z");
                Xml.append(answer, "oin", TestKeys.POLITIE);
            }
            case "status" -> {
                Xml.append(answer, "berichtId", Xml.text(request, "berichtId"));
                Xml.append(answer, "casus", CASE);
                Element receiver = Xml.append(answer, "ontvanger");
                Xml.append(receiver, "oin", TestKeys.VEILIG_THUIS);
                Xml.append(receiver, "functie", "VEILIG_THUIS");
                Xml.append(receiver, "stand", "BEZORGD");
                Xml.append(receiver, "sinds", "2026-11-21T11:00:00.123+01:00");
                Element nobody = Xml.append(answer, "ontvanger");
                Xml.append(nobody, "functie", "HUISARTS");
                Xml.append(nobody, "stand", "GEWEIGERD");
                Xml.append(nobody, "sinds", "2026-11-21T11:00:00.123+01:00");
                Xml.append(nobody, "code", "KP-5104");
            }
            case "toestemmingRegistreren" -> Xml.append(answer, "toestemming", CASE);
            case "toestemmingTonen" -> {
                Element consent = Xml.append(answer, "toestemming");
                Xml.append(consent, "nummer", CASE);
                Xml.append(consent, "betrokkene", "p1");
                Xml.append(consent, "doel", "HULP");
                NamedFunction.of("GGZ", TestKeys.POLITIE).appendTo(consent, "van");
                Xml.append(consent, "naar", "VEILIG_THUIS");
                Xml.append(consent, "categorie", "H");
                Xml.append(consent, "vanaf", "2026-11-21T10:00:00Z");
                Xml.append(consent, "tot", "2026-11-21T11:00:00Z");
            }
            case "toestemmingIntrekken" -> {
                Xml.append(answer, "toestemming", CASE);
                Xml.append(answer, "ingetrokken", "2026-11-21T10:00:00Z");
                Xml.append(answer, "bezorgingenGestopt", "2");
            }
            default -> throw new IllegalArgumentException(operation);
        }
        return answer;
    }
}
