package nl.ketenpoort.acceptance;

import java.util.Optional;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.signature.MessageId;

/** Accepted messages, encrypted. */
public interface MessageStore {

    /**
     * Claims a MessageID for its sender until the transaction ends; two that claim the same wait for each other.
     *
     * @param body digest of the exclusive-C14N Body content: what "same content" means
     */
    Claim claim(Oin sender, MessageId id, Digest body);

    /** Whether the sender's claim succeeds. */
    sealed interface Claim {}

    /** Nobody used it: go on. */
    record Fresh() implements Claim {}

    /** The same message was accepted before. */
    record Same(byte[] receipt) implements Claim {}

    /** It was used for another content. */
    record Other() implements Claim {}

    /** Name of the type of an accepted message of the case with this id, of any sender; empty when there is none. */
    Optional<String> typeOf(CaseId caseId, MessageId id);

    /** Keeps an accepted message in the transaction that is under way. */
    void keep(AcceptedMessage message);
}
