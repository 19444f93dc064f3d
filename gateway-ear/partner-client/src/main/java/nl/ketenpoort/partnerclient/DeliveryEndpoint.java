package nl.ketenpoort.partnerclient;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.transform.Source;
import javax.xml.transform.dom.DOMSource;

import jakarta.xml.ws.Provider;
import jakarta.xml.ws.Service;
import jakarta.xml.ws.ServiceMode;
import jakarta.xml.ws.WebServiceProvider;

import org.apache.cxf.interceptor.Fault;
import org.eclipse.jetty.server.Handler;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * Where the gateway delivers by push: operation {@code bezorgen} of partner.wsdl, in profile 2W-be-SE over mutual TLS,
 * in this JVM.
 * <p>
 * Promises: a delivery reaches the handler only when gateway signature, TLS organisation, herkomst and content digest
 * hold, and once per delivery id; a repetition is answered the same. It is answered after the handler returned. Refuses
 * with a fault otherwise, and the gateway tries again.
 */
public final class DeliveryEndpoint implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(DeliveryEndpoint.class.getName());

    private final SoapServer server;
    private final String path;

    private DeliveryEndpoint(Builder builder) {
        this.path = builder.path;
        String gatewayOin = Oin.of(builder.signingCertificates.getFirst()).orElseThrow(
                () -> new IllegalArgumentException("The gateway's signing certificate names no OIN"));
        Trust trust = Objects.requireNonNull(builder.trust, "trust");
        var security = new WssProfile(Objects.requireNonNull(builder.signing, "signing"), builder.earlierKeys,
                Optional.empty(), new GatewaySigner(builder.signingCertificates, trust));
        this.server = new SoapServer(SoapServer.Contract.PARTNER, new Bezorgen(builder),
                new TlsProfile(Objects.requireNonNull(builder.tls, "tls"), trust, gatewayOin), security,
                new InetSocketAddress(builder.address, builder.port), builder.path,
                List.of(new RequestGuard()), builder.inFront);
    }

    /** An endpoint needs tls, signing, the gateway's signing and receipt certificates, trust, and a handler. */
    public static Builder builder() {
        return new Builder();
    }

    /** The port on which it listens. */
    public int port() {
        return server.port();
    }

    /** The path of its address, with the slash before it. */
    public String path() {
        return path;
    }

    /** Stops listening, as a system that is down. */
    public void down() {
        server.down();
    }

    /** Listens again on the same port. */
    public void up() {
        server.up();
    }

    @Override
    public void close() {
        server.close();
    }

    /** The operation; one payload in, one payload out. */
    @WebServiceProvider
    @ServiceMode(Service.Mode.PAYLOAD)
    static final class Bezorgen implements Provider<Source> {

        private static final int LOCKS = 64;

        private final String ownOin;
        private final List<X509Certificate> receiptCertificates;
        private final DeliveryHandler handler;
        private final ReceivedDeliveries received;
        private final Consumer<Fetched.Rejected> rejected;
        private final UnaryOperator<Digest> answeredDigest;
        private final ReentrantLock[] underway = new ReentrantLock[LOCKS];

        Bezorgen(Builder builder) {
            this.ownOin = Objects.requireNonNull(builder.signing, "signing").oin();
            this.receiptCertificates = builder.receiptCertificates;
            this.handler = Objects.requireNonNull(builder.handler, "handler");
            this.received = builder.received;
            this.rejected = builder.rejected;
            this.answeredDigest = builder.answeredDigest;
            Arrays.setAll(underway, slot -> new ReentrantLock());
        }

        @Override
        public Source invoke(Source ignored) {
            return new DOMSource(answer(RequestGuard.verified()).getOwnerDocument());
        }

        private Element answer(VerifiedEnvelope request) {
            Delivery delivery;
            String named = "";
            try {
                Element bezorging = Xml.required(request.payload(), "bezorging");
                named = Xml.optionalText(bezorging, "bezorgingId").orElse("");
                delivery = Delivery.open(bezorging, ownOin, receiptCertificates);
            } catch (SealedElement.NotGenuine | VerifiedEnvelope.NotCovered | Xml.MalformedAnswer e) {
                LOG.log(Level.WARNING, "A delivery that is not what it claims: {0}", e.getMessage());
                rejected.accept(new Fetched.Rejected(named, String.valueOf(e.getMessage())));
                throw RequestGuard.fault("De bezorging is niet wat de herkomst noemt");
            }
            handOverOnce(delivery);
            Element answer = Xml.request("bezorgenAntwoord");
            Xml.append(answer, "bezorgingId", delivery.id());
            Xml.append(answer, "digest", answeredDigest.apply(delivery.digest()).base64());
            return answer;
        }

        private void handOverOnce(Delivery delivery) {
            // The same delivery may arrive twice at once; two different ones that share a lock only wait.
            ReentrantLock lock = underway[Math.floorMod(delivery.id().hashCode(), LOCKS)];
            lock.lock();
            try {
                Optional<Digest> known = received.digestOf(delivery.id());
                if (known.isEmpty()) {
                    handler.receive(delivery);
                    received.remember(delivery.id(), delivery.digest());
                } else if (!known.get().equals(delivery.digest())) {
                    throw RequestGuard.fault("Deze bezorging is eerder met andere inhoud ontvangen");
                }
            } catch (Fault e) {
                throw e;
            } catch (Exception e) {
                LOG.log(Level.WARNING, e, () -> "Not taken over: " + delivery);
                throw RequestGuard.fault("De bezorging kon niet worden verwerkt");
            } finally {
                lock.unlock();
            }
        }
    }

    /** What an endpoint stands on. */
    public static final class Builder {

        private InetAddress address = new InetSocketAddress(0).getAddress();
        private int port;
        private String path = "/bezorging";
        private @Nullable Identity tls;
        private @Nullable Identity signing;
        private List<Identity> earlierKeys = List.of();
        private List<X509Certificate> signingCertificates = List.of();
        private List<X509Certificate> receiptCertificates = List.of();
        private @Nullable Trust trust;
        private @Nullable DeliveryHandler handler;
        private ReceivedDeliveries received = ReceivedDeliveries.inMemory();
        private Consumer<Fetched.Rejected> rejected = none -> {};
        private UnaryOperator<Digest> answeredDigest = UnaryOperator.identity();
        private Optional<Handler.Wrapper> inFront = Optional.empty();

        private Builder() {}

        /** On which address of this machine to listen; on all of them if not said. */
        public Builder address(InetAddress one) {
            this.address = one;
            return this;
        }

        /** Where to listen; 0 takes a free port. */
        public Builder port(int number) {
            this.port = number;
            return this;
        }

        /** The path of the address; {@code /bezorging} if not said. */
        public Builder path(String address) {
            this.path = address;
            return this;
        }

        /** The key of the TLS listener. */
        public Builder tls(Identity identity) {
            this.tls = identity;
            return this;
        }

        /** The key to which deliveries are encrypted, and that signs answers. */
        public Builder signing(Identity identity) {
            this.signing = identity;
            return this;
        }

        /** Keys that were used before and still decrypt, while the gateway changes over to the new certificate. */
        public Builder alsoDecryptingWith(Identity... earlier) {
            this.earlierKeys = List.of(earlier);
            return this;
        }

        /** The certificates under which the gateway may sign. */
        public Builder gatewaySigningCertificates(X509Certificate... certificates) {
            this.signingCertificates = List.of(certificates);
            return this;
        }

        /** The certificates under whose keys herkomst is signed. */
        public Builder gatewayReceiptCertificates(X509Certificate... certificates) {
            this.receiptCertificates = List.of(certificates);
            return this;
        }

        /** Anchors and revocation lists, for TLS and for the gateway's signing certificate. */
        public Builder trust(Trust anchorsAndLists) {
            this.trust = anchorsAndLists;
            return this;
        }

        /** Who takes deliveries. */
        public Builder handler(DeliveryHandler taker) {
            this.handler = taker;
            return this;
        }

        /** What was handed over already; in memory if not said. */
        public Builder received(ReceivedDeliveries register) {
            this.received = register;
            return this;
        }

        /**
         * Hears of each delivery that is not what it claims, or is for another organisation; it is answered with a fault.
         */
        public Builder rejected(Consumer<Fetched.Rejected> listener) {
            this.rejected = listener;
            return this;
        }

        /** For failure tests: answers with another digest than that of what was received. */
        public Builder answeringDigest(UnaryOperator<Digest> change) {
            this.answeredDigest = change;
            return this;
        }

        /** For failure tests: a Jetty handler that sees every exchange before SOAP does. */
        public Builder inFront(Handler.Wrapper wrapper) {
            this.inFront = Optional.of(wrapper);
            return this;
        }

        /** Listens at once; refuses when something is missing, and says what. */
        public DeliveryEndpoint start() {
            if (signingCertificates.isEmpty() || receiptCertificates.isEmpty()) {
                throw new IllegalArgumentException(
                        "gatewaySigningCertificates and gatewayReceiptCertificates are needed");
            }
            return new DeliveryEndpoint(this);
        }
    }
}
