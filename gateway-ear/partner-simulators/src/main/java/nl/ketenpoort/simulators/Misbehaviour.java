package nl.ketenpoort.simulators;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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

/** Stands before SOAP and spoils the exchange as {@link Behaviour} says. */
final class Misbehaviour extends Handler.Wrapper {

    private static final long LONGEST_SECONDS = 60;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Behaviour behaviour = Behaviour.RIGHT;
    private volatile Delivery lastTaken;

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
        lastTaken = delivery;
    }

    byte[] digest(byte[] right) {
        if (behaviour() == Behaviour.WRONG_DIGEST) {
            byte[] wrong = right.clone();
            wrong[0] ^= 1;
            return wrong;
        }
        return right;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        switch (behaviour()) {
            case HTTP_500 -> {
                response.setStatus(500);
                callback.succeeded();
                return true;
            }
            case REDIRECT -> {
                response.setStatus(307);
                response.getHeaders().put(HttpHeader.LOCATION, "/elders");
                callback.succeeded();
                return true;
            }
            case DISCONNECT -> {
                return super.handle(request, new Cut(request, response), callback);
            }
            case UNSIGNED -> {
                return super.handle(request, new Unsigned(request, response), callback);
            }
            case SLOW -> {
                awaitChange();
                return super.handle(request, response, callback);
            }
            case RIGHT, WRONG_DIGEST, FAULT -> {
                return super.handle(request, response, callback);
            }
        }
        throw new AssertionError("No such behaviour");
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
            Delivery taken = lastTaken;
            return """
                    <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>\
                    <kp:bezorgenAntwoord xmlns:kp="urn:nl:ketenpoort:berichten:v1"><kp:bezorgingId>%s</kp:bezorgingId>\
                    <kp:digest>%s</kp:digest></kp:bezorgenAntwoord></soap:Body></soap:Envelope>"""
                    .formatted(taken == null ? "" : taken.id(),
                            taken == null ? "" : Base64.getEncoder().encodeToString(taken.digest()));
        }
    }
}
