package nl.ketenpoort.delivery;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import nl.ketenpoort.casefile.CaseFiles;
import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.consent.ConsentRegister;
import nl.ketenpoort.delivery.DeliveryWriting.DeliveryDocument;
import nl.ketenpoort.delivery.DeliveryWriting.WrittenDelivery;
import nl.ketenpoort.delivery.Reconsideration.Reconsidered.Unreadable.Cause;
import nl.ketenpoort.evidence.Salt;
import nl.ketenpoort.minimisation.DecisionFacts;
import nl.ketenpoort.minimisation.Deliberation;
import nl.ketenpoort.minimisation.Deliberation.Circumstances;
import nl.ketenpoort.minimisation.Deliberation.Matter;
import nl.ketenpoort.minimisation.Minimised;
import nl.ketenpoort.minimisation.ReceiverDecision;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.purpose.DecisionOutcome;
import nl.ketenpoort.purpose.Ruling.Denied;
import nl.ketenpoort.refusal.ErrorCode;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;
import nl.ketenpoort.transaction.CaseTime;
import nl.ketenpoort.validation.StoredMessages;
import nl.ketenpoort.validation.StoredMessages.ReadMessage;

/**
 * Asks the decision again before anything is given: with phase and content as accepted, and consent, parties, status of
 * organisations, agreements and policies as they are now. With the phase of now, the message that closes a case could
 * never be delivered.
 */
public final class Reconsideration {

    private final CaseFiles cases;
    private final ConsentRegister consents;
    private final StoredMessages stored;
    private final Deliberation deliberation;
    private final DeliveryWriting writing;
    private final NoticeWriting notices;
    private final CaseTime caseTime;

    /** With these. */
    public Reconsideration(CaseFiles cases, ConsentRegister consents, StoredMessages stored, Deliberation deliberation,
            DeliveryWriting writing, NoticeWriting notices, CaseTime caseTime) {
        this.cases = cases;
        this.consents = consents;
        this.stored = stored;
        this.deliberation = deliberation;
        this.writing = writing;
        this.notices = notices;
        this.caseTime = caseTime;
    }

    /**
     * What is given.
     *
     * @param written as the receiver gets it
     * @param facts what the audit record says of the decision
     * @param less why it is less than the receipt says; empty if it is not
     * @param omitted paths of all that is left out
     */
    public record Given(WrittenDelivery written, Map<String, String> facts, Optional<ErrorCode> less,
            List<String> omitted) {}

    /** What comes out of it. */
    public sealed interface Reconsidered {

        /** It may be given, as written. */
        record Allowed(Given given) implements Reconsidered {}

        /**
         * It may not be given any more.
         *
         * @param told what its sender is told: never that nothing was given when the receiver may have it
         * @param decided what was decided
         */
        record Stopped(Refusal told, Refusal decided) implements Reconsidered {}

        /** A policy failed: nothing is given now, and nothing is stopped for good either. */
        record Undecided() implements Reconsidered {}

        /**
         * It cannot be made of what is kept, and trying again would not help.
         *
         * @param cause how far it came
         */
        record Unreadable(Cause cause) implements Reconsidered {

            /** How far it came. */
            public enum Cause {
                /** It does not open: altered, erased, or its key is gone. */
                NOT_OPENED,
                /** Its type or the schemas of now do not know it any more. */
                NOT_READ,
                /** What is left of it is not valid for its receiver. */
                NOT_WRITTEN
            }
        }
    }

    /**
     * Decides anew in the transaction that is under way; the consents of the case stay locked against withdrawal until
     * it ends. A notice to the sender holds nothing but what he said himself: it is allowed where only he reads it.
     *
     * @param salt salt of what is delivered; the same at every attempt
     */
    public Reconsidered reconsider(WaitingDelivery delivery, Salt salt) {
        var message = delivery.message();
        var file = cases.read(message.caseId())
                .orElseThrow(() -> new IllegalStateException("a delivery has no case"));
        if (delivery.notice().isPresent()) {
            return deliberation.keepsFromSender(new Party(delivery.receiver(), delivery.function(), Set.of()), file)
                    .map(why -> stopped(delivery, why, false))
                    .orElseGet(() -> written(() -> notices.write(delivery, delivery.notice().get(), salt),
                            written -> new Given(written, Map.of("digest", written.delivered().base64()),
                                    Optional.empty(), List.of())));
        }
        if (message.envelope().isEmpty()) {
            return new Reconsidered.Unreadable(Cause.NOT_OPENED);
        }
        ReadMessage read;
        try {
            read = stored.read(message.envelope().get());
        } catch (IllegalStateException unreadable) {
            return new Reconsidered.Unreadable(Cause.NOT_READ);
        }
        var sender = file.party(message.sender(), message.senderFunction())
                .orElseGet(() -> new Party(message.sender(), message.senderFunction(), Set.of()));
        var matter = new Matter(message.id(), read.type(), read.content(), read.envelope().persons(), sender,
                read.envelope().framework(), delivery.urgent(), message.safetyEffect(), message.phase());
        var circumstances = new Circumstances(file, consents.lockedForReading(file.id()), caseTime.now());
        Optional<ReceiverDecision> decision = file
                .receiver(delivery.receiver(), delivery.function(), message.id())
                .map(party -> deliberation.decideAgain(matter, party, delivery.purpose(), circumstances,
                        delivery.permitted()));
        return decision.map(decided -> concluded(delivery, read, decided, salt,
                endedConsent(decided, sender, circumstances)))
                .orElseGet(() -> stopped(delivery, Refusal.of(Reason.RECEIVER_NOT_IN_CASE), false));
    }

