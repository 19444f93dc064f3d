package nl.ketenpoort.receipt.xml;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import nl.ketenpoort.delivery.DeliveryWriting;
import nl.ketenpoort.messagetype.xml.MessageTypesWiring.Catalogue;
import nl.ketenpoort.minimisation.ReceiverDecision;
import nl.ketenpoort.receipt.ReceiptIssuer;

/** The door of this package, for the composition root alone. What it gives may be used by any number of threads. */
public final class ReceiptWiring {

    private ReceiptWiring() {}

    /**
     * Receipts signed with this key.
     *
     * @param key an RSA key that signs nothing but receipts and herkomst
     * @param certificate its certificate, which travels in each signature
     */
    public static ReceiptIssuer receipts(PrivateKey key, X509Certificate certificate) {
        return new XmlReceiptIssuer(new ElementSigner(key, certificate), new Decisions());
    }

    /** Deliveries whose herkomst is signed with this key; content is held to the delivered schemas of the catalogue. */
    public static DeliveryWriting deliveries(Catalogue catalogue, PrivateKey key, X509Certificate certificate) {
        return new XmlDeliveryWriting(new ElementSigner(key, certificate), new DeliveredContent(catalogue));
    }

    /** How a decision per receiver is written, in receipts and in faults alike. */
    public static DecisionWriter decisions() {
        return new Decisions();
    }

    /** Writes the element {@code besluit}. */
    public interface DecisionWriter {

        /** Writes one decision at the place where {@code out} stands. */
        void write(XMLStreamWriter out, ReceiverDecision decision) throws XMLStreamException;
    }
}
