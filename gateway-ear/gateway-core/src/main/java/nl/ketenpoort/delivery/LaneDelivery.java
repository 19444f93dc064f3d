package nl.ketenpoort.delivery;

import java.time.Instant;
import java.util.function.Predicate;

import nl.ketenpoort.delivery.PushChannel.Confirmed;
import nl.ketenpoort.delivery.PushChannel.PushResult;
import nl.ketenpoort.delivery.PushChannel.Refused;
import nl.ketenpoort.delivery.PushChannel.TryLater;
import nl.ketenpoort.delivery.PushChannel.Unconfirmed;
import nl.ketenpoort.delivery.Reconsideration.Given;
import nl.ketenpoort.delivery.Reconsideration.Reconsidered;
import nl.ketenpoort.evidence.Randomness;
import nl.ketenpoort.partner.Endpoint;
import nl.ketenpoort.partner.PartnerRegister;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;
import nl.ketenpoort.transaction.CaseTime;
import nl.ketenpoort.transaction.Transaction;
import nl.ketenpoort.transaction.Transaction.Ending;
import nl.ketenpoort.transaction.Transaction.Keep;

/**
 * Brings the first delivery of a lane one step further: the decision is asked again and the delivery marked as being
 * sent, the receiver is called outside any transaction, the end is recorded. If the node dies in between, the next
 * attempt has the same delivery id, and the receiver's application sees it once.
 */
public final class LaneDelivery {

    private final Transaction transaction;
    private final DeliveryStore deliveries;
    private final DeliveryRecords records;
    private final Reconsideration reconsideration;
    private final PartnerRegister partners;
    private final PushChannel channel;
    private final Probing probing;
    private final Randomness randomness;
    private final CaseTime caseTime;

    /** With these collaborators. */
    public LaneDelivery(Transaction transaction, DeliveryStore deliveries, DeliveryRecords records,
            Reconsideration reconsideration, PartnerRegister partners, PushChannel channel, Randomness randomness,
            CaseTime caseTime) {
        this.transaction = transaction;
        this.deliveries = deliveries;
        this.records = records;
        this.reconsideration = reconsideration;
        this.partners = partners;
        this.channel = channel;
        this.probing = new Probing(deliveries, caseTime);
        this.randomness = randomness;
        this.caseTime = caseTime;
    }

    /** What to do with the lane after this step. */
    public sealed interface Next {

        /** Something more may wait. */
        record Again() implements Next {}

        /** Nothing waits; the lane was retired in the same transaction that saw so. */
        record Drained() implements Next {}

        /** Another node, which thought this one dead, drives the lane now, and whatever this one learnt is behind. */
        record TakenOver() implements Next {}

        /** Come back at this moment, case time. */
        record Later(Instant at) implements Next {}
    }

    private sealed interface Prepared {

        record Step(Next next) implements Prepared {}

        record Ready(WaitingDelivery delivery, Endpoint endpoint, Given given, Instant began)
                implements
                Prepared {}
    }

    /**
     * Does one step.
     *
     * @param retire called inside the transaction that finds the lane empty
     */
    public Next advance(Lane lane, Runnable retire) {
        return switch (transaction.<Prepared>inOne(() -> prepare(lane, retire))) {
            case Prepared.Step(Next next) -> next;
            case Prepared.Ready(var delivery, var endpoint, var given, var began) -> {
                var written = given.written();
                var result = channel.push(endpoint, delivery.id(), written.bezorgenVerzoek(), written.delivered());
                yield transaction.<Next>inOne(() -> new Keep<>(conclude(lane, delivery, given, result, began)));
            }
        };
    }

    /**
     * Parks the first of a lane that fails, however often it is tried, for a reason that nobody foresaw.
     *
     * @param hopeless whether this delivery has failed often enough; asked once, about the first
     */
    public void giveUp(Lane lane, Predicate<DeliveryId> hopeless) {
        transaction.inOne(() -> {
            deliveries.lockHead(lane).filter(delivery -> hopeless.test(delivery.id()))
                    .ifPresent(delivery -> records.parked(delivery, Refusal.of(Reason.DELIVERY_UNREADABLE)));
            return new Keep<>(lane);
        });
    }

