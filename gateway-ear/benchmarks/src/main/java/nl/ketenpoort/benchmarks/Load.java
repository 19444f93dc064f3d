package nl.ketenpoort.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import nl.ketenpoort.localstack.certificates.KeyFile;
import nl.ketenpoort.localstack.certificates.PartnerCertificates;
import nl.ketenpoort.localstack.certificates.TestCertificates;

/** Senders, each with a connection of its own and one message under way at a time. */
final class Load {

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);

    private final Letter letter;
    private final SSLContext tls;
    private final List<HttpClient> connections;
    private final AtomicLong turn = new AtomicLong();

    Load(TestCertificates certificates, PartnerCertificates sender, int most) {
        this.letter = new Letter(sender.sign(), certificates.gatewayDecrypt().certificate());
        this.tls = tls(sender.tls(), certificates.trustStore());
        this.connections = IntStream.range(0, most).mapToObj(number -> HttpClient.newBuilder().sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1).build()).toList();
    }

    private static SSLContext tls(KeyFile key, KeyStore trusted) {
        try {
            var keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(key.keyStore(), key.password().toCharArray());
            var trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException(unusable);
        }
    }

    /** What to send, in turn. */
    interface Payloads {

        String next(long number);
    }

    /**
     * What was answered with something else than a fault.
     *
     * @param millis how long each answer took, ascending, from the first byte sent
     * @param elapsed from the start of the first sender to the end of the last
     */
    record Answered(List<Double> millis, Duration elapsed) {

        int messages() {
            return millis.size();
        }

        double perSecond() {
            return messages() / (elapsed.toNanos() / 1e9);
        }

        double percentile(double part) {
            return millis.isEmpty()
                    ? Double.NaN
                    : millis.get((int) Math.min(millis.size() - 1L, (long) (part * millis.size())));
        }
    }

    /** Sends for so long; refuses when an answer is a fault. */
    Answered during(Duration window, int senders, URI to, Payloads payloads) throws InterruptedException {
        long end = System.nanoTime() + window.toNanos();
        return run(senders, to, payloads, () -> System.nanoTime() < end);
    }

    /** Sends so many. */
    Answered times(int messages, int senders, URI to, Payloads payloads) throws InterruptedException {
        var left = new AtomicLong(messages);
        return run(senders, to, payloads, () -> left.getAndDecrement() > 0);
    }

    private interface Condition {

        boolean holds();
    }

    private Answered run(int senders, URI to, Payloads payloads, Condition goingOn) throws InterruptedException {
        long began = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(senders)) {
            List<Future<List<Double>>> working = new ArrayList<>();
            for (var connection : connections.subList(0, senders)) {
                working.add(threads.submit(() -> {
                    var took = new ArrayList<Double>();
                    while (goingOn.holds()) {
                        took.add(send(connection, to, payloads.next(turn.getAndIncrement())));
                    }
                    return took;
                }));
            }
            var all = new ArrayList<Double>();
            for (var sender : working) {
                all.addAll(sender.get());
            }
            return new Answered(all.stream().sorted().toList(), Duration.ofNanos(System.nanoTime() - began));
        } catch (ExecutionException | CancellationException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private double send(HttpClient connection, URI to, String payload) throws IOException, InterruptedException {
        var message = letter.write(Letter.newMessageId(), to.toString(), payload);
        var request = HttpRequest.newBuilder(to).timeout(LONGEST_ANSWER)
                .header("Content-Type", "text/xml; charset=utf-8").header("SOAPAction", '"' + Letter.ACTION + '"')
                .POST(HttpRequest.BodyPublishers.ofByteArray(message)).build();
        long sent = System.nanoTime();
        var answer = connection.send(request, BodyHandlers.ofString());
        double millis = (System.nanoTime() - sent) / 1e6;
        // What is inside is counted in the database afterwards; a fault shows outside.
        if (answer.statusCode() != 200 || !answer.body().contains("EncryptedData")) {
            throw new IllegalStateException(to + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return millis;
    }
}
