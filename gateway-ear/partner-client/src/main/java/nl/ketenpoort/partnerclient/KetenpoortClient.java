package nl.ketenpoort.partnerclient;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.xml.namespace.QName;
import javax.xml.transform.Source;
import javax.xml.transform.dom.DOMSource;

import jakarta.xml.ws.Dispatch;
import jakarta.xml.ws.Service;
import jakarta.xml.ws.WebServiceException;
import jakarta.xml.ws.handler.MessageContext;

import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.configuration.jsse.TLSClientParameters;
import org.apache.cxf.endpoint.Client;
import org.apache.cxf.jaxws.DispatchImpl;
import org.apache.cxf.transport.http.HTTPConduit;
import org.apache.cxf.transports.http.configuration.HTTPClientPolicy;
import org.apache.cxf.ws.addressing.AddressingProperties;
import org.apache.cxf.ws.addressing.AttributedURIType;
import org.apache.cxf.ws.addressing.EndpointReferenceType;
import org.apache.cxf.ws.addressing.JAXWSAConstants;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * A partner's line to the gateway: operations of ketenpoort.wsdl in profile 2W-be-SE over mutual TLS.
 * <p>
 * Promises: an answer is returned only when the gateway's signature covers it, it relates to the request, and, for a
 * receipt, its own signature and digest hold. Refuses everything else with {@link NoVerifiedAnswerException}; then the
 * same content may be sent again under the same MessageID. Safe for use by many threads.
 * <p>
 * Sources: Digikoppeling WUS 3.8.1 (WA001, WB001–WB014, WT001–WT004).
 */
public final class KetenpoortClient implements Closeable {

    private static final String SERVICES = "urn:nl:ketenpoort:diensten:v1";
    private static final QName SERVICE = new QName(SERVICES, "Ketenpoort");
    private static final QName PORT = new QName(SERVICES, "BerichtenPoort");
    private static final String ANONYMOUS = "http://www.w3.org/2005/08/addressing/anonymous";

    private final URI endpoint;
    private final URI from;
    private final String ownOin;
    private final List<X509Certificate> receiptCertificates;
    private final Bus bus;
    private final Dispatch<Source> dispatch;

    private KetenpoortClient(Builder builder) {
        Identity signing = Objects.requireNonNull(builder.signing, "signing");
        Trust trust = Objects.requireNonNull(builder.trust, "trust");
        this.endpoint = Objects.requireNonNull(builder.endpoint, "endpoint");
        this.ownOin = signing.oin();
        this.from = builder.from.orElse(URI.create(ANONYMOUS + "?OIN=" + ownOin));
        this.receiptCertificates = List.copyOf(builder.receiptCertificates);
        var profile = new WssProfile(signing, List.of(),
                Optional.of(Objects.requireNonNull(builder.encryptionCertificate, "gatewayEncryptionCertificate")),
                new GatewaySigner(builder.signingCertificates, trust));
        this.bus = WssProfile.newBus();
        Bus before = BusFactory.getAndSetThreadDefaultBus(bus);
        try {
            Service service = Service.create(wsdl(), SERVICE);
            this.dispatch = service.createDispatch(PORT, Source.class, Service.Mode.PAYLOAD);
        } finally {
            BusFactory.setThreadDefaultBus(before);
        }
        Map<String, Object> context = dispatch.getRequestContext();
        context.put("thread.local.request.context", true);
        Client client = client();
        client.getEndpoint().putAll(profile.properties());
        client.getInInterceptors().add(new AnswerCapture.FaultInClear(profile));
        client.getInInterceptors().add(new AnswerCapture.AfterSecurity());
        configure((HTTPConduit) client.getConduit(), builder);
    }

    private static URL wsdl() {
        return Objects.requireNonNull(KetenpoortClient.class.getResource("/message-schemas/services/ketenpoort.wsdl"),
                "message-schemas is not on the class path");
    }

    private Client client() {
        return ((DispatchImpl<Source>) dispatch).getClient();
    }