    private Ending<Prepared> prepare(Lane lane, Runnable retire) {
        var head = deliveries.lockHead(lane);
        if (head.isEmpty()) {
            retire.run();
            return step(new Next.Drained());
        }
        var delivery = head.get();
        if (partners.fetches(delivery.receiver(), delivery.function())) {
            // The receiver fetches now, and is decided on when it does.
            deliveries.inMailbox(delivery.id(), caseTime.now());
            return step(new Next.Again());
        }
        var endpoint = partners.endpointOf(delivery.receiver(), delivery.function())
                .filter(known -> known.push().isPresent());
        var spared = probing.notBefore(lane);
        if (spared.isPresent()) {
            return step(new Next.Later(spared.get()));
        }
        var salt = delivery.salt().orElseGet(randomness::salt);
        return switch (reconsideration.reconsider(delivery, salt)) {
            case Reconsidered.Stopped stopped -> {
                records.cancelled(delivery, stopped);
                yield step(new Next.Again());
            }
            case Reconsidered.Undecided undecided -> {
                records.undecided(delivery);
                yield step(new Next.Later(caseTime.now().plus(Backoff.UNTIL_DECIDED_AGAIN)));
            }
            case Reconsidered.Unreadable unreadable -> {
                records.unreadable(delivery, unreadable);
                yield step(new Next.Again());
            }
            case Reconsidered.Allowed allowed when endpoint.isEmpty() -> {
                records.parked(delivery, Refusal.of(Reason.ENDPOINT_MISSING));
                yield step(new Next.Again());
            }
            case Reconsidered.Allowed(Given given) -> probing.begin(lane)
                    .map(at -> step(new Next.Later(at))).orElseGet(() -> {
                        var now = caseTime.now();
                        deliveries.sending(delivery.id(), given.written().delivered(), salt,
                                delivery.attempts().begun(), now);
                        return new Keep<>(new Prepared.Ready(delivery, endpoint.get(), given, now));
                    });
        };
    }

    private Next conclude(Lane lane, WaitingDelivery delivery, Given given, PushResult result, Instant began) {
        if (!deliveries.lockAttempt(lane, delivery.id(), delivery.attempts().begun())) {
            // The node that has begun another attempt gets an answer of its own, under the same delivery id.
            return new Next.TakenOver();
        }
        if (result.mayHaveArrived() && !(result instanceof Confirmed)) {
            records.sent(delivery, given);
        }
        var attempts = delivery.attempts();
        return switch (result) {
            case Confirmed confirmed -> {
                probing.answered(lane);
                records.delivered(delivery, given);
                yield new Next.Again();
            }
            case Refused(Refusal why) -> {
                probing.answered(lane);
                var refused = attempts.unconfirmed(true);
                var wait = Backoff.after(refused.unconfirmed(), delivery.urgent(), 0);
                yield againOrParked(delivery, why, refused, caseTime.now().plus(wait));
            }
            case TryLater(Refusal why, boolean mayHaveArrived) -> {
                var failed = mayHaveArrived ? attempts.unanswered() : attempts.notArrived();
                deliveries.waitsAgain(delivery.id(), why.code(), failed, caseTime.now());
                yield new Next.Later(probing.failed(lane, began));
            }
            case Unconfirmed(Refusal why, boolean mayHaveArrived) -> againOrParked(delivery, why,
                    attempts.unconfirmed(mayHaveArrived), probing.failed(lane, began));
        };
    }

    private Next againOrParked(WaitingDelivery delivery, Refusal why, Attempts attempts, Instant at) {
        if (attempts.unconfirmed() < Backoff.UNCONFIRMED_BEFORE_PARKING) {
            deliveries.waitsAgain(delivery.id(), why.code(), attempts, caseTime.now());
            return new Next.Later(at);
        }
        records.parked(delivery, why);
        return new Next.Again();
    }

    private static Ending<Prepared> step(Next next) {
        return new Keep<>(new Prepared.Step(next));
    }
}
