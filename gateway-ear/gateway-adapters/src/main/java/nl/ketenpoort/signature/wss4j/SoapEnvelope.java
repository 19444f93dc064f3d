package nl.ketenpoort.signature.wss4j;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.apache.wss4j.dom.WSConstants;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.signature.MessageId;

/**
 * A SOAP 1.1 envelope of exactly one Header and one Body, whose header blocks are WS-Addressing, each at most once, and
 * one {@code wsse:Security} (WW001, WS007, WA001). Nothing in it is proven yet.
 *
 * @param addressing by local name
 */
record SoapEnvelope(Element envelope, Element header, Element security, Element body,
        Map<String, Element> addressing) {

    static final String SOAP = WSConstants.URI_SOAP11_ENV;
    static final String WSA = "http://www.w3.org/2005/08/addressing";

    private static final Set<String> ADDRESSING = Set.of("Action", "To", "MessageID", "RelatesTo", "From", "ReplyTo",
            "FaultTo");

    static SoapEnvelope of(Document document) throws RefusedMessage {
        var envelope = document.getDocumentElement();
        if (!Elements.is(envelope, SOAP, "Envelope") || Elements.hasText(envelope)) {
            throw new RefusedMessage(Reason.NOT_SOAP);
        }
        var parts = Elements.of(envelope);
        if (parts.size() == 1 && Elements.is(parts.getFirst(), SOAP, "Body")) {
            throw new RefusedMessage(Reason.NOT_SIGNED);
        }
        if (parts.size() != 2 || !Elements.is(parts.getFirst(), SOAP, "Header")
                || !Elements.is(parts.getLast(), SOAP, "Body") || Elements.hasText(parts.getFirst())) {
            throw new RefusedMessage(Reason.NOT_SOAP);
        }
        var header = parts.getFirst();
        Element security = null;
        var addressing = new LinkedHashMap<String, Element>();
        for (var block : Elements.of(header)) {
            if (WSA.equals(block.getNamespaceURI())) {
                var name = block.getLocalName();
                if (!ADDRESSING.contains(name) || addressing.put(name, block) != null) {
                    throw new RefusedMessage(Reason.ADDRESSING_WRONG, "wsa:" + known(name));
                }
            } else if (!Elements.is(block, WSConstants.WSSE_NS, "Security")) {
                throw new RefusedMessage(Reason.FOREIGN_HEADER);
            } else if (security != null || block.hasAttributeNS(SOAP, "actor")) {
                throw new RefusedMessage(Reason.SECURITY_HEADER_INVALID, "wsse:Security");
            } else {
                security = block;
            }
        }
        if (security == null) {
            throw new RefusedMessage(Reason.NOT_SIGNED);
        }
        return new SoapEnvelope(envelope, header, security, parts.getLast(), addressing);
    }

    /** The MessageID of whatever was read, however wrong the rest of it is, so that even its fault can relate to it. */
    static Optional<MessageId> messageIdIn(Document document) {
        return Elements.single(document.getDocumentElement(), SOAP, "Header")
                .flatMap(header -> Elements.single(header, WSA, "MessageID")).flatMap(Elements::text)
                .filter(SoapEnvelope::isMessageId).map(MessageId::new);
    }

    static boolean isMessageId(String value) {
        return value.length() >= 8 && value.length() <= 200 && absolute(value).isPresent();
    }

    /** An absolute URI (RFC 3986), in ASCII. */
    static Optional<URI> absolute(String value) {
        try {
            var uri = new URI(value);
            return uri.isAbsolute() && value.chars().allMatch(c -> c > ' ' && c < 127)
                    ? Optional.of(uri)
                    : Optional.empty();
        } catch (URISyntaxException notAUri) {
            return Optional.empty();
        }
    }

    private static String known(String name) {
        return ADDRESSING.contains(name) ? name : "*";
    }
}