    private static void configure(HTTPConduit conduit, Builder builder) {
        String gatewayOin = Oin.of(builder.signingCertificates.getFirst()).orElseThrow(
                () -> new IllegalArgumentException("The gateway's signing certificate names no OIN"));
        var tls = new TlsProfile(Objects.requireNonNull(builder.tls, "tls"),
                Objects.requireNonNull(builder.trust, "trust"), gatewayOin);
        var parameters = new TLSClientParameters();
        parameters.setKeyManagers(tls.keyManagers());
        parameters.setTrustManagers(tls.trustManagers());
        conduit.setTlsClientParameters(parameters);
        var http = new HTTPClientPolicy();
        http.setAutoRedirect(false);
        http.setConnectionTimeout(builder.connectTimeout.toMillis());
        http.setReceiveTimeout(builder.answerTimeout.toMillis());
        http.setAllowChunking(false);
        conduit.setClient(http);
    }

    /** A client needs all of endpoint, tls, signing, the gateway's three kinds of certificate, and trust. */
    public static Builder builder() {
        return new Builder();
    }

    /** The partner for whom this client speaks. */
    public String ownOin() {
        return ownOin;
    }

    /** A MessageID that nobody used before. */
    public static String newMessageId() {
        return "urn:uuid:" + UUID.randomUUID();
    }

    /**
     * Sends a message once.
     *
     * @param messageId chosen by the caller and kept before this call: a repetition must use the same
     * @param request   a whole {@code kp:verzendenVerzoek}
     */
    public SendResult send(String messageId, String request) throws NoVerifiedAnswerException {
        return send(messageId, Xml.parse(request));
    }

    /** As {@link #send(String, String)}; the element is sent as it canonicalises. */
    public SendResult send(String messageId, Element verzendenVerzoek) throws NoVerifiedAnswerException {
        if (!Xml.is(verzendenVerzoek, "verzendenVerzoek")) {
            throw new IllegalArgumentException("Not a kp:verzendenVerzoek: " + verzendenVerzoek.getNodeName());
        }
        Element sent = Xml.standalone(verzendenVerzoek);
        try {
            Element answer = call("verzenden", messageId, sent);
            return Receipt.open(Xml.required(answer, "ontvangstbewijs"), messageId, sent, receiptCertificates);
        } catch (RefusedException e) {
            return e.refused();
        } catch (SealedElement.NotGenuine | Xml.MalformedAnswer e) {
            throw new NoVerifiedAnswerException("The receipt does not hold: " + e.getMessage(), e);
        }
    }

    /**
     * Stores the message, then sends it under one MessageID until there is a receipt or a lasting refusal, or the backoff
     * gives up; in the last case the future fails with {@link NoVerifiedAnswerException} or holds the temporary refusal,
     * and the message stays unsettled in the outbox.
     *
     * @param timer runs the attempts
     */
    public CompletableFuture<SendResult> sendUntilReceipt(String messageId, String request, Outbox outbox,
            Backoff backoff,
            ScheduledExecutorService timer) {
        Xml.parse(request);
        outbox.store(messageId, request);
        return resumeUntilReceipt(messageId, request, outbox, backoff, timer);
    }

    /** As {@link #sendUntilReceipt}, for a message that the outbox holds already, after a restart. */
    public CompletableFuture<SendResult> resumeUntilReceipt(String messageId, String request, Outbox outbox,
            Backoff backoff, ScheduledExecutorService timer) {
        var result = new CompletableFuture<SendResult>();
        timer.execute(() -> attempt(new Attempt(messageId, request, outbox, backoff, timer, result), 1));
        return result;
    }

    private record Attempt(String messageId, String request, Outbox outbox, Backoff backoff,
            ScheduledExecutorService timer,
            CompletableFuture<SendResult> result) {}

