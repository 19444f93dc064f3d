package nl.ketenpoort.simulators;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import nl.ketenpoort.partnerclient.Backoff;
import nl.ketenpoort.partnerclient.Delivery;
import nl.ketenpoort.partnerclient.DeliveryEndpoint;
import nl.ketenpoort.partnerclient.Fetched;
import nl.ketenpoort.partnerclient.KetenpoortClient;
import nl.ketenpoort.partnerclient.NoVerifiedAnswerException;
import nl.ketenpoort.partnerclient.Refused;
import nl.ketenpoort.partnerclient.RefusedException;
import nl.ketenpoort.partnerclient.SendResult;

/**
 * One simulated partner. Everything that it receives is in its journal, on the disk, before the gateway gets its answer;
 * everything that it sends, before the first attempt.
 */
public final class Simulator implements AutoCloseable {

    private static final int FETCH_AT_ONCE = 50;

    private final Configuration configuration;
    private final Journal journal;
    private final KetenpoortClient client;
    private final Misbehaviour misbehaviour = new Misbehaviour();
    private final Optional<DeliveryEndpoint> endpoint;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(4);
    private boolean down;

    private Simulator(Configuration configuration) {
        this.configuration = configuration;
        this.journal = Journal.open(configuration.journal(), Clock.systemUTC());
        X509Certificate[] signers = configuration.gatewaySign().toArray(X509Certificate[]::new);
        X509Certificate[] receiptSigners = configuration.gatewayReceipt().toArray(X509Certificate[]::new);
        this.client = KetenpoortClient.builder().endpoint(configuration.gateway()).tls(configuration.tls())
                .signing(configuration.sign()).gatewaySigningCertificates(signers)
                .gatewayEncryptionCertificate(configuration.gatewayDecrypt()).gatewayReceiptCertificates(receiptSigners)
                .trust(configuration.trust()).build();
        this.endpoint = configuration.mode().listens()
                ? Optional.of(DeliveryEndpoint.builder().address(InetAddress.getLoopbackAddress())
                        .port(configuration.deliveryPort())
                        .path(configuration.deliveryPath())
                        .tls(configuration.tls()).signing(configuration.sign()).gatewaySigningCertificates(signers)
                        .gatewayReceiptCertificates(receiptSigners).trust(configuration.trust()).handler(this::take)
                        .received(journal).rejected(this::reject).answeringDigest(misbehaviour::digest)
                        .inFront(misbehaviour).start())
                : Optional.empty();
    }

    /** Starts; a partner that listens does so when this returns. */
    public static Simulator start(Configuration configuration) {
        return new Simulator(configuration);
    }

    private void take(Delivery delivery) throws IOException {
        if (misbehaviour.behaviour() == Behaviour.FAULT) {
            throw new IOException("The simulated system cannot take it");
        }
        if (misbehaviour.behaviour() == Behaviour.FAULT_QUOTING) {
            throw QuotingFault.of(delivery);
        }
        if (!isOwn(delivery)) {
            journal.misdelivered(delivery, "push");
            throw new IOException("Not a function of this partner: " + delivery.ownFunction());
        }
        journal.received(delivery, "push");
        misbehaviour.took(delivery);
    }

    private void reject(Fetched.Rejected rejected) {
        journal.rejected(rejected.id(), rejected.reason());
    }

    private boolean isOwn(Delivery delivery) {
        return configuration.functions().contains(delivery.ownFunction());
    }

    /** What it received and sent. */
    public Journal journal() {
        return journal;
    }

    /** Who it is. */
    public Configuration configuration() {
        return configuration;
    }

    /** The line to the gateway, for what has no method here. */
    public KetenpoortClient client() {
        return client;
    }

    /** Where the gateway delivers; empty for a mailbox. */
    public Optional<URI> deliveryAddress() {
        return endpoint.map(listening -> URI.create("https://localhost:" + listening.port() + listening.path()));
    }

    /**
     * Sends a message once, or, with more attempts, until there is a receipt or a lasting refusal.
     *
     * @param request a whole {@code kp:verzendenVerzoek}
     */
    public SendResult send(String messageId, String request, int attempts) throws NoVerifiedAnswerException {
        Backoff slowly = Backoff.doubling(Duration.ofMillis(200), Duration.ofSeconds(5));
        try {
            var result = client.sendUntilReceipt(messageId, request, journal,
                    failed -> failed < attempts ? slowly.after(failed) : Optional.empty(), timer).join();
            if (result instanceof Refused refused && refused.temporary()) {
                journal.postponed(messageId, refused);
            }
            return result;
        } catch (CompletionException e) {
            if (e.getCause() instanceof NoVerifiedAnswerException none) {
                journal.unanswered(messageId, String.valueOf(none.getMessage()));
                throw none;
            }
            throw e;
        }
    }

    /**
     * Fetches what the mailbox holds, writes it in the journal, and confirms it. Returns what was new; a delivery fetched
     * before is confirmed again only, and one for a function that is not its own is journalled and not confirmed.
     */
    public List<Delivery> fetch() throws NoVerifiedAnswerException, RefusedException {
        Fetched fetched = client.fetch(FETCH_AT_ONCE);
        fetched.rejected().forEach(this::reject);
        fetched.deliveries().stream().filter(delivery -> !isOwn(delivery))
                .forEach(delivery -> journal.misdelivered(delivery, "mailbox"));
        List<Delivery> own = fetched.deliveries().stream().filter(this::isOwn).toList();
        List<Delivery> fresh = own.stream().filter(delivery -> !journal.knows(delivery.id())).toList();
        own.stream().filter(delivery -> !fresh.contains(delivery))
                .forEach(delivery -> journal.repeated(delivery.id()));
        fresh.forEach(delivery -> journal.received(delivery, "mailbox"));
        if (!own.isEmpty()) {
            journal.confirmed(client.confirm(own));
        }
        return fresh;
    }

    /** How it answers deliveries from now on. */
    public void behave(Behaviour behaviour) {
        misbehaviour.behave(behaviour);
    }

    /** How it answers now. */
    public Behaviour behaviour() {
        return misbehaviour.behaviour();
    }

    /** Stops listening. Harmless when it does not listen. */
    public synchronized void down() {
        if (!down) {
            endpoint.ifPresent(DeliveryEndpoint::down);
            down = true;
        }
    }

    /** Listens again, on the same port. Harmless when it listens. */
    public synchronized void up() {
        if (down) {
            endpoint.ifPresent(DeliveryEndpoint::up);
            down = false;
        }
    }

    /** Whether it was told to be down. */
    public synchronized boolean isDown() {
        return down;
    }

    @Override
    public void close() {
        misbehaviour.behave(Behaviour.RIGHT);
        endpoint.ifPresent(DeliveryEndpoint::close);
        client.close();
        timer.shutdownNow();
        journal.close();
    }
}
