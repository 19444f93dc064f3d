package nl.ketenpoort.partnerclient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import jakarta.xml.soap.SOAPMessage;

import org.apache.cxf.binding.soap.SoapMessage;
import org.apache.cxf.binding.soap.saaj.SAAJInInterceptor;
import org.apache.cxf.helpers.DOMUtils;
import org.apache.wss4j.dom.WSConstants;
import org.apache.wss4j.dom.WSDataRef;
import org.apache.wss4j.dom.engine.WSSecurityEngineResult;
import org.apache.wss4j.dom.handler.WSHandlerConstants;
import org.apache.wss4j.dom.handler.WSHandlerResult;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;

/**
 * A SOAP 1.1 envelope of which Body, every WS-Addressing header and the Timestamp are covered by one signature of the
 * gateway (WB004). Coverage is judged by the envelope's own structure: the Body that is read is the child of the
 * Envelope, its id occurs once, and the signature names that id. A moved Body therefore verifies nothing.
 */
record VerifiedEnvelope(Element envelope, Element header, Element body) {

    static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
    static final String WSA = "http://www.w3.org/2005/08/addressing";
    static final String WSSE = WSConstants.WSSE_NS;
    static final String WSU = WSConstants.WSU_NS;

    /** What stands in the envelope is not what was signed. */
    static final class NotCovered extends Exception {

        private static final long serialVersionUID = 1L;

        NotCovered(String message) {
            super(message);
        }
    }

    /** The message as it stands, after decryption if that has run; trusted for nothing. */
    static Element soapEnvelope(SoapMessage message) {
        SAAJInInterceptor.INSTANCE.handleMessage(message);
        return (Element) DOMUtils
                .getDomElement(message.getContent(SOAPMessage.class).getSOAPPart().getDocumentElement());
    }

    /** What WSS4J found; empty before it ran, or when there is no wsse:Security. */
    static Optional<WSHandlerResult> securityResults(SoapMessage message) {
        if (message.get(WSHandlerConstants.RECV_RESULTS) instanceof List<?> results && !results.isEmpty()
                && results.getFirst() instanceof WSHandlerResult result) {
            return Optional.of(result);
        }
        return Optional.empty();
    }

    static VerifiedEnvelope of(Element soapEnvelope, WSHandlerResult results) throws NotCovered {
        Element envelope = Xml.standalone(soapEnvelope);
        Element header = only(envelope, SOAP, "Header");
        Element body = only(envelope, SOAP, "Body");
        Element timestamp = only(only(header, WSSE, "Security"), WSU, "Timestamp");
        Set<String> signed = signedIds(results);
        Map<String, Integer> occurrences = new HashMap<>();
        countIds(envelope, occurrences);
        List<Element> wanted = new ArrayList<>(List.of(body, timestamp));
        Xml.elements(header).stream().filter(block -> WSA.equals(block.getNamespaceURI())).forEach(wanted::add);
        for (Element element : wanted) {
            String id = element.getAttributeNS(WSU, "Id");
            if (id.isEmpty() || !signed.contains(id) || occurrences.getOrDefault(id, 0) != 1) {
                throw new NotCovered(element.getLocalName() + " is not covered by the signature");
            }
        }
        return new VerifiedEnvelope(envelope, header, body);
    }

    private static Set<String> signedIds(WSHandlerResult results) throws NotCovered {
        List<WSSecurityEngineResult> signatures = results.getActionResults().getOrDefault(WSConstants.SIGN, List.of());
        if (signatures.size() != 1) {
            throw new NotCovered(signatures.size() + " signatures; one is wanted");
        }
        Set<String> ids = new HashSet<>();
        if (signatures.getFirst().get(WSSecurityEngineResult.TAG_DATA_REF_URIS) instanceof List<?> references) {
            for (Object reference : references) {
                if (reference instanceof WSDataRef signed && signed.getWsuId() != null
                        && List.of(WssProfile.EXCLUSIVE_C14N).equals(signed.getTransformAlgorithms())
                        && WssProfile.digestMethods().contains(signed.getDigestAlgorithm())) {
                    ids.add(signed.getWsuId().startsWith("#") ? signed.getWsuId().substring(1) : signed.getWsuId());
                }
            }
        }
        return ids;
    }

    private static void countIds(Element element, Map<String, Integer> occurrences) {
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            Attr attribute = (Attr) attributes.item(i);
            if ("Id".equals(attribute.getLocalName())) {
                occurrences.merge(attribute.getValue(), 1, Integer::sum);
            }
        }
        Xml.elements(element).forEach(child -> countIds(child, occurrences));
    }

    private static Element only(Element parent, String namespace, String localName) throws NotCovered {
        List<Element> found = Xml.elements(parent).stream()
                .filter(child -> namespace.equals(child.getNamespaceURI()) && localName.equals(child.getLocalName()))
                .toList();
        if (found.size() != 1) {
            throw new NotCovered(found.size() + " elements " + localName + "; one is wanted");
        }
        return found.getFirst();
    }

    Optional<String> addressing(String localName) {
        return Xml.elements(header).stream()
                .filter(block -> WSA.equals(block.getNamespaceURI()) && localName.equals(block.getLocalName()))
                .map(block -> block.getTextContent().strip()).findFirst();
    }

    /** Header blocks that are neither WS-Addressing nor WS-Security (WS007). */
    List<Element> foreignHeaders() {
        return Xml.elements(header).stream()
                .filter(block -> !WSA.equals(block.getNamespaceURI()) && !WSSE.equals(block.getNamespaceURI()))
                .toList();
    }

    /** The one element in the Body (WW003). */
    Element payload() throws NotCovered {
        List<Element> content = Xml.elements(body);
        if (content.size() != 1) {
            throw new NotCovered(content.size() + " elements in the Body; one is wanted");
        }
        return content.getFirst();
    }

    /** The kp:fout of a SOAP fault; empty when the Body holds no fault. */
    Optional<Element> fault() throws NotCovered {
        Element payload = payload();
        if (!SOAP.equals(payload.getNamespaceURI()) || !"Fault".equals(payload.getLocalName())) {
            return Optional.empty();
        }
        return Optional.of(Xml.elements(payload).stream().filter(part -> "detail".equals(part.getLocalName()))
                .flatMap(detail -> Xml.elements(detail).stream()).filter(part -> Xml.is(part, "fout")).findFirst()
                .orElseThrow(() -> new NotCovered("A fault without kp:fout")));
    }
}
