package nl.ketenpoort.validation.xml;

import java.nio.charset.StandardCharsets;
import java.util.List;

import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.signature.MessageId;
import nl.ketenpoort.signature.Operation;
import nl.ketenpoort.signature.Sender;
import nl.ketenpoort.signature.VerifiedMessage;

/** Messages as they come out of the verification of the signature. */
final class Verified {

    private static final Oin POLITIE = new Oin("00000099000000010000");

    private Verified() {}

    static VerifiedMessage message(byte[] body) {
        return request(Operation.SEND, body);
    }

    static VerifiedMessage message(String body) {
        return message(body.getBytes(StandardCharsets.UTF_8));
    }

    static VerifiedMessage request(Operation operation, byte[] body) {
        return new VerifiedMessage(new Sender(POLITIE, POLITIE, null), new MessageId("urn:uuid:1"), operation, body,
                new byte[0], List.of());
    }
}
