package nl.ketenpoort.validation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import nl.ketenpoort.messagetype.MessageType;
import nl.ketenpoort.refusal.Examined;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.signature.VerifiedMessage;

/**
 * What the texts of messages in a test mean. A text that nobody wrote does not keep the schema.
 */
public final class WrittenMessages implements MessageValidation, StoredMessages, RequestReading {

    private final Map<String, ReadMessage> messages = new HashMap<>();
    private final Map<String, PartnerRequest> requests = new HashMap<>();
    private Runnable meanwhile = () -> {};

    /** This text is such a message. */
    public void mean(String text, ReadMessage message) {
        messages.put(text, message);
    }

    /** This text is such a request. */
    public void mean(String text, PartnerRequest request) {
        requests.put(text, request);
    }

    /** From now on no message of this type can be read. */
    public void forget(MessageType type) {
        messages.values().removeIf(message -> message.type().equals(type));
    }

    /** Happens once, while the next message is validated. */
    public void meanwhile(Runnable event) {
        meanwhile = event;
    }

    @Override
    public Examined<ValidMessage> validate(VerifiedMessage verified) {
        var found = messages.get(new String(verified.body(), UTF_8));
        if (found == null) {
            return Examined.refused(Reason.SCHEMA_INVALID);
        }
        var event = meanwhile;
        meanwhile = () -> {};
        event.run();
        return Examined.passed(new ValidMessage(verified, found.type(), found.envelope(), found.content()));
    }

    @Override
    public ReadMessage read(byte[] soapEnvelope) {
        return Optional.ofNullable(messages.get(bodyOf(new String(soapEnvelope, UTF_8))))
                .orElseThrow(() -> new IllegalStateException("a stored message cannot be read"));
    }

    @Override
    public Examined<PartnerRequest> read(VerifiedMessage verified) {
        return Optional.ofNullable(requests.get(new String(verified.body(), UTF_8))).map(Examined::passed)
                .orElseGet(() -> Examined.refused(Reason.SCHEMA_INVALID));
    }

    /** The SOAP envelope around a text. */
    public static String envelopeAround(String text) {
        return "<envelope>" + text + "</envelope>";
    }

    private static String bodyOf(String envelope) {
        return envelope.substring("<envelope>".length(), envelope.length() - "</envelope>".length());
    }
}
