package nl.ketenpoort.partnerclient;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

import org.w3c.dom.Element;

/**
 * The gateway's receipt, with a signature of its own: proof that it has the message, to be kept by the sender. One
 * exists only when its signature verified, it names the message that was sent, and its digest is that of what was sent.
 *
 * @param messageId wsa:MessageID of the message
 * @param caseId    the case, issued by the gateway when the message opened one
 * @param received  when the gateway accepted it
 * @param digest    SHA-256 over salt and the exclusive-canonical element in the Body
 * @param auditLeaf salted leaf hash of the audit record
 * @param xml       the receipt itself, exclusive canonical form; its signature verifies on these bytes alone
 */
public record Receipt(String messageId, String senderOin, String caseId, Instant received, Digest digest, Digest salt,
        List<Decision> decisions, Digest auditLeaf, String xml) implements SendResult {

    static Receipt open(Element ontvangstbewijs, String messageId, Element sent,
            Collection<X509Certificate> receiptSigners)
            throws SealedElement.NotGenuine {
        SealedElement sealed = SealedElement.open(ontvangstbewijs, receiptSigners);
        Element element = sealed.element();
        var receipt = new Receipt(Xml.text(element, "berichtId"), Xml.text(element, "zender"),
                Xml.text(element, "casus"),
                Xml.instant(element, "ontvangen"), Xml.digest(element, "digest"), Xml.digest(element, "zout"),
                Decision.in(element), Xml.digest(element, "auditblad"), sealed.xml());
        if (!receipt.messageId.equals(messageId)) {
            throw new SealedElement.NotGenuine("The receipt is of another message: " + receipt.messageId);
        }
        if (!receipt.digest.equals(Xml.saltedDigest(receipt.salt, sent))) {
            throw new SealedElement.NotGenuine("The receipt's digest is not that of what was sent");
        }
        return receipt;
    }
}
