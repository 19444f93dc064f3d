package nl.ketenpoort.delivery.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import nl.ketenpoort.delivery.DeliveryId;
import nl.ketenpoort.delivery.PushChannel;
import nl.ketenpoort.delivery.PushChannel.Confirmed;
import nl.ketenpoort.delivery.PushChannel.PushResult;
import nl.ketenpoort.delivery.PushChannel.Refused;
import nl.ketenpoort.delivery.PushChannel.TryLater;
import nl.ketenpoort.delivery.PushChannel.Unconfirmed;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.localstack.certificates.Flaw;
import nl.ketenpoort.localstack.certificates.KeyFile;
import nl.ketenpoort.partner.Endpoint;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.partner.Separation;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.signature.wss4j.PartnerReading;
import nl.ketenpoort.signature.wss4j.PartnerRequest;
import nl.ketenpoort.signature.wss4j.Pki;

class PushChannelTest {

    private static final String KP = "urn:nl:ketenpoort:berichten:v1";
    private static final String ACTIONS = "urn:nl:ketenpoort:diensten:v1:";
    private static final String BODY = "<kp:bezorgenVerzoek xmlns:kp=\"" + KP + "\">geheim</kp:bezorgenVerzoek>";
    private static final Digest DIGEST = Digest.of(BODY.getBytes(UTF_8));

    private final DeliveryId id = new DeliveryId(UUID.randomUUID());
    private PartnerEndpoint partner;

    @BeforeEach
    void aPartnerThatConfirms() throws Exception {
        partner = new PartnerEndpoint(Pki.SHELTER.tls());
        answers(200, answer -> {});
    }

    @AfterEach
    void close() {
        partner.close();
    }

    @Test
    void aDeliveryThatTheReceiverConfirmsIsConfirmed() {
        assertThat(push()).isInstanceOf(Confirmed.class);
    }

    @Test
    void theRequestIsSealedToTheReceiverAndSaysWhoSendsIt() throws Exception {
        push();

        var seen = partner.seen().orElseThrow();
        assertThat(seen.contentType()).isEqualTo("text/xml; charset=utf-8");
        assertThat(seen.soapAction()).isEqualTo('"' + ACTIONS + "bezorgenVerzoek\"");
        assertThat(new String(seen.body(), UTF_8)).doesNotContain("geheim");
        var read = new PartnerReading(seen.body(), Pki.SHELTER.sign());
        assertThat(read.wasEncrypted).isTrue();
        assertThat(read.content()).isEqualTo(BODY);
        assertThat(read.addressing("Action")).isEqualTo(ACTIONS + "bezorgenVerzoek");
        assertThat(read.addressing("To")).isEqualTo(partner.uri().toString());
        assertThat(read.addressing("MessageID")).isEqualTo(id.uri());
        assertThat(read.addressing("From")).isEqualTo(Pki.ENDPOINT + "?OIN=00000099000000001000");
    }

    @Test
    void anAnswerMayBeEncryptedToTheKeyOfTheGatewayForMessagesToo() throws Exception {
        answers(200, answer -> answer.encryptTo = Pki.CERTIFICATES.gatewayDecrypt().certificate());

        assertThat(push()).isInstanceOf(Confirmed.class);
    }

    // ===== answers that confirm nothing =====

    @Test
    void anAnswerSignedByAnotherOrganisationConfirmsNothing() throws Exception {
        answers(200, answer -> answer.key = Pki.entry(Pki.POLICE.sign()));
        assertUnconfirmed();
    }

    @Test
    void anAnswerToAnotherRequestConfirmsNothing() throws Exception {
        answers(200, answer -> answer.addressing.put("RelatesTo", "urn:uuid:" + UUID.randomUUID()));
        assertUnconfirmed();
    }

    @Test
    void anAnswerThatDoesNotConfirmTheSignatureOfTheRequestConfirmsNothing() throws Exception {
        answers(200, answer -> answer.confirmations.clear());
        assertUnconfirmed();
        answers(200, answer -> answer.confirmations.set(0, new byte[256]));
        assertUnconfirmed();
        answers(200, answer -> answer.unsigned.add("SignatureConfirmation"));
        assertUnconfirmed();
    }

    @Test
    void anAnswerAboutAnotherDeliveryOrDigestConfirmsNothing() throws Exception {
        answers(200, answer -> answer.body = confirmation("urn:uuid:" + UUID.randomUUID(), DIGEST));
        assertUnconfirmed();
        answers(200, answer -> answer.body = confirmation(id.uri(), Digest.of(new byte[]{1})));
        assertUnconfirmed();
    }

    @Test
    void anAnswerThatIsUnsignedUnencryptedOldOrOfAnotherActionConfirmsNothing() throws Exception {
        answers(200, answer -> answer.sign = false);
        assertUnconfirmed();
        answers(200, answer -> answer.encrypt = false);
        assertUnconfirmed();
        answers(200, answer -> answer.created = answer.created.minus(Duration.ofSeconds(400)));
        assertUnconfirmed();
        answers(200, answer -> answer.unsigned.add("Body"));
        assertUnconfirmed();
        answers(200, answer -> answer.addressing.put("Action", ACTIONS + "verzendenAntwoord"));
        assertUnconfirmed();
    }

