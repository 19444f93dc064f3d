package nl.ketenpoort.delivery.push;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Takes an answer up to its bound and hangs up on the rest. */
final class BoundedAnswer implements BodySubscriber<byte[]> {

    private final BodySubscriber<byte[]> whole = BodySubscribers.ofByteArray();
    private final int mostBytes;
    private int bytes;
    private boolean ended;
    private Optional<Subscription> source = Optional.empty();

    BoundedAnswer(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return whole.getBody();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        source = Optional.of(subscription);
        whole.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (ended) {
            return;
        }
        for (var buffer : buffers) {
            bytes += buffer.remaining();
        }
        if (bytes > mostBytes) {
            ended = true;
            source.ifPresent(Subscription::cancel);
            whole.onError(new AnswerTooLarge(mostBytes));
        } else {
            whole.onNext(buffers);
        }
    }

    @Override
    public void onError(Throwable failure) {
        if (!ended) {
            whole.onError(failure);
        }
    }

    @Override
    public void onComplete() {
        if (!ended) {
            whole.onComplete();
        }
    }
}
