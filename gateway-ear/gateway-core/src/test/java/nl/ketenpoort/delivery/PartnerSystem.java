package nl.ketenpoort.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;

import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.partner.Endpoint;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;

/** The system of a partner: answers as told, and confirms when nothing was told. */
public final class PartnerSystem implements PushChannel {

    /** What it got. */
    public record Pushed(Endpoint endpoint, DeliveryId id, byte[] body, Digest expected) {}

    private final BooleanSupplier transactionUnderWay;
    private final Deque<PushResult> answers = new ArrayDeque<>();
    private final List<Pushed> pushed = new ArrayList<>();
    private Runnable meanwhile = () -> {};

    public PartnerSystem(BooleanSupplier transactionUnderWay) {
        this.transactionUnderWay = transactionUnderWay;
    }

    public PartnerSystem answers(PushResult... results) {
        answers.addAll(Arrays.asList(results));
        return this;
    }

    /** Happens once, while the next delivery is sent. */
    public void meanwhile(Runnable event) {
        meanwhile = event;
    }

    public static PushResult unreachable() {
        return new TryLater(Refusal.of(Reason.ENDPOINT_UNREACHABLE), false);
    }

    /** The connection came about, and no answer. */
    public static PushResult silent() {
        return new TryLater(Refusal.of(Reason.ENDPOINT_UNREACHABLE), true);
    }

    /** Nothing could be encrypted to it. */
    public static PushResult withoutKey() {
        return new Unconfirmed(Refusal.of(Reason.ENDPOINT_MISSING), false);
    }

    /** It is there, and does not want this one. */
    public static PushResult refused() {
        return new Refused(Refusal.of(Reason.ENDPOINT_REFUSED));
    }

    public static PushResult unverifiable() {
        return new Unconfirmed(Refusal.of(Reason.ENDPOINT_ANSWER_INVALID), true);
    }

    @Override
    public PushResult push(Endpoint endpoint, DeliveryId id, byte[] body, Digest expected) {
        if (transactionUnderWay.getAsBoolean()) {
            throw new AssertionError("a partner is called inside a transaction");
        }
        pushed.add(new Pushed(endpoint, id, body, expected));
        var event = meanwhile;
        meanwhile = () -> {};
        event.run();
        return answers.isEmpty() ? new Confirmed() : answers.removeFirst();
    }

    /** Everything it got, in order. */
    public List<Pushed> pushed() {
        return List.copyOf(pushed);
    }
}
