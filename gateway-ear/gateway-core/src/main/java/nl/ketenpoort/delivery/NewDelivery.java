package nl.ketenpoort.delivery;

import java.util.Optional;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.casefile.Phase;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.signature.MessageId;

/**
 * A delivery that an accepted message brings about.
 *
 * @param id id
 * @param sender who sent the message
 * @param messageId which message
 * @param caseId case; with receiver and urgency it names the lane that keeps the order
 * @param receiver to whom
 * @param purpose for which purpose
 * @param urgent whether it goes before what is not
 * @param phase phase of the case as accepted
 * @param about the delivery whose sender is told of its end; empty for the delivery of a message itself
 */
public record NewDelivery(DeliveryId id, Oin sender, MessageId messageId, CaseId caseId, Party receiver,
        Purpose purpose, boolean urgent, Phase phase, Optional<DeliveryId> about) {}
