package nl.ketenpoort.acceptance;

import nl.ketenpoort.acceptance.Outcome.Accepted;
import nl.ketenpoort.acceptance.Outcome.Rejected;
import nl.ketenpoort.acceptance.Outcome.Repeated;
import nl.ketenpoort.signature.VerifiedMessage;

/** Operation {@code verzenden}: a case message becomes a receipt or a refusal. */
public final class SendHandler implements RequestHandler {

    private final MessageAcceptance acceptance;
    private final AnswerWriting answers;

    /** With these. */
    public SendHandler(MessageAcceptance acceptance, AnswerWriting answers) {
        this.acceptance = acceptance;
        this.answers = answers;
    }

    @Override
    public Reply perform(VerifiedMessage message) {
        return switch (acceptance.accept(message)) {
            case Accepted(byte[] receipt, boolean waits) -> new Reply.Given(answers.receipt(receipt));
            case Repeated(byte[] receipt) -> new Reply.Given(answers.receipt(receipt));
            case Rejected rejected -> new Reply.Denied(rejected);
        };
    }
}