    private void attempt(Attempt attempt, int number) {
        if (attempt.result.isDone()) {
            return;
        }
        try {
            SendResult outcome = send(attempt.messageId, attempt.request);
            if (outcome instanceof Refused refused && refused.temporary()) {
                again(attempt, number, () -> attempt.result.complete(refused));
            } else {
                attempt.outbox.settle(attempt.messageId, outcome);
                attempt.result.complete(outcome);
            }
        } catch (NoVerifiedAnswerException e) {
            again(attempt, number, () -> attempt.result.completeExceptionally(e));
        } catch (RuntimeException e) {
            attempt.result.completeExceptionally(e);
        }
    }

    private void again(Attempt attempt, int number, Runnable giveUp) {
        Optional<Duration> wait = attempt.backoff.after(number);
        if (wait.isEmpty()) {
            giveUp.run();
            return;
        }
        try {
            ScheduledFuture<?> next = attempt.timer.schedule(() -> attempt(attempt, number + 1), wait.get().toMillis(),
                    TimeUnit.MILLISECONDS);
            if (next.isCancelled()) {
                giveUp.run();
            }
        } catch (RejectedExecutionException e) {
            giveUp.run();
        }
    }

    /** Unconfirmed deliveries of all functions of the mailbox, at most {@code maximum} (1–50), in order. */
    public Fetched fetch(int maximum) throws NoVerifiedAnswerException, RefusedException {
        return fetch(Optional.empty(), maximum);
    }

    /** Unconfirmed deliveries for one function. */
    public Fetched fetch(Optional<String> function, int maximum) throws NoVerifiedAnswerException, RefusedException {
        Element request = Xml.request("ophalenVerzoek");
        function.ifPresent(name -> Xml.append(request, "functie", name));
        Xml.append(request, "maximum", Integer.toString(maximum));
        return ask("ophalen", newMessageId(), request, this::fetched);
    }

    private Fetched fetched(Element answer) {
        List<Delivery> deliveries = new ArrayList<>();
        List<Fetched.Rejected> rejected = new ArrayList<>();
        for (Element bezorging : Xml.all(answer, "bezorging")) {
            try {
                deliveries.add(Delivery.open(bezorging, ownOin, receiptCertificates));
            } catch (SealedElement.NotGenuine | Xml.MalformedAnswer e) {
                rejected.add(new Fetched.Rejected(Xml.optionalText(bezorging, "bezorgingId").orElse(""),
                        String.valueOf(e.getMessage())));
            }
        }
        return new Fetched(List.copyOf(deliveries), List.copyOf(rejected), Xml.count(answer, "resterend"));
    }

    /** Confirms deliveries that are safe on this side; harmless to repeat. Returns the ids that the gateway confirmed. */
    public List<String> confirm(List<Delivery> deliveries) throws NoVerifiedAnswerException, RefusedException {
        Element request = Xml.request("bevestigenVerzoek");
        for (Delivery delivery : deliveries) {
            confirmation(request, delivery.id(), delivery.digest());
        }
        return ask("bevestigen", newMessageId(), request, answer -> Xml.texts(answer, "bezorgingId"));
    }

    /** Confirms one delivery by id and digest, kept from an earlier fetch. */
    public List<String> confirm(String deliveryId, Digest digest) throws NoVerifiedAnswerException, RefusedException {
        Element request = Xml.request("bevestigenVerzoek");
        confirmation(request, deliveryId, digest);
        return ask("bevestigen", newMessageId(), request, answer -> Xml.texts(answer, "bezorgingId"));
    }

    private static void confirmation(Element request, String deliveryId, Digest digest) {
        Element bezorging = Xml.append(request, "bezorging");
        Xml.append(bezorging, "bezorgingId", deliveryId);
        Xml.append(bezorging, "digest", digest.base64());
    }

    /** Where a message of one's own is. */
    public MessageStatus status(String messageId) throws NoVerifiedAnswerException, RefusedException {
        Element request = Xml.request("statusVerzoek");
        Xml.append(request, "berichtId", messageId);
        return ask("status", newMessageId(), request, MessageStatus::of);
    }

    /** Registers a consent; repeat under the same MessageID when no answer came. Returns the consent's id. */
    public String registerConsent(String messageId, ConsentRegistration consent)
            throws NoVerifiedAnswerException, RefusedException {
        return ask("toestemmingRegistreren", messageId, consent.toRequest(), answer -> Xml.text(answer, "toestemming"));
    }

