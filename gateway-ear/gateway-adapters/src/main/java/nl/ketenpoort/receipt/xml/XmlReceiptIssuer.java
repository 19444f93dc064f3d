package nl.ketenpoort.receipt.xml;

import java.util.HexFormat;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.receipt.Receipt;
import nl.ketenpoort.receipt.ReceiptIssuer;

/** Writes {@code ontvangstbewijs}. */
final class XmlReceiptIssuer implements ReceiptIssuer {

    private final ElementSigner signer;
    private final Decisions decisions;

    XmlReceiptIssuer(ElementSigner signer, Decisions decisions) {
        this.signer = signer;
        this.decisions = decisions;
    }

    @Override
    public byte[] issue(Receipt receipt) {
        var element = SignedDocument.written(out -> write(out, receipt));
        signer.sign(element);
        return SignedDocument.canonical(element);
    }

    private void write(XMLStreamWriter out, Receipt receipt) throws XMLStreamException {
        Kp.startRoot(out, "ontvangstbewijs");
        out.writeAttribute("id", id(receipt.auditLeaf()));
        Kp.text(out, "berichtId", receipt.messageId());
        Kp.text(out, "zender", receipt.sender());
        Kp.text(out, "casus", receipt.caseId());
        Kp.text(out, "ontvangen", receipt.receivedAt());
        Kp.text(out, "digest", receipt.digest().base64());
        Kp.text(out, "zout", receipt.salt().base64());
        for (var decision : receipt.decisions()) {
            decisions.write(out, decision);
        }
        Kp.text(out, "auditblad", receipt.auditLeaf().base64());
        out.writeEndElement();
    }

    /** An id that no other receipt has, also when many stand in one document. */
    private static String id(Digest auditLeaf) {
        return "bewijs-" + HexFormat.of().formatHex(auditLeaf.bytes());
    }
}
