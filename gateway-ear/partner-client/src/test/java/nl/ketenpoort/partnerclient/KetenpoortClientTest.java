package nl.ketenpoort.partnerclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;

import nl.ketenpoort.partnerclient.attack.RawAnswer;
import nl.ketenpoort.partnerclient.attack.RawGateway;
import nl.ketenpoort.partnerclient.attack.RawKey;
import nl.ketenpoort.partnerclient.attack.RawServer;
import nl.ketenpoort.partnerclient.attack.RawServer.Reply;
import nl.ketenpoort.partnerclient.attack.RawSoap;

/**
 * The client against ketenpoort.wsdl in this JVM, with real TLS and WS-Security; and against a server that answers with
 * bytes made on WSS4J directly, for what a right server never says.
 */
class KetenpoortClientTest {

    private static final RawKey SIGN = TestKeys.raw(TestKeys.CERTIFICATES.gatewaySign());
    private static final RawKey DECRYPT = TestKeys.raw(TestKeys.CERTIFICATES.gatewayDecrypt());
    private static final RawKey TLS = TestKeys.raw(TestKeys.CERTIFICATES.gatewayTls());
    private static final RawKey RECEIPT = TestKeys.raw(TestKeys.CERTIFICATES.gatewayReceipt());

    /** One of each for all tests: a CXF endpoint takes seconds to start. */
    private static StandInGateway gateway;
    private static KetenpoortClient client;
    private static RawServer raw;
    private static KetenpoortClient rawClient;
    private static UnaryOperator<Element> behaviour;
    private static RawBehaviour rawBehaviour;

    /** What the raw server does with a request that it has opened. */
    private interface RawBehaviour {
        Reply answer(RawAnswer request, byte[] requestSignature);
    }

    @BeforeAll
    static void start() {
        gateway = StandInGateway.forPolitie(request -> behaviour.apply(request));
        client = gateway.client().build();
        raw = new RawServer(TLS, List.of(TestKeys.CERTIFICATES.rootCertificate()), bytes -> rawBehaviour
                .answer(RawAnswer.open(bytes, DECRYPT), signatureValue(bytes)));
        rawClient = gateway.client().endpoint(raw.address("/ketenpoort/v1/berichten")).build();
    }

    @AfterAll
    static void stop() {
        rawClient.close();
        client.close();
        raw.close();
        gateway.close();
    }

    @BeforeEach
    void answerWithReceipts() {
        behaviour = Answers::receipt;
        gateway.received().clear();
        raw.received().clear();
    }

    @Test
    void aMessageIsAnsweredWithAReceiptThatVerifiesByItself() throws Exception {
        String messageId = KetenpoortClient.newMessageId();
        Receipt receipt = (Receipt) client.send(messageId, Answers.REQUEST);
        assertThat(receipt.messageId()).isEqualTo(messageId);
        assertThat(receipt.caseId()).isEqualTo(Answers.CASE);
        assertThat(receipt.decisions()).satisfiesExactly(decision -> {
            assertThat(decision.permitted()).isTrue();
            assertThat(decision.leftOut()).containsExactly("overtredingsmelding/toelichting");
        }, refused -> {
            assertThat(refused.permitted()).isFalse();
            assertThat(refused.receiverOin()).isEmpty();
            assertThat(refused.function()).contains("HUISARTS");
        });
        SealedElement reopened = SealedElement.open(Xml.parse(receipt.xml()), List.of(RECEIPT.certificate()));
        assertThat(reopened.xml()).isEqualTo(receipt.xml());
    }

    @Test
    void aReceiptThatWasChangedIsNoReceipt() {
        behaviour = request -> {
            Element answer = Answers.receipt(request);
            Xml.required(Xml.required(answer, "ontvangstbewijs"), "casus")
                    .setTextContent("0f4f8a3e-0000-4b6c-9c57-2f6f0f9b5d11");
            return answer;
        };
        assertNoVerifiedAnswer("receipt key");
    }

    @Test
    void aReceiptUnderAnotherKeyIsNoReceipt() {
        behaviour = request -> Answers.receipt(request, StandInGateway.messageId(), SIGN);
        assertNoVerifiedAnswer("receipt key");
    }

