package nl.ketenpoort.partnerclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import nl.ketenpoort.partnerclient.attack.RawAnswer;
import nl.ketenpoort.partnerclient.attack.RawHttp;
import nl.ketenpoort.partnerclient.attack.RawKey;
import nl.ketenpoort.partnerclient.attack.RawSoap;

/** The gateway's part is played by bytes made with WSS4J directly, so that two implementations meet. */
class DeliveryEndpointTest {

    private static final RawKey GATEWAY = TestKeys.raw(TestKeys.CERTIFICATES.gatewaySign());
    private static final RawKey GATEWAY_TLS = TestKeys.raw(TestKeys.CERTIFICATES.gatewayTls());

    private final List<Delivery> handled = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    /** One for all tests: a CXF endpoint takes seconds to start. */
    private static DeliveryEndpoint endpoint;
    private static volatile DeliveryHandler handler = delivery -> {
    };

    @BeforeAll
    static void listen() {
        endpoint = DeliveryEndpoint.builder().tls(TestKeys.identity(TestKeys.veiligThuis().tls()))
                .signing(TestKeys.identity(TestKeys.veiligThuis().sign()))
                .gatewaySigningCertificates(TestKeys.CERTIFICATES.gatewaySign().certificate())
                .gatewayReceiptCertificates(TestKeys.CERTIFICATES.gatewayReceipt().certificate())
                .trust(TestKeys.trust()).handler(delivery -> handler.receive(delivery)).start();
    }

