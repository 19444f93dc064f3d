package nl.ketenpoort.acceptance;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import nl.ketenpoort.casefile.CaseFile;
import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.messagetype.MessageType;
import nl.ketenpoort.messagetype.MessageTypes;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.minimisation.ReceiverDecision;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.purpose.DecisionOutcome;
import nl.ketenpoort.refusal.Examined;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;
import nl.ketenpoort.validation.Envelope.Addressee;
import nl.ketenpoort.validation.ValidMessage;

/** Who sends in which function, and whom in the case an envelope means. */
final class Addressing {

    private final MessageTypes types;

    Addressing(MessageTypes types) {
        this.types = types;
    }

    /** An addressee after it was looked up in the case. */
    sealed interface Addressed {}

    /** A party of the case, to be decided on. */
    record Resolved(Party receiver, Purpose purpose) implements Addressed {}

    /** Refused before the policies are asked. */
    record Refused(ReceiverDecision decision) implements Addressed {}

    /** The sender as party of the case, if he has the function he names and that function may send this type. */
    Examined<Party> senderOf(ValidMessage valid, CaseFile file) {
        var function = valid.envelope().senderFunction();
        return file.party(valid.verified().sender().signer(), function)
                .filter(party -> valid.type().senders().contains(function)).map(Examined::passed)
                .orElseGet(() -> Examined.refused(Reason.SENDER_FUNCTION_NOT_ALLOWED));
    }

    /** Every receiver once, in the order of the envelope. */
    Set<Addressed> resolve(ValidMessage valid, CaseFile file) {
        var found = new LinkedHashSet<Addressed>();
        for (var addressee : valid.envelope().addressees()) {
            found.addAll(resolve(valid, file, addressee));
        }
        return found;
    }

    private List<? extends Addressed> resolve(ValidMessage valid, CaseFile file, Addressee addressee) {
        var purpose = addressee.purpose();
        if (!types.knows(purpose)) {
            return List.of(refused(addressee, Reason.PURPOSE_UNKNOWN));
        }
        if (!valid.type().purposes().contains(purpose)) {
            return List.of(refused(addressee, Reason.PURPOSE_NOT_ALLOWED));
        }
        var parties = addressee.function().map(file::withFunction).orElse(file.parties()).stream()
                .filter(party -> addressee.oin().map(party.oin()::equals).orElse(true))
                .filter(party -> mayReceive(valid.type(), party, file)).distinct()
                .map(party -> new Resolved(party, purpose)).toList();
        return parties.isEmpty() ? List.of(refused(addressee, Reason.RECEIVER_NOT_IN_CASE)) : parties;
    }

    /** The manifest names functions, and may name whoever holds regie, whatever his function. */
    private static boolean mayReceive(MessageType type, Party party, CaseFile file) {
        return type.receivers().contains(party.function())
                || type.receivers().contains(PartnerFunction.REGIEHOUDER)
                        && file.regie().map(party::equals).orElse(false);
    }

    private static Refused refused(Addressee addressee, Reason reason) {
        return new Refused(new ReceiverDecision(named(addressee), addressee.purpose(), DecisionOutcome.DENY,
                Optional.of(Refusal.of(reason)), Optional.empty(), Map.of()));
    }

    /** The addressee as it was named: the receipt repeats the sender's words and tells nothing of the case. */
    private static Party named(Addressee addressee) {
        return new Party(addressee.oin().orElse(UNNAMED), addressee.function().orElse(UNNAMED_FUNCTION), Set.of());
    }

    private static final Oin UNNAMED = new Oin("00000099000000000000");
    private static final PartnerFunction UNNAMED_FUNCTION = new PartnerFunction("ONBEKEND");
}
