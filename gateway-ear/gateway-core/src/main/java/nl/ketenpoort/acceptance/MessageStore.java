package nl.ketenpoort.acceptance;

import java.util.List;
import java.util.Set;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.signature.MessageId;

/** Accepted messages, encrypted. */
public interface MessageStore {

    /**
     * Claims a MessageID for its sender until the transaction ends; two that claim the same wait for each other.
     *
     * @param body exclusive-C14N Body content: what "same content" means is that the digest kept of the earlier one is
     *        that of this with its salt
     */
    Claim claim(Oin sender, MessageId id, byte[] body);

    /** Whether the sender's claim succeeds. */
    sealed interface Claim {}

    /** Nobody used it: go on. */
    record Fresh() implements Claim {}

    /** The same message was accepted before. */
    record Same(byte[] receipt) implements Claim {}

    /** It was used for another content. */
    record Other() implements Claim {}

    /** The accepted messages of the case with this id: one of each sender that used it. */
    List<Earlier> earlier(CaseId caseId, MessageId id);

    /**
     * An accepted message to which a later one may refer.
     *
     * @param type name of its type
     * @param sender who sent it
     * @param senderFunction in which function
     * @param receivers organisations it was permitted to
     */
    record Earlier(String type, Oin sender, PartnerFunction senderFunction, Set<Oin> receivers) {

        /** Copies the receivers. */
        public Earlier {
            receivers = Set.copyOf(receivers);
        }

        /** Whether the organisation may know of it: it sent or received it. */
        boolean isKnownTo(Oin organisation) {
            return sender.equals(organisation) || receivers.contains(organisation);
        }
    }

    /** Keeps an accepted message in the transaction that is under way. */
    void keep(AcceptedMessage message);
}