    @Test
    void anAnswerThatIsNoSoapConfirmsNothing() {
        partner.answers((request, exchange) -> PartnerEndpoint.reply(exchange, 200, "OK".getBytes(UTF_8)));
        assertUnconfirmed();
    }

    @Test
    void anAnswerWithoutEndIsNotReadToItsEnd() {
        partner.answers((request, exchange) -> {
            exchange.getResponseHeaders().set("Content-Type", "text/xml; charset=utf-8");
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 10_000; i++) {
                exchange.getResponseBody().write(new byte[1 << 16]);
            }
        });
        assertUnconfirmed();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void aRedirectIsNotFollowed(int status) {
        partner.answers((request, exchange) -> {
            exchange.getResponseHeaders().set("Location", partner.uri() + "/elders");
            PartnerEndpoint.reply(exchange, status, new byte[0]);
        });
        assertUnconfirmed();
        assertThat(partner.seen()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404})
    void aRefusalInHttpAloneConfirmsNothing(int status) {
        partner.answers((request, exchange) -> PartnerEndpoint.reply(exchange, status, new byte[0]));
        assertUnconfirmed();
    }

    // ===== faults =====

    @Test
    void aVerifiedFaultIsARefusalOfTheReceiver() throws Exception {
        answers(500, answer -> answer.body = fault("KP-3201", "0004"));

        assertThat(push()).isInstanceOfSatisfying(Refused.class, result -> {
            assertThat(result.why().code()).isEqualTo(Reason.ENDPOINT_REFUSED.code());
            assertThat(result.why().description()).contains("KP-3201");
        });
    }

    @Test
    void aVerifiedFaultMayComeInClearAndWithoutConfirmation() throws Exception {
        answers(500, answer -> {
            answer.body = fault("KP-3201", "0004");
            answer.encrypt = false;
            answer.confirmations.clear();
        });

        assertThat(push()).isInstanceOfSatisfying(Refused.class,
                result -> assertThat(result.why().code()).isEqualTo(Reason.ENDPOINT_REFUSED.code()));
    }

    @Test
    void aReceiverThatSaysItCannotNowIsTriedLater() throws Exception {
        answers(500, answer -> answer.body = fault("KP-9051", "0051"));
        assertLater();
    }

    @Test
    void aFaultThatNobodySignedIsNoRefusal() {
        partner.answers((request, exchange) -> PartnerEndpoint.reply(exchange, 500,
                ("<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>" + fault("KP-3201", "0004")
                        + "</s:Body></s:Envelope>").getBytes(UTF_8)));
        assertLater();
    }

    // ===== endpoints that are not there =====

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void anEndpointThatIsOverloadedOrDownIsTriedLater(int status) {
        partner.answers((request, exchange) -> PartnerEndpoint.reply(exchange, status, new byte[0]));
        assertLater();
    }

    @Test
    void anEndpointThatDoesNotListenIsTriedLater() throws Exception {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertNothingGiven(push(endpoint(URI.create("https://localhost:" + free + "/bezorging"), Pki.SHELTER.sign())));
    }

    @Test
    void anEndpointThatDoesNotAnswerInTimeIsTriedLater() {
        var over = new CountDownLatch(1);
        partner.answers((request, exchange) -> over.await());
        try {
            assertLater(push(endpoint(partner.uri(), Pki.SHELTER.sign()), Duration.ofMillis(700)));
        } finally {
            over.countDown();
        }
    }

