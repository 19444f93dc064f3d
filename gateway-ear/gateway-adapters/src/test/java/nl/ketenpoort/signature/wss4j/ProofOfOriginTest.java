package nl.ketenpoort.signature.wss4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Clock;

import org.apache.xml.security.Init;
import org.apache.xml.security.signature.XMLSignature;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

import nl.ketenpoort.signature.SignatureVerification.Proven;
import nl.ketenpoort.signature.VerifiedMessage;

/** Years later, with Santuario alone: no WSS4J, no gateway, no key of the gateway. */
class ProofOfOriginTest {

    private static final String WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";

    @Test
    void theSendersSignatureStillVerifiesOverTheEnvelopeThatIsKept() throws Exception {
        var message = proven(new PartnerRequest());
        var kept = PartnerRequest.parsed(new String(message.envelope(), UTF_8));

        assertThat(verifies(kept, message.sender().certificate())).isTrue();
        assertThat(new String(message.envelope(), UTF_8)).contains("Goedemorgen &amp; dank");
    }

    @Test
    void itVerifiesForContentThatIsHardToWriteTwiceTheSame() throws Exception {
        var message = proven(PartnerRequest.with(request -> request.body = """
                <bericht xmlns="urn:x" xmlns:ongebruikt="urn:y" a=" &#9;&#10;'&quot;&lt;" xml:lang="nl">
                  <p:deel xmlns:p="urn:p" p:z="1" a="2">&#13; ë € 𝄞 ]]&gt; <![CDATA[<ruw> &]]></p:deel>
                  <leeg></leeg><!-- weg --><deel xmlns="">zonder</deel>
                </bericht>"""));
        var kept = PartnerRequest.parsed(new String(message.envelope(), UTF_8));

        assertThat(verifies(kept, message.sender().certificate())).isTrue();
    }

    @Test
    void theBodyThatWasReadIsTheBodyThatIsKept() throws Exception {
        var message = proven(new PartnerRequest());
        var kept = PartnerRequest.parsed(new String(message.envelope(), UTF_8));
        var content = Elements.only(Elements.of(kept.getDocumentElement()).getLast()).orElseThrow();

        assertThat(Opening.canonical(content)).isEqualTo(message.body());
    }

    @Test
    void itDoesNotVerifyOnceAWordIsChanged() throws Exception {
        var message = proven(new PartnerRequest());
        var kept = PartnerRequest.parsed(new String(message.envelope(), UTF_8).replace("Goedemorgen", "Goedenavond"));

        assertThat(verifies(kept, message.sender().certificate())).isFalse();
    }

    private static VerifiedMessage proven(PartnerRequest request) {
        return ((Proven) Pki.gateway(Clock.systemUTC()).verification().verify(request.received())).message();
    }

    private static boolean verifies(Document kept, X509Certificate certificate) throws Exception {
        Init.init();
        var elements = kept.getElementsByTagNameNS("*", "*");
        for (int i = 0; i < elements.getLength(); i++) {
            var element = (Element) elements.item(i);
            if (element.hasAttributeNS(WSU, "Id")) {
                element.setIdAttributeNS(WSU, "Id", true);
            }
        }
        var signature = (Element) kept.getElementsByTagNameNS("http://www.w3.org/2000/09/xmldsig#", "Signature")
                .item(0);
        return new XMLSignature(signature, "", true).checkSignatureValue(certificate);
    }
}
