package nl.ketenpoort.signature.wss4j;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import org.apache.wss4j.dom.WSDataRef;
import org.w3c.dom.Element;

import nl.ketenpoort.refusal.Reason;

/**
 * What a good signature covers, as nodes of the document and not as names or ids: what is read later is the node that
 * was digested, wherever else in the message something of the same name stands (signature wrapping).
 */
final class Coverage {

    private final Set<Element> covered = Collections.newSetFromMap(new IdentityHashMap<>());

    Coverage(List<WSDataRef> references) {
        references.forEach(reference -> covered.add(reference.getProtectedElement()));
    }

    /** Body, every WS-Addressing header, the Timestamp (WB004) and, in an answer, what it confirms. */
    void check(SoapEnvelope soap, SecurityHeader header) throws RefusedMessage {
        demand(soap.body(), Reason.BODY_NOT_SIGNED);
        for (var block : soap.addressing().values()) {
            demand(block, Reason.ADDRESSING_NOT_SIGNED);
        }
        demand(header.timestamp(), Reason.TIMESTAMP_NOT_SIGNED);
        for (var confirmation : header.confirmations()) {
            demand(confirmation, Reason.SECURITY_HEADER_INVALID);
        }
    }

    private void demand(Element element, Reason otherwise) throws RefusedMessage {
        if (!covered.contains(element)) {
            throw new RefusedMessage(otherwise);
        }
    }
}
