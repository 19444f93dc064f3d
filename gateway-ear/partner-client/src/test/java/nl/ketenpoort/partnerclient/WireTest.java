package nl.ketenpoort.partnerclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import nl.ketenpoort.partnerclient.attack.RawAnswer;

/** What the client puts on the wire: profile 2W-be-SE, read from the bytes that came out of TLS. */
class WireTest {

    private static final String MESSAGE_ID = "urn:uuid:8f0e7a52-0000-4000-8000-000000000002";
    private static final String DS = "http://www.w3.org/2000/09/xmldsig#";
    private static final String XENC = "http://www.w3.org/2001/04/xmlenc#";

    private static byte[] bytes;
    private static Element envelope;
    private static String address;

    @BeforeAll
    static void send() throws Exception {
        try (var gateway = StandInGateway.forPolitie(Answers::receipt); var client = gateway.client().build()) {
            client.send(MESSAGE_ID, Answers.REQUEST);
            bytes = gateway.received().take();
            envelope = Xml.parse(bytes);
            address = gateway.address().toString();
        }
    }

    @Test
    void oneSignatureCoversBodyTimestampAndEveryAddressingHeader() {
        RawAnswer opened = opened();
        assertThat(opened.signer()).contains(TestKeys.politie().sign().certificate());
        assertThat(opened.signedParts()).containsExactlyInAnyOrder("Body", "Timestamp", "Action", "MessageID", "To",
                "From",
                "ReplyTo");
        assertThat(elements(DS, "Signature")).hasSize(1);
    }

    @Test
    void algorithmsAreThoseOfTheProfile() {
        assertThat(algorithms(DS, "SignatureMethod")).containsExactly(WssProfile.RSA_SHA256);
        assertThat(algorithms(DS, "DigestMethod")).containsExactly(WssProfile.SHA256);
        assertThat(algorithms(DS, "CanonicalizationMethod")).containsExactly(WssProfile.EXCLUSIVE_C14N);
        assertThat(algorithms(DS, "Transform")).containsExactly(WssProfile.EXCLUSIVE_C14N);
        assertThat(algorithms(XENC, "EncryptionMethod")).containsExactlyInAnyOrder(WssProfile.RSA_OAEP,
                WssProfile.AES256_GCM);
    }

    @Test
    void theBodyIsEncryptedAndNothingOfItIsReadable() {
        Element body = elements(VerifiedEnvelope.SOAP, "Body").getFirst();
        assertThat(Xml.elements(body)).singleElement().satisfies(data -> {
            assertThat(data.getLocalName()).isEqualTo("EncryptedData");
            assertThat(data.getAttribute("Type")).isEqualTo(XENC + "Content");
        });
        assertThat(new String(bytes, StandardCharsets.UTF_8)).doesNotContain("overtredingsmelding",
                "zenderfunctie");
    }

    @Test
    void theTokenIsSentAlongAndReferredToDirectly() {
        assertThat(elements(VerifiedEnvelope.WSSE, "BinarySecurityToken")).hasSize(1);
        Element signature = elements(DS, "Signature").getFirst();
        Element reference = (Element) signature.getElementsByTagNameNS(VerifiedEnvelope.WSSE, "Reference").item(0);
        assertThat(reference.getAttribute("URI")).startsWith("#");
    }

    @Test
    void addressingNamesMessageSenderAndReceiver() {
        RawAnswer opened = opened();
        assertThat(opened.addressing("MessageID")).contains(MESSAGE_ID);
        assertThat(opened.addressing("To")).contains(address);
        assertThat(opened.addressing("Action")).contains("urn:nl:ketenpoort:diensten:v1:verzendenVerzoek");
        assertThat(opened.addressing("From")).contains(VerifiedEnvelope.WSA + "/anonymous?OIN=" + TestKeys.POLITIE);
        assertThat(opened.addressing("ReplyTo")).contains(VerifiedEnvelope.WSA + "/anonymous");
    }

    @Test
    void theBodyThatArrivesIsTheElementThatWasGiven() throws IOException {
        assertThat(Xml.canonical(opened().payload())).isEqualTo(Xml.canonical(Xml.parse(Answers.REQUEST)));
    }

    private static RawAnswer opened() {
        return RawAnswer.open(bytes, TestKeys.raw(TestKeys.CERTIFICATES.gatewayDecrypt()));
    }

    private static List<Element> elements(String namespace, String localName) {
        NodeList found = envelope.getElementsByTagNameNS(namespace, localName);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
    }

    private static Set<String> algorithms(String namespace, String localName) {
        Set<String> algorithms = new HashSet<>();
        elements(namespace, localName).forEach(element -> algorithms.add(element.getAttribute("Algorithm")));
        return algorithms;
    }
}
