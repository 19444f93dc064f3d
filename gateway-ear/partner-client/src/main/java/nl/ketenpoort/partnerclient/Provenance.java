package nl.ketenpoort.partnerclient;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;

import org.w3c.dom.Element;

/**
 * The herkomst of a delivery: the gateway's signed word that binds what is delivered to what the sender signed. One
 * exists only when that signature verified.
 *
 * @param messageId         wsa:MessageID of the sender's message
 * @param received          when the gateway accepted it
 * @param originalDigest    its salt is the sender's, in the receipt
 * @param deliveredDigest   SHA-256 over salt and the exclusive-canonical content element
 * @param certificateDigest SHA-256 of the sender's certificate that was verified
 * @param complete          false when fields were left out
 * @param auditLeaf         salted leaf hash of the audit record
 * @param xml               exclusive canonical form; its signature verifies on these bytes alone
 */
public record Provenance(String senderOin, String messageId, Instant received, Digest originalDigest,
        Digest deliveredDigest, Digest salt, Digest certificateDigest, boolean complete, Digest auditLeaf, String xml) {

    static Provenance open(Element herkomst, Collection<X509Certificate> receiptSigners)
            throws SealedElement.NotGenuine {
        SealedElement sealed = SealedElement.open(herkomst, receiptSigners);
        Element element = sealed.element();
        return new Provenance(Xml.text(element, "zender"), Xml.text(element, "berichtId"),
                Xml.instant(element, "ontvangen"),
                Xml.digest(element, "digestOrigineel"), Xml.digest(element, "digestBezorgd"),
                Xml.digest(element, "zout"),
                Xml.digest(element, "certificaat"), Xml.text(element, "omvang").equals("volledig"),
                Xml.digest(element, "auditblad"), sealed.xml());
    }
}