    @Test
    void anAnswerThatStopsHalfwayIsTriedLater() {
        var over = new CountDownLatch(1);
        partner.answers((request, exchange) -> {
            exchange.getResponseHeaders().set("Content-Type", "text/xml; charset=utf-8");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('<');
            exchange.getResponseBody().flush();
            over.await();
        });
        try {
            assertLater(push(endpoint(partner.uri(), Pki.SHELTER.sign()), Duration.ofMillis(700)));
        } finally {
            over.countDown();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Flaw.class, names = "WITHOUT_OIN", mode = EnumSource.Mode.EXCLUDE)
    void aServerWithAFlawedCertificateGetsNothing(Flaw flaw) throws Exception {
        try (var impostor = new PartnerEndpoint(Pki.SHELTER.tls(flaw))) {
            impostor.answers((request, exchange) -> PartnerEndpoint.reply(exchange, 200, new byte[0]));

            assertNothingGiven(push(endpoint(impostor.uri(), Pki.SHELTER.sign())));
            assertThat(impostor.seen()).isEmpty();
        }
    }

    @Test
    void aServerWhoseCertificateNamesAnotherHostGetsNothing() throws Exception {
        try (var elsewhere = new PartnerEndpoint(Pki.SHELTER.tls(), "127.0.0.2")) {
            elsewhere.answers((request, exchange) -> PartnerEndpoint.reply(exchange, 200, new byte[0]));

            assertNothingGiven(push(endpoint(elsewhere.uri(), Pki.SHELTER.sign())));
            assertThat(elsewhere.seen()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Flaw.class)
    void nothingIsEncryptedToAFlawedCertificate(Flaw flaw) {
        assertThat(push(endpoint(partner.uri(), Pki.SHELTER.sign(flaw)))).isInstanceOf(Unconfirmed.class);
        assertThat(partner.seen()).isEmpty();
    }

    @Test
    void nothingIsEncryptedToTheCertificateOfAnotherOrganisation() {
        assertThat(push(endpoint(partner.uri(), Pki.POLICE.sign()))).isInstanceOf(Unconfirmed.class);
        assertThat(partner.seen()).isEmpty();
    }

    @Test
    void withoutHttpsOrACertificateThereIsNoEndpoint() {
        var plain = URI.create(partner.uri().toString().replace("https", "http"));
        for (var missing : List.of(endpoint(plain, Pki.SHELTER.sign()),
                endpoint(Optional.empty(), Optional.of(Pki.SHELTER.sign().certificate())),
                endpoint(Optional.of(partner.uri()), Optional.empty()))) {
            assertThat(push(missing)).isInstanceOfSatisfying(Unconfirmed.class,
                    result -> assertThat(result.why().code()).isEqualTo(Reason.ENDPOINT_MISSING.code()));
        }
    }

    // ===== help =====

    private void answers(int status, Consumer<PartnerRequest> difference) throws Exception {
        partner.answers((request, exchange) -> {
            var read = new PartnerReading(request, Pki.SHELTER.sign());
            var answer = new PartnerRequest();
            answer.key = Pki.entry(Pki.SHELTER.sign());
            answer.encryptTo = Pki.CERTIFICATES.gatewaySign().certificate();
            answer.addressing.putAll(Map.of("Action", ACTIONS + "bezorgenAntwoord", "To",
                    "http://www.w3.org/2005/08/addressing/anonymous", "RelatesTo", read.addressing("MessageID")));
            answer.confirmations.add(read.signatureValue);
            answer.body = confirmation(read.addressing("MessageID"), DIGEST);
            difference.accept(answer);
            PartnerEndpoint.reply(exchange, status, answer.bytes());
        });
    }

    private static String confirmation(String delivery, Digest digest) {
        return "<kp:bezorgenAntwoord xmlns:kp=\"" + KP + "\"><kp:bezorgingId>" + delivery
                + "</kp:bezorgingId><kp:digest>" + digest.base64() + "</kp:digest></kp:bezorgenAntwoord>";
    }

    private static String fault(String code, String digikoppeling) {
        return "<s:Fault xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><faultcode>s:Client</faultcode>"
                + "<faultstring>nee</faultstring><detail><kp:fout xmlns:kp=\"" + KP + "\"><kp:code>" + code
                + "</kp:code><kp:digikoppeling>" + digikoppeling
                + "</kp:digikoppeling><kp:omschrijving>nee</kp:omschrijving></kp:fout></detail></s:Fault>";
    }

    private PushResult push() {
        return push(endpoint(partner.uri(), Pki.SHELTER.sign()));
    }

    private PushResult push(Endpoint endpoint) {
        return push(endpoint, Duration.ofSeconds(30));
    }

    private PushResult push(Endpoint endpoint, Duration patience) {
        var gateway = Pki.gateway(Clock.systemUTC());
        PushChannel channel = PushWiring.channel(gateway.exchange(),
                new PushWiring.Connection(Pki.entry(Pki.CERTIFICATES.gatewayTls()), gateway.partnerServers(),
                        Duration.ofSeconds(10), patience, 1 << 18));
        return channel.push(endpoint, id, BODY.getBytes(UTF_8), DIGEST);
    }

    private static Endpoint endpoint(URI uri, KeyFile encryption) {
        return endpoint(Optional.of(uri), Optional.of(encryption.certificate()));
    }

    private static Endpoint endpoint(Optional<URI> uri, Optional<X509Certificate> encryption) {
        return new Endpoint(new Oin(Pki.SHELTER.oin()), new PartnerFunction("OPVANG"), uri, encryption,
                Separation.ofItsOwn());
    }

    private void assertUnconfirmed() {
        assertThat(push()).isInstanceOfSatisfying(Unconfirmed.class,
                result -> assertThat(result.why().code()).isEqualTo(Reason.ENDPOINT_ANSWER_INVALID.code()));
    }

    private void assertLater() {
        assertLater(push());
    }

    /** The receiver may have it: no answer is not the same as not arrived. */
    private static void assertLater(PushResult result) {
        assertLater(result, true);
    }

    private static void assertNothingGiven(PushResult result) {
        assertLater(result, false);
    }

    private static void assertLater(PushResult result, boolean mayHaveArrived) {
        assertThat(result).isInstanceOfSatisfying(TryLater.class, later -> {
            assertThat(later.why().code()).isEqualTo(Reason.ENDPOINT_UNREACHABLE.code());
            assertThat(later.mayHaveArrived()).isEqualTo(mayHaveArrived);
        });
    }
}