    @AfterAll
    static void stopListening() {
        endpoint.close();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : open.reversed()) {
            closeable.close();
        }
    }

    @Test
    void aDeliveryIsHandedOverAndAnsweredWithItsDigest() throws IOException {
        takenBy(handled::add);
        String id = newId();
        RawSoap request = delivery(id);
        RawAnswer answer = post(request);
        assertThat(answer.isFault()).isFalse();
        assertThat(answer.signer()).contains(TestKeys.veiligThuis().sign().certificate());
        assertThat(answer.encrypted()).isTrue();
        assertThat(answer.signedParts()).contains("Body", "Timestamp", "Action", "MessageID", "RelatesTo",
                "SignatureConfirmation");
        assertThat(answer.addressing("RelatesTo")).contains(request.messageId());
        assertThat(answer.addressing("Action")).contains("urn:nl:ketenpoort:diensten:v1:bezorgenAntwoord");
        assertThat(answer.confirmations()).singleElement().isEqualTo(request.signatureValue());
        assertThat(handled).singleElement().satisfies(delivery -> {
            assertThat(delivery.id()).isEqualTo(id);
            assertThat(delivery.sequence()).isEqualTo(7);
            assertThat(delivery.senderOin()).isEqualTo(TestKeys.POLITIE);
            assertThat(delivery.senderFunction()).isEqualTo("POLITIE");
            assertThat(delivery.ownFunction()).isEqualTo("VEILIG_THUIS");
            assertThat(delivery.urgent()).isTrue();
            assertThat(delivery.persons()).singleElement()
                    .satisfies(person -> assertThat(person.role()).isEqualTo("PLEGER"));
            assertThat(delivery.content().getLocalName()).isEqualTo("overtredingsmelding");
            assertThat(delivery.provenance().complete()).isFalse();
            assertThat(Xml.text(answer.payload(), "bezorgingId")).isEqualTo(id);
            assertThat(Xml.digest(answer.payload(), "digest")).isEqualTo(delivery.digest());
        });
    }

    @Test
    void theSameDeliveryAgainIsAnsweredTheSameAndNotHandedOverTwice() throws IOException {
        takenBy(handled::add);
        String bezorging = Deliveries.request(newId());
        RawAnswer first = post(request(bezorging));
        RawAnswer second = post(request(bezorging));
        assertThat(Xml.canonical(second.payload())).isEqualTo(Xml.canonical(first.payload()));
        assertThat(handled).hasSize(1);
    }

    @Test
    void aReplayOfTheVeryBytesIsHarmless() throws IOException {
        takenBy(handled::add);
        byte[] bytes = delivery(newId()).bytes();
        post(bytes);
        assertThat(post(bytes).isFault()).isFalse();
        assertThat(handled).hasSize(1);
    }

    @Test
    void theSameIdWithOtherContentIsRefused() throws IOException {
        takenBy(handled::add);
        String id = newId();
        post(delivery(id));
        assertThat(post(delivery(id)).foutCode()).contains("KP-8001");
        assertThat(handled).hasSize(1);
    }

    @Test
    void aHandlerThatFailsIsAnsweredWithASignedFaultAndAskedAgain() throws IOException {
        List<String> attempts = new CopyOnWriteArrayList<>();
        takenBy(delivery -> {
            attempts.add(delivery.id());
            if (attempts.size() == 1) {
                throw new IOException("The disk of the partner is full");
            }
        });
        String bezorging = Deliveries.request(newId());
        RawAnswer refused = post(request(bezorging));
        assertThat(refused.foutCode()).contains("KP-8001");
        assertThat(refused.signer()).contains(TestKeys.veiligThuis().sign().certificate());
        assertThat(refused.addressing("Action")).contains("urn:nl:ketenpoort:diensten:v1:fout");
        assertThat(refused.envelope().getTextContent()).doesNotContain("disk");
        assertThat(post(request(bezorging)).isFault()).isFalse();
        assertThat(attempts).hasSize(2);
    }

    @Test
    void contentOtherThanHerkomstNamesIsRefused() throws IOException {
        takenBy(handled::add);
        String bezorging = Deliveries.request(newId()).replace("Hij stond", "Zij stond");
        assertThat(post(request(bezorging)).foutCode()).contains("KP-8001");
        assertThat(handled).isEmpty();
    }

    @Test
    void herkomstSignedByAnotherKeyIsRefused() throws IOException {
        takenBy(handled::add);
        String bezorging = Deliveries.requestUnder(GATEWAY, newId());
        assertThat(post(request(bezorging)).foutCode()).contains("KP-8001");
        assertThat(handled).isEmpty();
    }

    @Test
    void aSenderOtherThanHerkomstNamesIsRefused() throws IOException {
        takenBy(handled::add);
        String bezorging = Deliveries.request(newId(), bezorgingElement -> {
            Xml.required(bezorgingElement, "zender").setTextContent("00000099000000030000");
            return bezorgingElement;
        });
        assertThat(post(request(bezorging)).foutCode()).contains("KP-8001");
        assertThat(handled).isEmpty();
    }

    @Test
    void aDeliveryForAnotherOrganisationIsRefused() throws IOException {
        takenBy(handled::add);
        String bezorging = Deliveries.request(newId(), bezorgingElement -> {
            Xml.required(bezorgingElement, "ontvanger").setTextContent("00000099000000030000");
            return bezorgingElement;
        });
        assertThat(post(request(bezorging)).foutCode()).contains("KP-8001");
        assertThat(handled).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(RawSoap.Wrapping.class)
    void aMovedBodyIsRefused(RawSoap.Wrapping where) throws IOException {
        takenBy(handled::add);
        RawSoap attack = delivery(newId()).wrapping(where, Deliveries.request(newId()));
        assertThat(http().post(attack).status()).isEqualTo(500);
        assertThat(handled).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Body", "Timestamp", "MessageID", "To", "Action", "From"})
    void aPartThatIsNotSignedIsRefused(String part) throws IOException {
        takenBy(handled::add);
        assertThat(http().post(delivery(newId()).notSigning(part)).status()).isEqualTo(500);
        assertThat(handled).isEmpty();
    }

    @Test
    void whatIsUnsignedInClearOrWeakIsRefused() throws IOException {
        takenBy(handled::add);
        for (RawSoap attack : List.of(delivery(newId()).unsigned(), delivery(newId()).unencrypted(),
                delivery(newId()).withoutTimestamp(), delivery(newId()).signature(RawSoap.RSA_SHA1),
                delivery(newId()).digest(RawSoap.SHA1), delivery(newId()).encryption(RawSoap.AES128_CBC),
                delivery(newId()).keyTransport(RawSoap.RSA_1_5),
                delivery(newId()).created(Instant.now().minusSeconds(3600)),
                delivery(newId()).created(Instant.now().plusSeconds(3600)),
                delivery(newId()).ownHeader("<x:kenmerk xmlns:x='urn:x'>1</x:kenmerk>"),
                delivery(newId()).secondBodyElement("<x:nog xmlns:x='urn:x'/>"),
                delivery(newId()).doctype("<!DOCTYPE x>"))) {
            assertThat(http().post(attack).status()).isGreaterThanOrEqualTo(400);
        }
        assertThat(handled).isEmpty();
    }

    @Test
    void aPartnerCannotDeliverToAPartner() throws IOException {
        takenBy(handled::add);
        RawKey politie = TestKeys.raw(TestKeys.politie().sign());
        RawSoap forged = RawSoap.request(politie, TestKeys.veiligThuis().sign().certificate(), address().toString(),
                "bezorgen",
                Deliveries.request(newId()));
        assertThat(http().post(forged).status()).isEqualTo(500);
        try (var asPolitie = new RawHttp(address(), Optional.of(TestKeys.raw(TestKeys.politie().tls())),
                List.of(TestKeys.CERTIFICATES.rootCertificate()))) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> asPolitie.post(delivery(newId())))
                    .isInstanceOf(IOException.class);
        }
        assertThat(handled).isEmpty();
    }

    @Test
    void itGoesDownAndComesUpOnTheSamePort() throws IOException {
        takenBy(handled::add);
        int port = endpoint.port();
        endpoint.down();
        RawHttp http = http(port);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> http.post(delivery(newId(), port)))
                .isInstanceOf(IOException.class);
        endpoint.up();
        assertThat(endpoint.port()).isEqualTo(port);
        assertThat(http(port).post(delivery(newId(), port)).status()).isEqualTo(200);
        assertThat(handled).hasSize(1);
    }

    private void takenBy(DeliveryHandler taker) {
        handler = taker;
    }

    private static String newId() {
        return "urn:uuid:" + UUID.randomUUID();
    }

    private URI address() {
        return address(endpoint.port());
    }

    private URI address(int port) {
        return URI.create("https://localhost:" + port + endpoint.path());
    }

    private RawHttp http() {
        return http(endpoint.port());
    }

    private RawHttp http(int port) {
        var http = new RawHttp(address(port), Optional.of(GATEWAY_TLS),
                List.of(TestKeys.CERTIFICATES.rootCertificate()));
        open.add(http);
        return http;
    }

    private RawSoap delivery(String id) {
        return delivery(id, endpoint.port());
    }

    private RawSoap delivery(String id, int port) {
        return request(Deliveries.request(id), port);
    }

    private RawSoap request(String bezorgenVerzoek) {
        return request(bezorgenVerzoek, endpoint.port());
    }

    private RawSoap request(String bezorgenVerzoek, int port) {
        return RawSoap.request(GATEWAY, TestKeys.veiligThuis().sign().certificate(), address(port).toString(),
                "bezorgen",
                bezorgenVerzoek);
    }

    private RawAnswer post(RawSoap soap) throws IOException {
        return post(soap.bytes());
    }

    private RawAnswer post(byte[] soap) throws IOException {
        return RawAnswer.open(http().post(soap, "urn:nl:ketenpoort:diensten:v1:bezorgenVerzoek").body(), GATEWAY);
    }
}
