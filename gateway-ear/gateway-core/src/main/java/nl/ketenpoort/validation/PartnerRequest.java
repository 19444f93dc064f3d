package nl.ketenpoort.validation;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.messagetype.Category;
import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.partner.NamedFunction;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.signature.MessageId;

/** What a partner asks with any operation but {@code verzenden}, as the envelope's schema has it. */
public sealed interface PartnerRequest {

    /**
     * {@code testoproep}: does the gateway answer?
     *
     * @param text one line, at most 400 characters; comes back in the answer
     */
    record TestCall(String text) implements PartnerRequest {
        /** The text is required. */
        public TestCall {
            Objects.requireNonNull(text);
        }
    }

    /**
     * {@code ophalen}: waiting messages from the mailbox.
     *
     * @param function mailbox of this function only
     * @param maximum at most so many, 1 to 50; empty leaves it to the gateway
     */
    record Fetch(Optional<PartnerFunction> function, Optional<Integer> maximum) implements PartnerRequest {}

    /** {@code bevestigen}: what was fetched is stored at the partner. */
    record Confirm(List<Item> items) implements PartnerRequest {

        /** Copies the list. */
        public Confirm {
            items = List.copyOf(items);
        }

        /**
         * One delivery.
         *
         * @param deliveryUri {@code bezorgingId} as the partner repeats it
         * @param digest digest of what was delivered, from its herkomst
         */
        public record Item(String deliveryUri, Digest digest) {}
    }

    /** {@code status}: how a message of one's own fares. */
    record StatusOf(MessageId messageId) implements PartnerRequest {}

    /**
     * {@code toestemmingRegistreren} (AVG art. 7).
     *
     * @param caseId case
     * @param senderFunction function the sender acts in
     * @param person whose data
     * @param giver who consented
     * @param purpose for what
     * @param from who may give; group names already replaced by their members
     * @param to who may receive; group names already replaced by their members
     * @param categories which data
     * @param validFrom first moment, inclusive
     * @param validUntil last moment, exclusive; after {@code validFrom}
     * @param framework whether help was voluntary when it was asked
     * @param language BCP 47 tag of the language it was asked in
     * @param independentInterpreter whether an independent interpreter was there
     * @param form how it was given
     * @param document digest of the signed document, if there is one
     * @param otherPartyPresent whether the other party was there when it was asked
     */
    record RegisterConsent(CaseId caseId, PartnerFunction senderFunction, PersonId person, Giver giver, Purpose purpose,
            Set<NamedFunction> from, Set<NamedFunction> to, Set<Category> categories, Instant validFrom,
            Instant validUntil, Framework framework, String language, boolean independentInterpreter, Form form,
            Optional<Digest> document, boolean otherPartyPresent) implements PartnerRequest {

        /** Copies the sets. */
        public RegisterConsent {
            from = Set.copyOf(from);
            to = Set.copyOf(to);
            categories = Set.copyOf(categories);
        }

        /** Who consented. */
        public enum Giver {
            /** The person himself. */
            BETROKKENE,
            /** Whoever has gezag over the child. */
            GEZAG,
            /** The legal representative. */
            VERTEGENWOORDIGER,
            /** The child and whoever has gezag over it, both (12 to 16 years, BW 7:447 and 7:450). */
            KIND_EN_GEZAG
        }

        /** Whether help was voluntary. */
        public enum Framework {
            /** Under pressure to accept help. */
            DRANG,
            /** Voluntary. */
            VRIJWILLIG
        }

        /** How it was given. */
        public enum Form {
            /** Orally. */
            MONDELING,
            /** In writing. */
            SCHRIFTELIJK
        }
    }

    /** {@code toestemmingTonen}: the consents of a case. */
    record ShowConsents(CaseId caseId) implements PartnerRequest {}

    /**
     * {@code toestemmingIntrekken}.
     *
     * @param caseId case
     * @param consent number of the consent
     * @param possiblyUnderDuress whether the person may have been made to withdraw it
     */
    record WithdrawConsent(CaseId caseId, UUID consent, boolean possiblyUnderDuress) implements PartnerRequest {}
}
