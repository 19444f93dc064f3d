package nl.ketenpoort.delivery;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import nl.ketenpoort.casefile.CaseFile;
import nl.ketenpoort.casefile.CaseFiles;
import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.consent.ConsentRegister;
import nl.ketenpoort.delivery.DeliveryWriting.DeliveryDocument;
import nl.ketenpoort.delivery.DeliveryWriting.WrittenDelivery;
import nl.ketenpoort.delivery.PushChannel.Confirmed;
import nl.ketenpoort.delivery.PushChannel.PushResult;
import nl.ketenpoort.delivery.PushChannel.TryLater;
import nl.ketenpoort.delivery.PushChannel.Unconfirmed;
import nl.ketenpoort.delivery.WaitingDelivery.OfMessage;
import nl.ketenpoort.evidence.AuditJournal;
import nl.ketenpoort.evidence.AuditRecord;
import nl.ketenpoort.evidence.AuditRecord.Kind;
import nl.ketenpoort.evidence.Randomness;
import nl.ketenpoort.minimisation.Deliberation;
import nl.ketenpoort.minimisation.Deliberation.Circumstances;
import nl.ketenpoort.minimisation.Deliberation.Matter;
import nl.ketenpoort.minimisation.Minimised;
import nl.ketenpoort.minimisation.ReceiverDecision;
import nl.ketenpoort.partner.Endpoint;
import nl.ketenpoort.partner.PartnerRegister;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;
import nl.ketenpoort.transaction.CaseTime;
import nl.ketenpoort.transaction.Transaction;
import nl.ketenpoort.transaction.Transaction.Ending;
import nl.ketenpoort.transaction.Transaction.Keep;
import nl.ketenpoort.validation.StoredMessages;
import nl.ketenpoort.validation.StoredMessages.ReadMessage;

/**
 * Brings the first delivery of a lane one step further. The decision is asked again, with phase and content as accepted
 * and everything else as it is now; then the receiver is called outside any transaction; then the end is recorded. If
 * the node dies in between, the next attempt has the same delivery id, and the receiver sees it once.
 */
public final class LaneDelivery {

    private final Collaborators with;

    /** With these collaborators. */
    public LaneDelivery(Collaborators with) {
        this.with = with;
    }

    /** What to do with the lane after this step. */
    public sealed interface Next {

        /** Something more may wait. */
        record Again() implements Next {}

        /** Nothing waits; the lane was retired in the same transaction that saw so. */
        record Drained() implements Next {}

        /** Come back at this moment, case time. */
        record Later(Instant at) implements Next {}
    }

    private sealed interface Prepared {

        record Step(Next next) implements Prepared {}

        record Ready(WaitingDelivery delivery, Endpoint endpoint, WrittenDelivery written) implements Prepared {}
    }

    /**
     * Does one step.
     *
     * @param retire called inside the transaction that finds the lane empty
     */
    public Next advance(Lane lane, Runnable retire) {
        return switch (with.transaction().<Prepared>inOne(() -> prepare(lane, retire))) {
            case Prepared.Step(Next next) -> next;
            case Prepared.Ready(var delivery, var endpoint, var written) -> {
                var result = with.channel().push(endpoint, delivery.id(), written.bezorgenVerzoek(),
                        written.delivered());
                yield with.transaction().<Next>inOne(() -> new Keep<>(conclude(lane, delivery, result)));
            }
        };
    }

    private Ending<Prepared> prepare(Lane lane, Runnable retire) {
        var head = with.deliveries().lockHead(lane);
        if (head.isEmpty()) {
            retire.run();
            return step(new Next.Drained());
        }
        var delivery = head.get();
        var now = with.caseTime().now();
        var retryAt = with.deliveries().retryAt(delivery.receiver(), delivery.function());
        if (retryAt.filter(now::isBefore).isPresent()) {
            return step(new Next.Later(retryAt.get()));
        }
        var file = with.cases().read(delivery.message().caseId())
                .orElseThrow(() -> new IllegalStateException("a delivery has no case"));
        var read = with.stored().read(delivery.message().envelope());
        var decision = decideAnew(delivery, read, file, now);
        if (decision.isEmpty()) {
            return cancel(delivery, Refusal.of(Reason.RECEIVER_ENDED));
        }
        if (!decision.get().permits()) {
            return cancel(delivery, decision.get().refusal().orElseThrow());
        }
        var endpoint = with.partners().endpointOf(delivery.receiver(), delivery.function());
        if (endpoint.isEmpty()) {
            return park(delivery, Refusal.of(Reason.ENDPOINT_MISSING));
        }
        if (endpoint.get().push().isEmpty()) {
            with.deliveries().inMailbox(delivery.id(), now);
            return step(new Next.Again());
        }
        var written = write(delivery, read, decision.get());
        return new Keep<>(new Prepared.Ready(delivery, endpoint.get(), written));
    }

