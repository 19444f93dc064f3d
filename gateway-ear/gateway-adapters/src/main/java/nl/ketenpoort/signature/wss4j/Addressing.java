package nl.ketenpoort.signature.wss4j;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.signature.MessageId;
import nl.ketenpoort.signature.Operation;

/**
 * WS-Addressing 1.0 as Digikoppeling narrows it (WA001, WS002).
 *
 * @param messageId of the message itself; an answer may have none
 */
record Addressing(String action, Optional<MessageId> messageId, Optional<MessageId> relatesTo) {

    static final String ANONYMOUS = "http://www.w3.org/2005/08/addressing/anonymous";
    static final String NONE = "http://www.w3.org/2005/08/addressing/none";

    /** A request to one of these endpoints. */
    static Addressing ofRequest(SoapEnvelope soap, Set<String> endpoints, Optional<String> soapAction)
            throws RefusedMessage {
        var action = text(soap, "Action").filter(value -> Operation.ofRequestAction(value).isPresent())
                .orElseThrow(() -> new RefusedMessage(Reason.ACTION_UNKNOWN));
        if (soapAction.filter(value -> !value.isEmpty() && !value.equals(action)).isPresent()) {
            throw new RefusedMessage(Reason.SOAP_ACTION_DIFFERS);
        }
        if (text(soap, "To").filter(to -> to.equals(ANONYMOUS) || place(to).filter(endpoints::contains).isPresent())
                .isEmpty()) {
            throw new RefusedMessage(Reason.TO_WRONG);
        }
        var messageId = text(soap, "MessageID").filter(SoapEnvelope::isMessageId).map(MessageId::new);
        if (messageId.isEmpty()) {
            throw new RefusedMessage(Reason.MESSAGE_ID_MISSING);
        }
        if (soap.addressing().containsKey("RelatesTo")) {
            throw new RefusedMessage(Reason.ADDRESSING_WRONG, "wsa:RelatesTo");
        }
        checkEndpointReferences(soap);
        return new Addressing(action, messageId, Optional.empty());
    }

    /** An answer over the connection of the request. */
    static Addressing ofAnswer(SoapEnvelope soap) throws RefusedMessage {
        var action = text(soap, "Action").orElseThrow(() -> new RefusedMessage(Reason.ACTION_UNKNOWN));
        if (soap.addressing().containsKey("To") && text(soap, "To").filter(ANONYMOUS::equals).isEmpty()) {
            throw new RefusedMessage(Reason.TO_WRONG);
        }
        var relatesTo = text(soap, "RelatesTo").filter(SoapEnvelope::isMessageId).map(MessageId::new);
        if (relatesTo.isEmpty()) {
            throw new RefusedMessage(Reason.ADDRESSING_WRONG, "wsa:RelatesTo");
        }
        checkEndpointReferences(soap);
        return new Addressing(action, text(soap, "MessageID").map(MessageId::new), relatesTo);
    }

    /** An endpoint as it is compared: without query and fragment, host in lower case, the port always written. */
    static Optional<String> place(String uri) {
        return SoapEnvelope.absolute(uri).filter(found -> found.getHost() != null).map(Addressing::place);
    }

    private static String place(URI uri) {
        int port = uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        return uri.getScheme().toLowerCase(Locale.ROOT) + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port
                + uri.getPath();
    }

    private static void checkEndpointReferences(SoapEnvelope soap) throws RefusedMessage {
        for (var name : List.of("ReplyTo", "FaultTo", "From")) {
            if (soap.addressing().containsKey(name)) {
                var address = Elements.only(soap.addressing().get(name))
                        .filter(found -> Elements.is(found, SoapEnvelope.WSA, "Address")).flatMap(Elements::text);
                boolean fits = name.equals("From")
                        ? address.flatMap(SoapEnvelope::absolute).isPresent()
                        : address.filter(value -> value.equals(ANONYMOUS) || value.equals(NONE)).isPresent();
                if (!fits) {
                    throw new RefusedMessage(Reason.ADDRESSING_WRONG, "wsa:" + name);
                }
            }
        }
    }

    private static Optional<String> text(SoapEnvelope soap, String name) {
        return Optional.ofNullable(soap.addressing().get(name)).flatMap(Elements::text)
                .filter(value -> !value.isEmpty());
    }
}
