package nl.ketenpoort.receipt.xml;

import java.util.List;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import nl.ketenpoort.minimisation.Minimised;
import nl.ketenpoort.minimisation.ReceiverDecision;
import nl.ketenpoort.receipt.xml.ReceiptWiring.DecisionWriter;

/** Writes decisions as the sender reads them: only he is told what was left out. */
final class Decisions implements DecisionWriter {

    @Override
    public void write(XMLStreamWriter out, ReceiverDecision decision) throws XMLStreamException {
        Kp.start(out, "besluit");
        var addressed = decision.addressed();
        if (addressed.oin().isPresent()) {
            Kp.text(out, "oin", addressed.oin().get());
        }
        if (addressed.function().isPresent()) {
            Kp.text(out, "functie", addressed.function().get());
        }
        Kp.text(out, "doel", decision.purpose());
        Kp.text(out, "uitkomst", decision.outcome().written());
        if (decision.refusal().isPresent()) {
            var refusal = decision.refusal().get();
            Kp.text(out, "code", refusal.code());
            if (refusal.remedy().isPresent()) {
                Kp.text(out, "watKanWel", refusal.remedy().get());
            }
        }
        for (var path : decision.minimised().map(Minimised::omitted).orElse(List.of())) {
            Kp.text(out, "weggelaten", path);
        }
        out.writeEndElement();
    }
}
