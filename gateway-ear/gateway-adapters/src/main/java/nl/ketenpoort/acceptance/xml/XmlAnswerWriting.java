package nl.ketenpoort.acceptance.xml;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.xml.stream.XMLStreamException;

import nl.ketenpoort.acceptance.AnswerWriting;
import nl.ketenpoort.acceptance.Outcome.Rejected;
import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.consent.Consent;
import nl.ketenpoort.delivery.DeliveryId;
import nl.ketenpoort.messagetype.Category;
import nl.ketenpoort.partner.NamedFunction;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.receipt.xml.ReceiptWiring.DecisionWriter;
import nl.ketenpoort.signature.MessageId;
import nl.ketenpoort.signature.Operation;

/** Writes answers. */
final class XmlAnswerWriting implements AnswerWriting {

    private final DecisionWriter decisions;

    XmlAnswerWriting(DecisionWriter decisions) {
        this.decisions = decisions;
    }

    @Override
    public byte[] receipt(byte[] receipt) {
        return Answer.written(answerTo(Operation.SEND), answer -> answer.stored(receipt));
    }

    @Override
    public byte[] fault(Rejected rejected) {
        var refusal = rejected.refusal();
        return Answer.written("fout", fault -> {
            fault.text("code", refusal.code());
            fault.text("digikoppeling", refusal.digikoppeling());
            fault.text("omschrijving", refusal.description());
            if (refusal.remedy().isPresent()) {
                fault.text("watKanWel", refusal.remedy().get());
            }
            if (rejected.record().isPresent()) {
                fault.text("kenmerk", rejected.record().get());
            }
            for (var decision : rejected.decisions()) {
                decisions.write(fault.out(), decision);
            }
        });
    }

    @Override
    public byte[] test(String text, Instant receivedAt, Oin oin) {
        return Answer.written(answerTo(Operation.TEST), answer -> {
            answer.text("tekst", text);
            answer.text("ontvangen", receivedAt);
            answer.text("oin", oin);
        });
    }

    @Override
    public byte[] fetched(List<byte[]> deliveries, int remaining) {
        return Answer.written(answerTo(Operation.FETCH), answer -> {
            for (var delivery : deliveries) {
                answer.stored(delivery);
            }
            answer.text("resterend", remaining);
        });
    }

    @Override
    public byte[] confirmed(List<DeliveryId> deliveries) {
        return Answer.written(answerTo(Operation.CONFIRM), answer -> {
            for (var delivery : deliveries) {
                answer.text("bezorgingId", delivery.uri());
            }
        });
    }

    @Override
    public byte[] status(MessageId messageId, CaseId caseId, List<ReceiverStatus> receivers) {
        return Answer.written(answerTo(Operation.STATUS), answer -> {
            answer.text("berichtId", messageId);
            answer.text("casus", caseId);
            for (var receiver : receivers) {
                answer.element("ontvanger", one -> status(one, receiver));
            }
        });
    }

    private static void status(Answer answer, ReceiverStatus receiver) throws XMLStreamException {
        if (receiver.oin().isPresent()) {
            answer.text("oin", receiver.oin().get());
        }
        if (receiver.function().isPresent()) {
            answer.text("functie", receiver.function().get());
        }
        answer.text("stand", receiver.standing().name());
        answer.text("sinds", receiver.since());
        if (receiver.code().isPresent()) {
            answer.text("code", receiver.code().get());
        }
    }

    @Override
    public byte[] consentRegistered(UUID consent) {
        return Answer.written(answerTo(Operation.REGISTER_CONSENT), answer -> answer.text("toestemming", consent));
    }

    @Override
    public byte[] consents(List<Consent> consents) {
        return Answer.written(answerTo(Operation.SHOW_CONSENT), answer -> {
            for (var consent : consents) {
                answer.element("toestemming", one -> consent(one, consent));
            }
        });
    }

    private static void named(Answer answer, String name, NamedFunction named) throws XMLStreamException {
        answer.element(name, one -> {
            if (named.oin().isPresent()) {
                one.out().writeAttribute("oin", named.oin().get().value());
            }
            one.out().writeCharacters(named.function().code());
        });
    }

    private static void consent(Answer answer, Consent consent) throws XMLStreamException {
        answer.text("nummer", consent.id());
        answer.text("betrokkene", consent.person());
        answer.text("doel", consent.purpose());
        for (NamedFunction named : consent.from().stream().sorted().toList()) {
            named(answer, "van", named);
        }
        for (NamedFunction named : consent.to().stream().sorted().toList()) {
            named(answer, "naar", named);
        }
        for (Category category : consent.categories().stream().sorted().toList()) {
            answer.text("categorie", category);
        }
        answer.text("vanaf", consent.validFrom());
        answer.text("tot", consent.validUntil());
        if (consent.withdrawn().isPresent()) {
            answer.text("ingetrokken", consent.withdrawn().get());
        }
    }

    @Override
    public byte[] consentWithdrawn(UUID consent, Instant withdrawnAt, int stopped) {
        return Answer.written(answerTo(Operation.WITHDRAW_CONSENT), answer -> {
            answer.text("toestemming", consent);
            answer.text("ingetrokken", withdrawnAt);
            answer.text("bezorgingenGestopt", stopped);
        });
    }

    private static String answerTo(Operation operation) {
        return operation.wsdlName() + "Antwoord";
    }
}
