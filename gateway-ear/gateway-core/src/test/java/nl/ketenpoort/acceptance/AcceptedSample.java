package nl.ketenpoort.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.casefile.Phase;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.evidence.Salt;
import nl.ketenpoort.messagetype.Category;
import nl.ketenpoort.messagetype.Trees;
import nl.ketenpoort.minimisation.Minimised;
import nl.ketenpoort.minimisation.ReceiverDecision;
import nl.ketenpoort.minimisation.ReceiverDecision.AsNamed;
import nl.ketenpoort.partner.Chain;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.purpose.DataClass;
import nl.ketenpoort.purpose.DecisionOutcome;
import nl.ketenpoort.purpose.Ruling;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;
import nl.ketenpoort.signature.MessageId;
import nl.ketenpoort.signature.Operation;
import nl.ketenpoort.signature.SampleCertificate;
import nl.ketenpoort.signature.Sender;
import nl.ketenpoort.signature.VerifiedMessage;
import nl.ketenpoort.validation.ValidMessage;

/** Accepted messages for the contracts of stores: one receiver permitted, one refused. */
public final class AcceptedSample {

    private AcceptedSample() {}

    /** A message of the police in this case. */
    public static AcceptedMessage message(MessageId id, CaseId caseId, Instant receivedAt) {
        return message(Chain.POLICE, id, caseId, receivedAt);
    }

    /** A message of this sender in this case. */
    public static AcceptedMessage message(Oin sender, MessageId id, CaseId caseId, Instant receivedAt) {
        var letter = Letter.from(sender, Chain.POLITIE, Region.REPORT).in(caseId).saying(Region.aboutHer())
                .to(Chain.VEILIG_THUIS, Region.SUPERVISION).to(Chain.ZC_UHG, Region.HELP)
                .referringTo(new MessageId("urn:uuid:eerder"));
        var body = bodyOf(id);
        var verified = new VerifiedMessage(new Sender(sender, sender, SampleCertificate.read()), id, Operation.SEND,
                body, envelopeOf(id), List.of());
        var valid = new ValidMessage(verified, letter.type(), letter.envelope(), letter.content());
        var salt = new Salt(Digest.of("salt".getBytes(UTF_8), body).bytes());
        return new AcceptedMessage(valid, caseId, Phase.VERLENGD, receivedAt, salt.commit(body), salt,
                Digest.of("leaf".getBytes(UTF_8), body), "bundel-1", List.of(permitted(), refused()),
                receiptOf(id));
    }

    public static byte[] bodyOf(MessageId id) {
        return ("<body>" + id + "</body>").getBytes(UTF_8);
    }

    public static byte[] envelopeOf(MessageId id) {
        return ("<envelope>" + id + "</envelope>").getBytes(UTF_8);
    }

    public static byte[] receiptOf(MessageId id) {
        return ("<receipt>" + id + "</receipt>").getBytes(UTF_8);
    }

    private static ReceiverDecision permitted() {
        var rulings = new LinkedHashMap<DataClass, Ruling>();
        rulings.put(new DataClass(Category.O, Optional.empty()), new Ruling.Permitted(List.of("p@1")));
        rulings.put(new DataClass(Category.H, Optional.of(Region.HER)), new Ruling.Denied(DecisionOutcome.NEEDS_CONSENT,
                Refusal.of(Reason.NEEDS_CONSENT), List.of()));
        return new ReceiverDecision(new Party(Chain.SAFE_AT_HOME, Chain.VEILIG_THUIS, Set.of()), Region.SUPERVISION,
                DecisionOutcome.PERMIT, Optional.empty(),
                Optional.of(new Minimised(Trees.content("melding", Trees.leaf("kern", "x")), List.of(),
                        List.of("persoon/letsel"))),
                rulings);
    }

    private static ReceiverDecision refused() {
        return ReceiverDecision.refused(new AsNamed(Optional.empty(), Optional.of(Chain.ZC_UHG)), Region.HELP,
                Refusal.of(Reason.RECEIVER_NOT_IN_CASE));
    }
}
