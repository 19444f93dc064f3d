package nl.ketenpoort.signature.wss4j;

import java.net.URI;
import java.util.Optional;
import java.util.UUID;

import nl.ketenpoort.refusal.Refusal;
import nl.ketenpoort.signature.AnswerSealing;
import nl.ketenpoort.signature.MessageId;
import nl.ketenpoort.signature.Operation;
import nl.ketenpoort.signature.Sender;
import nl.ketenpoort.signature.SignatureVerification.Correspondent;

final class Wss4jSealing implements AnswerSealing {

    static final String FAULT_ACTION = "urn:nl:ketenpoort:diensten:v1:fout";

    private static final URI ANONYMOUS = URI.create(Addressing.ANONYMOUS);

    private final EnvelopeSealer sealer;

    Wss4jSealing(EnvelopeSealer sealer) {
        this.sealer = sealer;
    }

    @Override
    public byte[] seal(Correspondent to, Operation operation, byte[] body) {
        return sealer.seal(letter(to, operation.answerAction()), body).bytes();
    }

    @Override
    public byte[] sealFault(Correspondent to, Refusal refusal, byte[] detail) {
        return sealer.sealFault(letter(to, FAULT_ACTION), refusal, detail).bytes();
    }

    private static Letter letter(Correspondent to, String action) {
        return new Letter(action, new MessageId("urn:uuid:" + UUID.randomUUID()), ANONYMOUS, Optional.empty(),
                to.relatesTo(), Optional.of(to.confirmations()), to.sender().map(Sender::certificate));
    }
}