    @Test
    void aReceiptOfOtherContentIsNoReceipt() {
        behaviour = request -> Answers.receipt(
                Xml.parse(Answers.REQUEST.replace("SPOED", "GEWOON").replace("ander", "anders")),
                StandInGateway.messageId(), RECEIPT);
        assertNoVerifiedAnswer("digest");
    }

    @Test
    void aReceiptOfAnotherMessageIsNoReceipt() {
        behaviour = request -> Answers.receipt(request, "urn:uuid:another", RECEIPT);
        assertNoVerifiedAnswer("another message");
    }

    @Test
    void aReceiptWithTwoSignaturesIsNoReceipt() {
        behaviour = request -> {
            Element answer = Answers.receipt(request);
            RawGateway.seal(Xml.required(answer, "ontvangstbewijs"), RECEIPT);
            return answer;
        };
        assertNoVerifiedAnswer("2 signatures");
    }

    @Test
    void aSignedAndEncryptedFaultIsARefusalWithWhatWouldBePossible() throws Exception {
        behaviour = request -> {
            throw Answers.fault("KP-5101", "0002");
        };
        Refused refused = (Refused) client.send(KetenpoortClient.newMessageId(), Answers.REQUEST);
        assertThat(refused.code()).isEqualTo("KP-5101");
        assertThat(refused.digikoppeling()).contains("0002");
        assertThat(refused.text()).isEqualTo("Toestemming ontbreekt");
        assertThat(refused.lawfulWay()).contains("Vraag toestemming");
        assertThat(refused.reference()).contains("ref-1");
        assertThat(refused.temporary()).isFalse();
    }

