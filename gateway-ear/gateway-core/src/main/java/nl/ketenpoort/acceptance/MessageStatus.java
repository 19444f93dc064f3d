package nl.ketenpoort.acceptance;

import java.util.List;
import java.util.Optional;

import nl.ketenpoort.acceptance.AnswerWriting.ReceiverStatus;
import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.signature.MessageId;

/** How an accepted message fares. */
public interface MessageStatus {

    /** The status of the sender's own message; empty when he has none with this id. */
    Optional<Status> of(Oin sender, MessageId id);

    /**
     * Status per receiver, in the order of the message.
     *
     * @param senderFunction in which function it was sent
     */
    record Status(CaseId caseId, PartnerFunction senderFunction, List<ReceiverStatus> receivers) {

        /** Copies the list. */
        public Status {
            receivers = List.copyOf(receivers);
        }
    }
}
