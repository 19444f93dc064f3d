package nl.ketenpoort.partnerclient;

import java.security.SecureRandom;
import org.w3c.dom.Element;

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

    private static final SecureRandom RANDOM = new SecureRandom();

    private Answers() {
    }

    static byte[] salt() {
        byte[] salt = new byte[32];
        RANDOM.nextBytes(salt);
        return salt;
    }

    static Element receipt(Element verzendenVerzoek) {
        return receipt(verzendenVerzoek, StandInGateway.messageId(), TestKeys.identity(TestKeys.CERTIFICATES.gatewayReceipt()));
    }

    static Element receipt(Element verzendenVerzoek, String messageId, Identity receiptKey) {
        Element answer = Xml.request("verzendenAntwoord");
        Element receipt = Xml.append(answer, "ontvangstbewijs");
        receipt.setAttributeNS(null, "id", "ob-1");
        byte[] salt = salt();
        Xml.append(receipt, "berichtId", messageId);
        Xml.append(receipt, "zender", TestKeys.POLITIE);
        Xml.append(receipt, "casus", CASE);
        Xml.append(receipt, "ontvangen", "2026-11-21T10:00:00Z");
        Xml.append(receipt, "digest", Xml.base64(Xml.saltedDigest(salt, verzendenVerzoek)));
        Xml.append(receipt, "zout", Xml.base64(salt));
        Element decision = Xml.append(receipt, "besluit");
        Xml.append(decision, "oin", TestKeys.VEILIG_THUIS);
        Xml.append(decision, "functie", "VEILIG_THUIS");
        Xml.append(decision, "doel", "TOEZICHT_NALEVING");
        Xml.append(decision, "uitkomst", "TOEGESTAAN");
        Xml.append(decision, "weggelaten", "overtredingsmelding/toelichting");
        Xml.append(receipt, "auditblad", Xml.base64(salt()));
        Seal.sign(receipt, receiptKey);
        return answer;
    }
}
