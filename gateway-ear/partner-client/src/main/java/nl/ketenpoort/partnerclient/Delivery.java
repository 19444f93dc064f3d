package nl.ketenpoort.partnerclient;

import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.w3c.dom.Element;

/**
 * A message as delivered to this partner. One exists only when its herkomst carries the gateway's signature, and the
 * content is the one that the herkomst names.
 *
 * @param id             of the delivery; to be confirmed by it, and the same at every repetition
 * @param sequence       per case and receiver, within one urgency
 * @param ownOin         the receiver
 * @param ownFunction    the function in the case in which this partner receives
 * @param urgent         {@code SPOED}
 * @param refersTo       wsa:MessageID of an earlier message
 * @param content        one element of the message type, root of a document of its own
 */
public record Delivery(String id, long sequence, String caseId, String messageType, int version, String senderOin,
        String senderFunction, String ownOin, String ownFunction, String purpose, boolean urgent, List<Person> persons,
        Optional<String> refersTo, Element content, Provenance provenance) {

    /** The digest with which the delivery is confirmed: herkomst's digestBezorgd. */
    public Digest digest() {
        return provenance.deliveredDigest();
    }

    /** wsa:MessageID of the sender's message. */
    public String messageId() {
        return provenance.messageId();
    }

    static Delivery open(Element bezorging, String ownOin, Collection<X509Certificate> receiptSigners)
            throws SealedElement.NotGenuine {
        Provenance provenance = Provenance.open(Xml.required(bezorging, "herkomst"), receiptSigners);
        List<Element> content = Xml.elements(Xml.required(bezorging, "inhoud"));
        if (content.size() != 1) {
            throw new SealedElement.NotGenuine("inhoud has " + content.size() + " elements; one is wanted");
        }
        Element standalone = Xml.standalone(content.getFirst());
        if (!provenance.deliveredDigest().equals(Xml.saltedDigest(provenance.salt(), standalone))) {
            throw new SealedElement.NotGenuine("The content is not the one that herkomst names");
        }
        String sender = Xml.text(bezorging, "zender");
        if (!sender.equals(provenance.senderOin())) {
            throw new SealedElement.NotGenuine("The sender is not the one that herkomst names");
        }
        String receiver = Xml.text(bezorging, "ontvanger");
        if (!receiver.equals(ownOin)) {
            throw new SealedElement.NotGenuine("The delivery is for another organisation: " + receiver);
        }
        return new Delivery(Xml.text(bezorging, "bezorgingId"), Xml.number(bezorging, "volgnummer"),
                Xml.text(bezorging, "casus"), Xml.text(bezorging, "berichttype"),
                Xml.count(bezorging, "versie"), sender, Xml.text(bezorging, "zenderfunctie"), receiver,
                Xml.text(bezorging, "functie"), Xml.text(bezorging, "doel"),
                Xml.text(bezorging, "spoed").equals("SPOED"),
                Person.in(bezorging), Xml.optionalText(bezorging, "verwijzing"), standalone, provenance);
    }

    /** Names the delivery only: content must not reach a log. */
    @Override
    public String toString() {
        return "Delivery[" + id + ", " + messageType + ", " + sequence + "]";
    }
}
