package nl.ketenpoort.simulators;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

import nl.ketenpoort.partnerclient.Delivery;
import nl.ketenpoort.partnerclient.Digest;

/** Stands before SOAP and spoils the exchange as {@link Behaviour} says. */
final class Misbehaviour extends Handler.Wrapper {

    private static final String NO_DIGEST = Base64.getEncoder().encodeToString(new byte[32]);
    private static final long LONGEST_SECONDS = 60;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Behaviour behaviour = Behaviour.RIGHT;
    private volatile Optional<Delivery> lastTaken = Optional.empty();

    void behave(Behaviour wanted) {
        lock.lock();
        try {
            behaviour = wanted;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    Behaviour behaviour() {
        lock.lock();
        try {
            return behaviour;
        } finally {
            lock.unlock();
        }
    }

    void took(Delivery delivery) {
        lastTaken = Optional.of(delivery);
    }

    Digest digest(Digest right) {
        return behaviour() == Behaviour.WRONG_DIGEST ? new Digest(NO_DIGEST) : right;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return switch (behaviour()) {
            case HTTP_500 -> end(response, callback, 500);
            case REDIRECT -> {
                response.getHeaders().put(HttpHeader.LOCATION, "/elders");
                yield end(response, callback, 307);
            }
            case DISCONNECT -> super.handle(request, new Cut(request, response), callback);
            case UNSIGNED -> super.handle(request, new Unsigned(request, response), callback);
            case SLOW -> {
                awaitChange();
                yield super.handle(request, response, callback);
            }
            case RIGHT, WRONG_DIGEST, FAULT, FAULT_QUOTING -> super.handle(request, response, callback);
        };
    }

    private static boolean end(Response response, Callback callback, int status) {
        response.setStatus(status);
        callback.succeeded();
        return true;
    }

    private void awaitChange() throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
            while (behaviour == Behaviour.SLOW && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Closes the connection where the answer would begin. */
    private static final class Cut extends Response.Wrapper {

        Cut(Request request, Response wrapped) {
            super(request, wrapped);
        }

        @Override
        public void write(boolean last, ByteBuffer bytes, Callback callback) {
            getRequest().getConnectionMetaData().getConnection().getEndPoint().close();
            callback.failed(new EofException("Cut by the simulation"));
        }
    }

    /** Replaces the answer by one in clear. */
    private final class Unsigned extends Response.Wrapper {

        Unsigned(Request request, Response wrapped) {
            super(request, wrapped);
        }

        @Override
        public void write(boolean last, ByteBuffer bytes, Callback callback) {
            if (!last) {
                callback.succeeded();
                return;
            }
            byte[] clear = answerInClear().getBytes(StandardCharsets.UTF_8);
            getHeaders().remove(HttpHeader.CONTENT_LENGTH);
            super.write(true, ByteBuffer.wrap(clear), callback);
        }

        private String answerInClear() {
            Optional<Delivery> taken = lastTaken;
            return """
                    <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>\
                    <kp:bezorgenAntwoord xmlns:kp="urn:nl:ketenpoort:berichten:v1"><kp:bezorgingId>%s</kp:bezorgingId>\
                    <kp:digest>%s</kp:digest></kp:bezorgenAntwoord></soap:Body></soap:Envelope>"""
                    .formatted(taken.map(Delivery::id).orElse(""),
                            taken.map(Delivery::digest).map(Digest::base64).orElse(NO_DIGEST));
        }
    }
}