    private Reconsidered concluded(WaitingDelivery delivery, ReadMessage read, ReceiverDecision decided, Salt salt,
            boolean consentEnded) {
        if (decided.undecided()) {
            return new Reconsidered.Undecided();
        }
        return decided.minimised().<Reconsidered>map(
                minimised -> written(() -> write(delivery, read, decided.receiver(), minimised, salt),
                        written -> new Given(written, DecisionFacts.given(decided, written.delivered()),
                                less(delivery, decided), minimised.omitted())))
                .orElseGet(() -> stopped(delivery, decided.refusal().orElseThrow(), consentEnded));
    }

    private static Reconsidered written(Supplier<WrittenDelivery> writing, Function<WrittenDelivery, Given> given) {
        try {
            return new Reconsidered.Allowed(given.apply(writing.get()));
        } catch (IllegalStateException invalid) {
            return new Reconsidered.Unreadable(Cause.NOT_WRITTEN);
        }
    }

    /**
     * Why the receiver gets less than the receipt says; by class of data, since one path may be of several persons. Of
     * what the receiver may have in another form already, that is the reason told.
     */
    private static Optional<ErrorCode> less(WaitingDelivery delivery, ReceiverDecision decided) {
        return decided.rulings().entrySet().stream().filter(entry -> delivery.permitted().contains(entry.getKey()))
                .map(Map.Entry::getValue).filter(Denied.class::isInstance).map(Denied.class::cast).findFirst()
                .map(denied -> delivery.attempts().mayHaveArrived()
                        ? Reason.GIVEN_BEFORE.code()
                        : denied.refusal().code());
    }

    /** Policies of now may want a consent that nobody ever gave, and then none has ended. */
    private static boolean endedConsent(ReceiverDecision decided, Party sender, Circumstances now) {
        return decided.rulings().entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Denied denied
                        && denied.outcome() == DecisionOutcome.NEEDS_CONSENT)
                .map(Map.Entry::getKey).filter(data -> data.person().isPresent())
                .anyMatch(data -> now.consents().stream()
                        .anyMatch(consent -> consent.covered(data.person().get(), decided.purpose(), sender,
                                decided.receiver(), data.category(), now.now())));
    }

    private static Reconsidered stopped(WaitingDelivery delivery, Refusal decided, boolean consentEnded) {
        var told = delivery.attempts().mayHaveArrived()
                ? Refusal.of(Reason.GIVEN_BEFORE)
                : beforeItWasGiven(decided, consentEnded);
        return new Reconsidered.Stopped(told, decided);
    }

    private static Refusal beforeItWasGiven(Refusal refusal, boolean consentEnded) {
        if (consentEnded && refusal.code().equals(Reason.NEEDS_CONSENT.code())) {
            return Refusal.of(Reason.CONSENT_WITHDRAWN);
        }
        return refusal.code().equals(Reason.RECEIVER_NOT_IN_CASE.code())
                ? Refusal.of(Reason.RECEIVER_ENDED)
                : refusal;
    }

    private WrittenDelivery write(WaitingDelivery delivery, ReadMessage read, Party receiver, Minimised minimised,
            Salt salt) {
        var message = delivery.message();
        return writing.write(new DeliveryDocument(delivery.id(), delivery.sequence(), message.caseId(),
                read.type().name(), message.sender(), message.senderFunction(), receiver, delivery.purpose(),
                delivery.urgent(), minimised, message.reference(), message.id(), message.receivedAt(), message.digest(),
                salt, message.certificate(), message.auditLeaf()));
    }
}