    private Optional<ReceiverDecision> decideAnew(WaitingDelivery delivery, ReadMessage read, CaseFile file,
            Instant now) {
        var message = delivery.message();
        var receiver = file.party(delivery.receiver(), delivery.function());
        var sender = file.party(message.sender(), message.senderFunction())
                .orElseGet(() -> new Party(message.sender(), message.senderFunction(), java.util.Set.of()));
        var matter = new Matter(read.type(), read.content(), read.envelope().persons(), sender,
                read.envelope().framework(), delivery.urgent(), message.safetyEffect(), message.phase());
        var circumstances = new Circumstances(file, with.consents().lockedForReading(file.id()), now);
        return receiver.map(party -> with.deliberation().decide(matter, party, delivery.purpose(), circumstances));
    }

    private WrittenDelivery write(WaitingDelivery delivery, ReadMessage read, ReceiverDecision decision) {
        var message = delivery.message();
        Minimised minimised = decision.minimised().orElseThrow();
        var salt = delivery.salt().orElseGet(with.randomness()::salt);
        var written = with.writing()
                .write(new DeliveryDocument(delivery.id(), delivery.sequence(), message.caseId(), read.type().name(),
                        message.sender(), message.senderFunction(), decision.receiver(), delivery.purpose(),
                        delivery.urgent(), minimised, message.reference(), message.id(), message.receivedAt(),
                        message.digest(), salt, message.certificate(), message.auditLeaf()));
        with.deliveries().sending(delivery.id(), written.delivered(), salt, with.caseTime().now());
        return written;
    }

    private Next conclude(Lane lane, WaitingDelivery delivery, PushResult result) {
        var now = with.caseTime().now();
        var deliveries = with.deliveries();
        deliveries.lockHead(lane);
        return switch (result) {
            case Confirmed confirmed -> {
                deliveries.endpointAnswered(delivery.receiver(), delivery.function());
                deliveries.delivered(delivery.id(), now);
                record(Kind.DELIVERED, delivery, Map.of());
                yield new Next.Again();
            }
            case TryLater(Refusal why) -> {
                deliveries.waitsAgain(delivery.id(), why.code(), now);
                yield new Next.Later(backOff(delivery, now));
            }
            case Unconfirmed(Refusal why) -> {
                if (delivery.attempts() + 1 >= Backoff.UNVERIFIED_ANSWERS_BEFORE_PARKING) {
                    deliveries.parked(delivery.id(), why.code(), now);
                    record(Kind.PARKED, delivery, Map.of("code", why.code().toString()));
                    yield new Next.Again();
                }
                deliveries.waitsAgain(delivery.id(), why.code(), now);
                yield new Next.Later(backOff(delivery, now));
            }
        };
    }

    private Instant backOff(WaitingDelivery delivery, Instant now) {
        var jitter = (delivery.id().value().hashCode() & 0xff) / 255.0;
        var wait = Backoff.after(delivery.attempts() + 1, delivery.urgent(), jitter);
        with.deliveries().endpointFailed(delivery.receiver(), delivery.function(), now.plus(wait));
        return now.plus(wait);
    }

    private Ending<Prepared> cancel(WaitingDelivery delivery, Refusal why) {
        with.deliveries().cancelled(delivery.id(), why.code(), with.caseTime().now());
        record(Kind.CANCELLED, delivery, Map.of("code", why.code().toString()));
        return step(new Next.Again());
    }

    private Ending<Prepared> park(WaitingDelivery delivery, Refusal why) {
        with.deliveries().parked(delivery.id(), why.code(), with.caseTime().now());
        record(Kind.PARKED, delivery, Map.of("code", why.code().toString()));
        return step(new Next.Again());
    }

    private void record(Kind kind, WaitingDelivery delivery, Map<String, String> more) {
        OfMessage message = delivery.message();
        var facts = new TreeMap<>(more);
        facts.put("delivery", delivery.id().toString());
        facts.put("receiver", delivery.receiver().value());
        facts.put("function", delivery.function().code());
        facts.put("purpose", delivery.purpose().code());
        facts.put("bundle", with.bundle().get());
        with.journal().append(
                new AuditRecord(with.randomness().id(), kind, with.caseTime().now(),
                        Optional.of(message.caseId().value()), Optional.of(message.sender().value()),
                        Optional.of(message.id().value()), facts),
                with.randomness().salt());
    }

    private static Ending<Prepared> step(Next next) {
        return new Keep<>(new Prepared.Step(next));
    }

    /** What delivering needs. */
    public record Collaborators(Transaction transaction, DeliveryStore deliveries, PartnerRegister partners,
            CaseFiles cases, ConsentRegister consents, StoredMessages stored, Deliberation deliberation,
            DeliveryWriting writing, PushChannel channel, AuditJournal journal, Randomness randomness,
            CaseTime caseTime, java.util.function.Supplier<String> bundle) {}
}