    /** The consents of a case that this partner may see. */
    public List<Consent> showConsent(String caseId) throws NoVerifiedAnswerException, RefusedException {
        Element request = Xml.request("toestemmingTonenVerzoek");
        Xml.append(request, "casus", caseId);
        return ask("toestemmingTonen", newMessageId(), request, Consent::in);
    }

    /** Withdraws a consent; repeat under the same MessageID when no answer came. */
    public Consent.Withdrawal withdrawConsent(String messageId, String caseId, String consentId,
            boolean possiblyUnderDuress) throws NoVerifiedAnswerException, RefusedException {
        Element request = Xml.request("toestemmingIntrekkenVerzoek");
        Xml.append(request, "casus", caseId);
        Xml.append(request, "toestemming", consentId);
        Xml.append(request, "mogelijkOnderDwang", Boolean.toString(possiblyUnderDuress));
        return ask("toestemmingIntrekken", messageId, request, Consent.Withdrawal::of);
    }

    /** Reaches the gateway through the whole profile and leaves nothing in any case. */
    public TestCallAnswer testCall(String text) throws NoVerifiedAnswerException, RefusedException {
        Element request = Xml.request("testoproepVerzoek");
        Xml.append(request, "tekst", text);
        return ask("testoproep", newMessageId(), request, answer -> new TestCallAnswer(Xml.text(answer, "tekst"),
                Xml.instant(answer, "ontvangen"), Xml.text(answer, "oin")));
    }

    private <T> T ask(String operation, String messageId, Element request, Function<Element, T> read)
            throws NoVerifiedAnswerException, RefusedException {
        Element answer = call(operation, messageId, request);
        try {
            return read.apply(answer);
        } catch (Xml.MalformedAnswer e) {
            throw new NoVerifiedAnswerException("The answer does not follow the interface: " + e.getMessage(), e);
        }
    }

    private Element call(String operation, String messageId, Element payload)
            throws NoVerifiedAnswerException, RefusedException {
        VerifiedEnvelope answer = exchange(operation, messageId, payload);
        try {
            if (!answer.addressing("RelatesTo").filter(messageId::equals).isPresent()) {
                throw new NoVerifiedAnswerException("The answer relates to another message");
            }
            Optional<Element> fault = answer.fault();
            if (fault.isPresent()) {
                throw new RefusedException(Refused.of(fault.get()));
            }
            if (!Xml.is(answer.payload(), operation + "Antwoord")) {
                throw new NoVerifiedAnswerException("The answer is not a " + operation + "Antwoord");
            }
            return answer.payload();
        } catch (VerifiedEnvelope.NotCovered | Xml.MalformedAnswer e) {
            throw new NoVerifiedAnswerException("The answer does not follow the interface: " + e.getMessage(), e);
        }
    }

    private VerifiedEnvelope exchange(String operation, String messageId, Element payload)
            throws NoVerifiedAnswerException {
        var capture = new AnswerCapture();
        Map<String, Object> context = dispatch.getRequestContext();
        context.put("thread.local.request.context", true);
        context.put(Dispatch.ENDPOINT_ADDRESS_PROPERTY, endpoint.toString());
        context.put(MessageContext.WSDL_OPERATION, new QName(SERVICES, operation));
        context.put(Dispatch.SOAPACTION_USE_PROPERTY, true);
        context.put(Dispatch.SOAPACTION_URI_PROPERTY, SERVICES + ":" + operation + "Verzoek");
        context.put(JAXWSAConstants.CLIENT_ADDRESSING_PROPERTIES, addressing(operation, messageId));
        context.put(AnswerCapture.KEY, capture);
        try {
            dispatch.invoke(new DOMSource(payload));
        } catch (WebServiceException e) {
            // A fault that the gateway signed is an answer; anything else is none.
            if (!isFault(capture)) {
                throw new NoVerifiedAnswerException(capture.envelope().isPresent() || noAnswer(e)
                        ? String.valueOf(e.getMessage())
                        : capture.refusal() + " (" + e.getMessage() + ")", e);
            }
        }
        return capture.envelope().orElseThrow(() -> new NoVerifiedAnswerException(capture.refusal()));
    }

