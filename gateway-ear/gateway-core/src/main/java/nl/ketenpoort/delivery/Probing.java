package nl.ketenpoort.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import nl.ketenpoort.delivery.DeliveryStore.Failing;
import nl.ketenpoort.transaction.CaseTime;

/**
 * Spares an endpoint that does not answer: one lane tries it at a time, so that whoever is down or hangs takes no more of a
 * node than that; what is urgent tries sooner than what is not, and of that the least tried and oldest before the rest. No
 * lane waits longer than the longest wait since its own last attempt. As long as an endpoint answers, lanes do not look at
 * each other.
 */
final class Probing {

    /** No exchange with an endpoint takes as long: whoever began to try it so long ago is gone. */
    private static final Duration LONGEST_PROBE = Duration.ofSeconds(45);
    /** How much later than the one whose turn it is the others come; a lane that does not come stops nobody. */
    private static final Duration TURN = Duration.ofSeconds(2);
    /** When what is not urgent looks whether a probe has ended: most end at once, and well. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final DeliveryStore deliveries;
    private final CaseTime caseTime;

    Probing(DeliveryStore deliveries, CaseTime caseTime) {
        this.deliveries = deliveries;
        this.caseTime = caseTime;
    }

    /** When the lane may try its endpoint; empty if it may now. */
    Optional<Instant> notBefore(Lane lane) {
        return deliveries.failing(lane.receiver(), lane.function()).map(failing -> turn(lane, failing))
                .filter(caseTime.now()::isBefore);
    }

    /**
     * Begins to try the endpoint, if it is one that fails; the others wait for how it ends.
     *
     * @return when to come back; empty if the lane may go on
     */
    Optional<Instant> begin(Lane lane) {
        var failing = deliveries.failing(lane.receiver(), lane.function());
        if (failing.isEmpty()) {
            return Optional.empty();
        }
        var now = caseTime.now();
        var turn = turn(lane, failing.get());
        if (now.isBefore(turn)) {
            return Optional.of(turn);
        }
        return deliveries.probe(lane.receiver(), lane.function(), failing.get(), now.plus(LONGEST_PROBE))
                ? Optional.empty()
                : Optional.of(now.plus(TURN));
    }

    /**
     * The endpoint did not answer.
     *
     * @param began when the attempt began
     * @return when the lane may try again
     */
    Instant failed(Lane lane, Instant began) {
        return turn(lane, deliveries.endpointFailed(lane.receiver(), lane.function(), began, caseTime.now()));
    }

    /** The endpoint answered, whatever it said. */
    void answered(Lane lane) {
        deliveries.endpointAnswered(lane.receiver(), lane.function());
    }

    private Instant turn(Lane lane, Failing failing) {
        var wait = Backoff.after(failing.failures(), lane.urgent(), jitter(lane));
        var first = deliveries.oldestUrgent(lane.receiver(), lane.function());
        var shared = failing.last().plus(first.isEmpty() || first.get().equals(lane) ? wait : wait.plus(TURN));
        // However often others fail meanwhile: a message that the receiver cannot take must not keep all others from it.
        var own = deliveries.waitsSince(lane).map(since -> since.plus(Backoff.longest(lane.urgent())).plus(TURN))
                .filter(shared::isAfter).orElse(shared);
        return failing.probedUntil().map(until -> underWay(lane, until)).filter(own::isBefore).orElse(own);
    }

    /** Looks again and again whether the one that tries has ended, and sooner for what is urgent. */
    private Instant underWay(Lane lane, Instant until) {
        var soon = caseTime.now().plus(lane.urgent() ? TURN : LOOK_AGAIN);
        return soon.isBefore(until) ? soon : until;
    }

    private static double jitter(Lane lane) {
        return (Objects.hash(lane.receiver(), lane.function()) & 0xff) / 255.0;
    }
}