    @Test
    void aFaultInClearIsARefusalWhenTheGatewaySignedIt() throws Exception {
        rawBehaviour = (request, signature) -> Reply
                .of(RawSoap.faultInClear(SIGN, request.addressing("MessageID").orElseThrow(), "KP-2003",
                        "Onbekende zender"));
        assertThat(rawClient.send(KetenpoortClient.newMessageId(), Answers.REQUEST))
                .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.code()).isEqualTo("KP-2003"));
    }

    @Test
    void aFaultInClearIsNothingWhenSomebodyElseSignedIt() {
        RawKey politie = TestKeys.raw(TestKeys.politie().sign());
        rawBehaviour = (request, signature) -> Reply
                .of(RawSoap.faultInClear(politie, request.addressing("MessageID").orElseThrow(), "KP-2003",
                        "Onbekende zender"));
        assertNoVerifiedRawAnswer("did not sign");
    }

    @Test
    void aFaultInClearIsNothingWhenItsBodyIsNotSigned() {
        rawBehaviour = (request, signature) -> Reply.of(RawSoap
                .faultInClear(SIGN, request.addressing("MessageID").orElseThrow(), "KP-2003", "Onbekende zender")
                .notSigning("Body"));
        assertNoVerifiedRawAnswer("Body is not covered");
    }

    @Test
    void aFaultWithoutSecurityIsNothing() {
        rawBehaviour = (request, signature) -> Reply
                .of(RawSoap
                        .faultInClear(SIGN, request.addressing("MessageID").orElseThrow(), "KP-2003",
                                "Onbekende zender")
                        .unsigned().withoutTimestamp());
        assertNoVerifiedRawAnswer("did not sign");
    }

    @Test
    void anHttpErrorIsNoAnswer() {
        rawBehaviour = (request, signature) -> new Reply(503,
                "Try later".getBytes(StandardCharsets.US_ASCII));
        assertNoVerifiedRawAnswer("");
    }

    @Test
    void aCutConnectionIsNoAnswer() {
        rawBehaviour = (request, signature) -> {
            throw new IllegalStateException("The connection is cut");
        };
        assertNoVerifiedRawAnswer("");
    }

    @Test
    void aRightAnswerMadeByAnotherImplementationIsAccepted() throws Exception {
        rawBehaviour = (request, signature) -> Reply.of(rightAnswer(request, signature));
        assertThat(rawClient.send(KetenpoortClient.newMessageId(), Answers.REQUEST)).isInstanceOf(Receipt.class);
    }

    @Test
    void anAnswerThatConfirmsNoSignatureIsRefused() {
        rawBehaviour = (request, signature) -> Reply.of(answerWithout(request));
        assertNoVerifiedRawAnswer("");
    }

    @Test
    void anAnswerThatConfirmsAnotherSignatureIsRefused() {
        rawBehaviour = (request, signature) -> Reply.of(answerWithout(request).confirming(new byte[256]));
        assertNoVerifiedRawAnswer("");
    }

    @Test
    void anAnswerToAnotherMessageIsRefused() {
        rawBehaviour = (request, signature) -> Reply
                .of(rightAnswer(request, signature).addressing("RelatesTo", "urn:uuid:other"));
        assertNoVerifiedRawAnswer("");
    }

    @Test
    void anAnswerUnsignedInClearOrWeakIsRefused() {
        List<UnaryOperator<RawSoap>> flaws = List.of(RawSoap::unsigned, RawSoap::unencrypted, RawSoap::withoutTimestamp,
                soap -> soap.notSigning("Body"), soap -> soap.notSigning("RelatesTo"),
                soap -> soap.notSigning("Timestamp"),
                soap -> soap.signature(RawSoap.RSA_SHA1), soap -> soap.digest(RawSoap.SHA1),
                soap -> soap.encryption(RawSoap.AES128_CBC), soap -> soap.keyTransport(RawSoap.RSA_1_5),
                soap -> soap.created(Instant.now().minusSeconds(3600)),
                soap -> soap.changedAfterSigning("casus", "0f4f8a3e-0000-4b6c-9c57-2f6f0f9b5d11"));
        for (UnaryOperator<RawSoap> flaw : flaws) {
            rawBehaviour = (request, signature) -> Reply.of(flaw.apply(rightAnswer(request, signature)));
            assertNoVerifiedRawAnswer("");
        }
    }

    @ParameterizedTest
    @EnumSource(RawSoap.Wrapping.class)
    void anAnswerWhoseSignedBodyWasMovedIsRefused(RawSoap.Wrapping where) {
        rawBehaviour = (request, signature) -> {
            String id = request.addressing("MessageID").orElseThrow();
            String evil = Xml.canonicalText(Answers.receipt(request.payload(), id, RECEIPT));
            return Reply.of(rightAnswer(request, signature).wrapping(where, evil));
        };
        assertNoVerifiedRawAnswer("");
    }

    @Test
    void manyThreadsMayUseOneClient() throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Future<Receipt>> sendings = new ArrayList<>();
            List<String> ids = Stream.generate(KetenpoortClient::newMessageId).limit(32).toList();
            ids.forEach(id -> sendings.add(threads.submit(() -> (Receipt) client.send(id, Answers.REQUEST))));
            for (int i = 0; i < ids.size(); i++) {
                assertThat(sendings.get(i).get(1, TimeUnit.MINUTES).messageId()).isEqualTo(ids.get(i));
            }
        }
    }

    @Test
    void anAnswerSignedByAPartnerIsRefused() {
        rawBehaviour = (request, signature) -> {
            String id = request.addressing("MessageID").orElseThrow();
            return Reply.of(RawSoap
                    .answer(TestKeys.raw(TestKeys.politie().sign()), TestKeys.politie().sign().certificate(),
                            id, "verzenden", Xml.canonicalText(Answers.receipt(request.payload(), id, RECEIPT)))
                    .confirming(signature));
        };
        assertNoVerifiedRawAnswer("");
    }

    @Test
    void aServerThatIsNotTheGatewayIsNotSpokenTo() {
        try (var partner = new RawServer(TestKeys.raw(TestKeys.veiligThuis().tls()),
                List.of(TestKeys.CERTIFICATES.rootCertificate()), bytes -> new Reply(200, bytes));
                var misled = gateway.client().endpoint(partner.address("/")).build()) {
            assertThatThrownBy(() -> misled.testCall("hallo")).isInstanceOf(NoVerifiedAnswerException.class);
            assertThat(partner.received()).isEmpty();
        }
    }

    @Test
    void withoutRevocationListsNobodyIsTrusted() {
        Trust blind = Trust.from(TestKeys.CERTIFICATES.trustStore(),
                List.of(TestKeys.CERTIFICATES.issuingCertificate()), List::of);
        try (var careful = gateway.client().trust(blind).build()) {
            assertThatThrownBy(() -> careful.testCall("hallo")).isInstanceOf(NoVerifiedAnswerException.class);
        }
        assertThatThrownBy(() -> blind.check(SIGN.certificate()))
                .isInstanceOf(CertificateException.class);
    }

    @Test
    void aMessageIsSentAgainUnderTheSameIdUntilThereIsAReceipt() throws Exception {
        List<String> ids = new ArrayList<>();
        rawBehaviour = (request, signature) -> {
            ids.add(request.addressing("MessageID").orElseThrow());
            return switch (ids.size()) {
                case 1 -> throw new IllegalStateException("Received, but the answer is lost");
                case 2 -> new Reply(503, new byte[0]);
                default -> Reply.of(rightAnswer(request, signature));
            };
        };
        Map<String, Object> outbox = new ConcurrentHashMap<>();
        String messageId = KetenpoortClient.newMessageId();
        try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
            SendResult result = rawClient.sendUntilReceipt(messageId, Answers.REQUEST, keepIn(outbox),
                    failed -> Optional.of(Duration.ofMillis(failed)), timer).get(1, TimeUnit.MINUTES);
            assertThat(result).isInstanceOf(Receipt.class);
            assertThat(outbox).containsEntry(messageId, result);
        }
        assertThat(ids).containsOnly(messageId).hasSize(3);
    }

    @Test
    void aTemporaryRefusalIsTriedAgainAndALastingOneIsNot() throws Exception {
        List<String> codes = new ArrayList<>(List.of("0051", "0002"));
        behaviour = request -> {
            throw Answers.fault("KP-9001", codes.removeFirst());
        };
        Map<String, Object> outbox = new ConcurrentHashMap<>();
        try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
            SendResult result = client
                    .sendUntilReceipt(KetenpoortClient.newMessageId(), Answers.REQUEST, keepIn(outbox),
                            Backoff.doubling(Duration.ofMillis(1), Duration.ofMillis(5)), timer)
                    .get(1, TimeUnit.MINUTES);
            assertThat(result).isInstanceOfSatisfying(Refused.class,
                    refused -> assertThat(refused.digikoppeling()).contains("0002"));
        }
        assertThat(codes).isEmpty();
        assertThat(outbox.values()).singleElement().isInstanceOf(Refused.class);
    }

    @Test
    void whenTheBackoffGivesUpTheMessageStaysInTheOutbox() {
        rawBehaviour = (request, signature) -> new Reply(503, new byte[0]);
        Map<String, Object> outbox = new ConcurrentHashMap<>();
        try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
            var sending = rawClient.sendUntilReceipt(KetenpoortClient.newMessageId(), Answers.REQUEST, keepIn(outbox),
                    failed -> failed < 2 ? Optional.of(Duration.ZERO) : Optional.empty(), timer);
            assertThatThrownBy(() -> sending.get(1, TimeUnit.MINUTES))
                    .hasCauseInstanceOf(NoVerifiedAnswerException.class);
        }
        assertThat(outbox.values()).containsExactly(Answers.REQUEST);
    }

    @Test
    void aMailboxGivesDeliveriesAndNamesThoseThatDoNotHold() throws Exception {
        List<Element> requests = new ArrayList<>();
        behaviour = request -> {
            requests.add(request);
            if (Xml.is(request, "bevestigenVerzoek")) {
                Element answer = Xml.request("bevestigenAntwoord");
                Xml.append(answer, "bezorgingId", Xml.text(Xml.required(request, "bezorging"), "bezorgingId"));
                return answer;
            }
            Element answer = Xml.request("ophalenAntwoord");
            for (String id : List.of("urn:uuid:delivery-1", "urn:uuid:delivery-2")) {
                answer.appendChild(answer.getOwnerDocument()
                        .importNode(Xml.parse(Deliveries.delivery(id, TestKeys.POLITIE, RECEIPT)), true));
            }
            Xml.all(answer, "bezorging").get(1).getElementsByTagNameNS("*", "feit").item(0)
                    .setTextContent("iets anders");
            Xml.append(answer, "resterend", "3");
            return answer;
        };
        Fetched fetched = client.fetch(Optional.of("POLITIE"), 10);
        assertThat(fetched.remaining()).isEqualTo(3);
        assertThat(fetched.rejected()).singleElement()
                .satisfies(rejected -> assertThat(rejected.id()).isEqualTo("urn:uuid:delivery-2"));
        assertThat(fetched.deliveries()).singleElement()
                .satisfies(delivery -> assertThat(delivery.id()).isEqualTo("urn:uuid:delivery-1"));
        assertThat(client.confirm(fetched.deliveries())).containsExactly("urn:uuid:delivery-1");
        assertThat(Xml.text(requests.getFirst(), "functie")).isEqualTo("POLITIE");
        assertThat(Xml.digest(Xml.required(requests.getLast(), "bezorging"), "digest"))
                .isEqualTo(fetched.deliveries().getFirst().digest());
    }

    @Test
    void theOtherOperationsAskAndReadWhatTheSchemaSays() throws Exception {
        behaviour = Answers::other;
        assertThat(client.testCall("hallo").oin()).isEqualTo(TestKeys.POLITIE);
        assertThat(client.status("urn:uuid:12345678").receivers()).satisfiesExactly(
                receiver -> assertThat(receiver.state()).isEqualTo("BEZORGD"), nobody -> {
                    assertThat(nobody.oin()).isEmpty();
                    assertThat(nobody.function()).contains("HUISARTS");
                });
        Instant now = Instant.parse("2026-11-21T10:00:00Z");
        var consent = new ConsentRegistration(Answers.CASE, "VEILIG_THUIS", "p1", "BETROKKENE", "HULP",
                List.of(NamedFunction.of("GGZ", TestKeys.POLITIE)), List.of(NamedFunction.of("VEILIG_THUIS")),
                List.of("H", "O"), now, now.plusSeconds(3600), "VRIJWILLIG", "nl", false,
                "MONDELING",
                Optional.empty(), false);
        assertThat(client.registerConsent(KetenpoortClient.newMessageId(), consent)).isEqualTo(Answers.CASE);
        assertThat(client.showConsent(Answers.CASE)).singleElement().satisfies(shown -> {
            assertThat(shown.withdrawn()).isEmpty();
            assertThat(shown.from()).isEqualTo(consent.from());
            assertThat(shown.to()).isEqualTo(consent.to());
            assertThat(shown.validFrom()).isEqualTo(now);
        });
        assertThat(client.withdrawConsent(KetenpoortClient.newMessageId(), Answers.CASE, Answers.CASE, true)
                .stoppedDeliveries())
                .isEqualTo(2);
    }

    @Test
    void aRefusalOfAnotherOperationIsAnExceptionWithTheCode() {
        behaviour = request -> {
            throw Answers.fault("KP-3001", "0004");
        };
        assertThatThrownBy(() -> client.status("urn:uuid:12345678")).isInstanceOfSatisfying(RefusedException.class,
                e -> assertThat(e.refused().code()).isEqualTo("KP-3001"));
    }

    @Test
    void aDocumentTypeIsNotSent() {
        assertThatThrownBy(() -> client.send(KetenpoortClient.newMessageId(), "<!DOCTYPE x>" + Answers.REQUEST))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(gateway.received()).isEmpty();
    }

    private static void assertNoVerifiedAnswer(String reason) {
        assertThatThrownBy(() -> client.send(KetenpoortClient.newMessageId(), Answers.REQUEST))
                .isInstanceOf(NoVerifiedAnswerException.class).hasMessageContaining(reason);
    }

    private static void assertNoVerifiedRawAnswer(String reason) {
        raw.received().clear();
        assertThatThrownBy(() -> rawClient.send(KetenpoortClient.newMessageId(), Answers.REQUEST))
                .isInstanceOf(NoVerifiedAnswerException.class).hasMessageContaining(reason);
        assertThat(raw.received()).as("the request arrived").isNotEmpty();
    }

    private static RawSoap rightAnswer(RawAnswer request, byte[] signature) {
        return answerWithout(request).confirming(signature);
    }

    private static RawSoap answerWithout(RawAnswer request) {
        String id = request.addressing("MessageID").orElseThrow();
        return RawSoap.answer(SIGN, TestKeys.politie().sign().certificate(), id, "verzenden",
                Xml.canonicalText(Answers.receipt(request.payload(), id, RECEIPT)));
    }

    private static byte[] signatureValue(byte[] request) {
        return Base64.getMimeDecoder().decode(Xml.parse(request)
                .getElementsByTagNameNS("http://www.w3.org/2000/09/xmldsig#", "SignatureValue").item(0)
                .getTextContent());
    }

    private static Outbox keepIn(Map<String, Object> messages) {
        return new Outbox() {

            @Override
            public void store(String messageId, String request) {
                messages.put(messageId, request);
            }

            @Override
            public void settle(String messageId, SendResult result) {
                messages.put(messageId, result);
            }
        };
    }
}
