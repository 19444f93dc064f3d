package nl.ketenpoort.acceptance.xml;

import nl.ketenpoort.acceptance.AnswerWriting;
import nl.ketenpoort.receipt.xml.ReceiptWiring.DecisionWriter;

/** The door of this package, for the composition root alone. */
public final class AcceptanceWiring {

    private AcceptanceWiring() {}

    /** Answers in which decisions are written as in receipts. May be used by any number of threads. */
    public static AnswerWriting answers(DecisionWriter decisions) {
        return new XmlAnswerWriting(decisions);
    }
}