    private static boolean noAnswer(WebServiceException e) {
        return e.getCause() instanceof IOException;
    }

    private static boolean isFault(AnswerCapture capture) {
        return capture.envelope().filter(envelope -> {
            try {
                return envelope.fault().isPresent();
            } catch (VerifiedEnvelope.NotCovered e) {
                return false;
            }
        }).isPresent();
    }

    private AddressingProperties addressing(String operation, String messageId) {
        var properties = new AddressingProperties();
        properties.setMessageID(uri(messageId));
        properties.setAction(uri(SERVICES + ":" + operation + "Verzoek"));
        properties.setTo(reference(endpoint.toString()));
        properties.setFrom(reference(from.toString()));
        properties.setReplyTo(reference(ANONYMOUS));
        return properties;
    }

    private static AttributedURIType uri(String value) {
        var uri = new AttributedURIType();
        uri.setValue(value);
        return uri;
    }

    private static EndpointReferenceType reference(String address) {
        var reference = new EndpointReferenceType();
        reference.setAddress(uri(address));
        return reference;
    }

    @Override
    public void close() {
        client().destroy();
        bus.shutdown(true);
    }

    /** What a client stands on. */
    public static final class Builder {

        private @Nullable URI endpoint;
        private Optional<URI> from = Optional.empty();
        private @Nullable Identity tls;
        private @Nullable Identity signing;
        private List<X509Certificate> signingCertificates = List.of();
        private @Nullable X509Certificate encryptionCertificate;
        private List<X509Certificate> receiptCertificates = List.of();
        private @Nullable Trust trust;
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration answerTimeout = Duration.ofSeconds(60);

        private Builder() {}

        /** Where the gateway is; also the value of wsa:To. */
        public Builder endpoint(URI address) {
            this.endpoint = address;
            return this;
        }

        /** The address in wsa:From; without one it is the anonymous address. {@code ?OIN=} belongs in it. */
        public Builder from(URI address) {
            this.from = Optional.of(address);
            return this;
        }

        /** The key for mutual TLS. */
        public Builder tls(Identity identity) {
            this.tls = identity;
            return this;
        }

        /** The key that signs requests, and to which answers are encrypted. */
        public Builder signing(Identity identity) {
            this.signing = identity;
            return this;
        }

        /** The certificates under which the gateway may sign answers; more than one while it changes keys. */
        public Builder gatewaySigningCertificates(X509Certificate... certificates) {
            this.signingCertificates = List.of(certificates);
            return this;
        }

        /** The certificate to which requests are encrypted. */
        public Builder gatewayEncryptionCertificate(X509Certificate certificate) {
            this.encryptionCertificate = certificate;
            return this;
        }

        /** The certificates under whose keys receipts and herkomst are signed; old ones stay as long as they are read. */
        public Builder gatewayReceiptCertificates(X509Certificate... certificates) {
            this.receiptCertificates = List.of(certificates);
            return this;
        }

        /** Anchors and revocation lists, for TLS and for the gateway's signing certificate. */
        public Builder trust(Trust anchorsAndLists) {
            this.trust = anchorsAndLists;
            return this;
        }

        /** At most this long for a connection and for an answer; ten and sixty seconds if not said. */
        public Builder timeouts(Duration connect, Duration answer) {
            this.connectTimeout = connect;
            this.answerTimeout = answer;
            return this;
        }

        /** Refuses when something is missing, and says what. */
        public KetenpoortClient build() {
            if (signingCertificates.isEmpty() || receiptCertificates.isEmpty()) {
                throw new IllegalArgumentException(
                        "gatewaySigningCertificates and gatewayReceiptCertificates are needed");
            }
            return new KetenpoortClient(this);
        }
    }
}
