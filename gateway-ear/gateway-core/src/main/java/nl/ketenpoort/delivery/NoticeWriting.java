package nl.ketenpoort.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.delivery.DeliveryWriting.DeliveryDocument;
import nl.ketenpoort.delivery.DeliveryWriting.WrittenDelivery;
import nl.ketenpoort.delivery.WaitingDelivery.Notice;
import nl.ketenpoort.evidence.Salt;
import nl.ketenpoort.messagetype.Content;
import nl.ketenpoort.messagetype.Content.Branch;
import nl.ketenpoort.messagetype.Content.Leaf;
import nl.ketenpoort.messagetype.Content.Node;
import nl.ketenpoort.messagetype.TypeName;
import nl.ketenpoort.minimisation.Minimised;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;

/**
 * Writes a {@code bezorgmelding}: the gateway tells a sender that a delivery was stopped or parked, or less was given
 * than his receipt says, and why. It is delivered like any message, with a herkomst, so that it reaches a system of the
 * sender's own in the form it knows.
 */
public final class NoticeWriting {

    private static final TypeName TYPE = new TypeName("bezorgmelding", 1);
    private static final String NAMESPACE = "urn:nl:ketenpoort:type:bezorgmelding:v1";
    private static final PartnerFunction GATEWAY = new PartnerFunction("KETENPOORT");

    private final DeliveryWriting writing;
    private final Oin gateway;

    /**
     * Writes by this.
     *
     * @param gateway OIN of the gateway, which is the sender of a notice
     */
    public NoticeWriting(DeliveryWriting writing, Oin gateway) {
        this.writing = writing;
        this.gateway = gateway;
    }

    WrittenDelivery write(WaitingDelivery delivery, Notice notice, Salt salt) {
        var message = delivery.message();
        var leaves = new ArrayList<>(List.of(leaf("bericht", message.id().value()),
                leaf("ontvanger", notice.receiver().value()), leaf("functie", notice.function().code()),
                leaf("stand", notice.standing().name()), leaf("code", notice.code().toString()),
                leaf("sinds", notice.since().toString())));
        notice.omitted().forEach(path -> leaves.add(leaf("weggelaten", path)));
        var content = new Content(NAMESPACE, new Branch("bezorgmelding", Optional.empty(), leaves));
        return writing.write(new DeliveryDocument(delivery.id(), delivery.sequence(), message.caseId(), TYPE, gateway,
                GATEWAY, new Party(delivery.receiver(), delivery.function(), Set.of()), delivery.purpose(),
                delivery.urgent(), new Minimised(content, List.of(), List.of()), Optional.of(message.id()),
                message.id(), message.receivedAt(), message.digest(), salt, message.certificate(),
                message.auditLeaf()));
    }

    private static Node leaf(String name, String value) {
        return new Leaf(name, Optional.empty(), value);
    }
}
