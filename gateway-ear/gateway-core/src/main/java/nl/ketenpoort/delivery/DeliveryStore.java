package nl.ketenpoort.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.delivery.WaitingDelivery.Notice;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.evidence.Salt;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.refusal.ErrorCode;

/** How deliveries stand. Every method works in the transaction that is under way. */
public interface DeliveryStore {

    /**
     * The first delivery of the lane that waits or was being sent; the lane is locked until the transaction ends. Empty
     * when nothing waits.
     */
    Optional<WaitingDelivery> lockHead(Lane lane);

    /**
     * Deliveries of a case that can still be stopped: waiting, or in a mailbox and never fetched; locked until the
     * transaction ends. Of one that waits after an attempt or a fetch, its attempts say whether the receiver may have it.
     */
    List<WaitingDelivery> lockUndisclosed(CaseId caseId);

    /** Deliveries of a case of which an attempt is under way at this moment: nobody can stop these. */
    List<DeliveryId> underWay(CaseId caseId);

    /**
     * Unconfirmed deliveries in the mailbox, locked until the transaction ends: urgent ones first, then in the order in which
     * they came, which within a lane is that of its sequence.
     */
    List<WaitingDelivery> lockInMailbox(Mailboxes mailboxes, int maximum);

    /** How many unconfirmed deliveries are in the mailbox. */
    int countInMailbox(Mailboxes mailboxes);

    /**
     * Mailboxes of one organisation.
     *
     * @param receiver organisation
     * @param function the one of this function; empty for all
     * @param closed functions whose mailboxes are not among them
     */
    record Mailboxes(Oin receiver, Optional<PartnerFunction> function, Set<PartnerFunction> closed) {

        /** Copies the set. */
        public Mailboxes {
            closed = Set.copyOf(closed);
        }
    }

    /** Every mailbox in which something lies that is not confirmed, each of one function. */
    List<Mailboxes> mailboxesInUse();

    /**
     * A delivery this receiver may have, because he fetched it or it was sent to him, ended since or not; locked until the
     * transaction ends.
     */
    Optional<Disclosed> lockDisclosed(Oin receiver, DeliveryId id);

    /**
     * A delivery that was fetched.
     *
     * @param delivery the delivery
     * @param digest digest of what was given
     * @param end how it has ended since
     */
    record Disclosed(WaitingDelivery delivery, Digest digest, End end) {

        /** How a delivery ended that was fetched. */
        public enum End {
            /** It waits to be confirmed. */
            NONE_YET,
            /** It was confirmed. */
            CONFIRMED,
            /** It was stopped or parked after it was fetched. */
            STOPPED
        }
    }

    /**
     * It is being sent.
     *
     * @param begun its attempts with the one that begins, by which that one is known from now on
     */
    void sending(DeliveryId id, Digest delivered, Salt salt, Attempts begun, Instant now);

    /**
     * Locks the lane until the transaction ends.
     *
     * @param begun as it was given to {@link #sending}
     * @return whether that attempt is still the last one of the delivery; false when another node, which thought this one
     *         dead, has begun another or has ended it
     */
    boolean lockAttempt(Lane lane, DeliveryId id, Attempts begun);

    /** It lies in the mailbox. */
    void inMailbox(DeliveryId id, Instant now);

    /**
     * The receiver fetched it.
     *
     * @return whether it was for the first time, or in another form than before
     */
    boolean disclosed(DeliveryId id, Digest delivered, Salt salt, Instant now);

    /** The receiver has it. */
    void delivered(DeliveryId id, Instant now);

    /** It did not succeed this time; so it stands with its attempts now. */
    void waitsAgain(DeliveryId id, ErrorCode why, Attempts attempts, Instant now);

    /**
     * It could not be decided on, and stays as it is until it can.
     *
     * @return whether that is news
     */
    boolean undecided(DeliveryId id, ErrorCode why);

    /** It cannot go on until somebody looks. */
    void parked(DeliveryId id, ErrorCode why, Instant now);

    /** It was stopped. */
    void cancelled(DeliveryId id, ErrorCode why, Instant now);

    /**
     * Keeps what a sender is told of a delivery.
     *
     * @param id of the delivery that is to bring it to him
     * @param about the delivery he is told of
     */
    void notice(DeliveryId id, DeliveryId about, Notice notice);

    /** The delivery that is to bring this notice to the sender; empty once it is there. */
    Optional<NewDelivery> unsentNotice(DeliveryId id);

    /** What is known of an endpoint that did not answer when it was last tried; empty while it is believed to be up. */
    Optional<Failing> failing(Oin oin, PartnerFunction function);

    /**
     * An endpoint that does not answer.
     *
     * @param failures how often in a row; attempts that were under way together count once
     * @param last when it last failed to answer
     * @param probedUntil until when only the lane that tries it now may try it; empty if none does
     */
    record Failing(int failures, Instant last, Optional<Instant> probedUntil) {}

    /**
     * The lane of the urgent delivery that waits for this endpoint and was tried least; of those, the oldest. One that fails
     * alone, at an endpoint that would take others, so goes to the back.
     */
    Optional<Lane> oldestUrgent(Oin oin, PartnerFunction function);

    /** Since when the first of the lane waits, without an attempt in between; empty if nothing does. */
    Optional<Instant> waitsSince(Lane lane);

    /**
     * Somebody begins to try an endpoint that does not answer.
     *
     * @param seen how it stood when it was decided to try
     * @return whether he may; false when it stands otherwise by now
     */
    boolean probe(Oin oin, PartnerFunction function, Failing seen, Instant until);

    /**
     * The endpoint did not answer. It counts unless the attempt had begun before the endpoint last failed.
     *
     * @return how it stands
     */
    Failing endpointFailed(Oin oin, PartnerFunction function, Instant began, Instant now);

    /** The endpoint answered. */
    void endpointAnswered(Oin oin, PartnerFunction function);
}
