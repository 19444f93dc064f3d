package nl.ketenpoort.acceptance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.ketenpoort.acceptance.MessageStore.Earlier;
import nl.ketenpoort.casefile.CaseFile;
import nl.ketenpoort.casefile.CaseFile.RequestedParty;
import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.messagetype.Effect;
import nl.ketenpoort.messagetype.MessageTypes;
import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.messagetype.PersonRole;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.minimisation.ReceiverDecision;
import nl.ketenpoort.minimisation.ReceiverDecision.AsNamed;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.Organisation;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.partner.PartnerRegister;
import nl.ketenpoort.refusal.Examined;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;
import nl.ketenpoort.validation.Envelope.Addressee;
import nl.ketenpoort.validation.Envelope.NamedPerson;
import nl.ketenpoort.validation.ValidMessage;

/** Who sends in which function, and whom in the case an envelope means. */
final class Addressing {

    private final MessageTypes types;
    private final PartnerRegister partners;

    Addressing(MessageTypes types, PartnerRegister partners) {
        this.types = types;
        this.partners = partners;
    }

    /** An addressee after it was looked up in the case. */
    sealed interface Addressed {}

    /** A party of the case, to be decided on. */
    record Resolved(Party receiver, Purpose purpose) implements Addressed {}

    /** Refused before the policies are asked. */
    record Refused(ReceiverDecision decision) implements Addressed {}

    /**
     * The sender as party of the case, if he has the function he names, in the register too, and that function may send this
     * type. Whoever came in by a request may only refer to that request, but for what the type lets him send of his own
     * accord.
     */
    Examined<Party> senderOf(ValidMessage valid, CaseFile file) {
        var function = valid.envelope().senderFunction();
        var signer = valid.verified().sender().signer();
        return file.party(signer, function)
                .or(() -> valid.envelope().reference()
                        .flatMap(request -> file.partyAnswering(signer, function, request)))
                .or(() -> valid.type().ofOwnAccord() ? file.asked(signer, function) : Optional.empty())
                .filter(party -> valid.type().senders().contains(function) && registered(signer, function))
                .map(Examined::passed)
                .orElseGet(() -> Examined.refused(Reason.SENDER_FUNCTION_NOT_ALLOWED));
    }

    /**
     * Every receiver once, in the order of the envelope.
     *
     * @param sender the sender as party of the case
     * @param question what is answered, where the answer goes to whoever asked and to nobody else
     */
    Set<Addressed> resolve(ValidMessage valid, CaseFile file, Party sender, Optional<Earlier> question) {
        var found = new LinkedHashSet<Addressed>();
        for (var addressee : valid.envelope().addressees()) {
            found.addAll(resolve(valid, file, sender, addressee, question));
        }
        if (file.closed() && valid.hasSafetyEffect()) {
            found.addAll(whoHearsAfterClosure(valid, file));
        }
        return found;
    }

    /** The case with the parties that this message asks for, and so brings in if it is permitted (ADDS_PARTY). */
    CaseFile withRequested(ValidMessage valid, CaseFile file, Party sender) {
        var requested = new ArrayList<RequestedParty>();
        for (var addressee : valid.envelope().addressees()) {
            requestable(valid, file, sender, addressee)
                    .forEach(party -> requested.add(new RequestedParty(party, valid.verified().messageId())));
        }
        return file.withRequested(requested);
    }

    private List<? extends Addressed> resolve(ValidMessage valid, CaseFile file, Party sender, Addressee addressee,
            Optional<Earlier> question) {
        var purpose = addressee.purpose();
        if (!types.knows(purpose)) {
            return List.of(refused(addressee, Reason.PURPOSE_UNKNOWN));
        }
        if (!valid.type().purposes().contains(purpose)) {
            return List.of(refused(addressee, Reason.PURPOSE_NOT_ALLOWED));
        }
        var ofTheCase = addressee.function().map(file::withFunction).orElse(file.parties()).stream()
                .filter(party -> addressee.oin().map(party.oin()::equals).orElse(true))
                .filter(party -> mayReceive(valid, party, file));
        var broughtIn = requestable(valid, file, sender, addressee)
                .filter(party -> file.party(party.oin(), party.function()).isEmpty());
        var parties = Stream.concat(ofTheCase, broughtIn).distinct()
                .filter(party -> question.map(earlier -> isTheAsker(party, earlier, file)).orElse(true))
                .map(party -> new Resolved(party, purpose)).toList();
        return parties.isEmpty() ? List.of(refused(addressee, Reason.RECEIVER_NOT_IN_CASE)) : parties;
    }

    /** Whether he asked, or has the function now in which somebody asked who has it no more. */
    private boolean isTheAsker(Party party, Earlier question, CaseFile file) {
        var function = question.senderFunction();
        return party.function().equals(function) && (party.oin().equals(question.sender())
                || file.party(question.sender(), function).isEmpty() || !registered(question.sender(), function));
    }

    private boolean registered(Oin oin, PartnerFunction function) {
        return partners.find(oin).filter(organisation -> organisation.actsAs(function)).isPresent();
    }

    /**
     * A release or a threat in a closed case is told to the last holder of regie and to Veilig Thuis, whomever the sender
     * named, and for whichever purpose: theirs is that of the type.
     */
    private static List<Resolved> whoHearsAfterClosure(ValidMessage valid, CaseFile file) {
        var purpose = valid.type().purposes().getFirst();
        return file.parties().stream().filter(file::hearsAfterClosure).map(party -> new Resolved(party, purpose))
                .toList();
    }

    /** The manifest names functions, and may name whoever holds regie, whatever his function. */
    private static boolean mayReceive(ValidMessage valid, Party party, CaseFile file) {
        var receivers = valid.type().receivers();
        return receivers.contains(party.function())
                || receivers.contains(PartnerFunction.REGIEHOUDER) && file.holdsRegie(party)
                || file.closed() && valid.hasSafetyEffect() && file.hearsAfterClosure(party);
    }

    /**
     * An organisation named by its OIN, in a function that a request of this type brings in. Also one that came in by an
     * earlier request, and may be a party since, because it serves whom this one is about as well. Not one whom the route
     * gave its function, which says whom it serves, nor one that another sender brought in by a request with the same
     * MessageID: which of the two it answers would not be known.
     */
    private Stream<Party> requestable(ValidMessage valid, CaseFile file, Party sender, Addressee addressee) {
        var effects = valid.type().effects(Effect.Kind.ADDS_PARTY);
        if (effects.isEmpty() || addressee.oin().isEmpty()) {
            return Stream.empty();
        }
        var effect = effects.getFirst();
        return addressee.oin().flatMap(partners::find).stream()
                .flatMap(organisation -> functionsOf(effect).filter(organisation::actsAs)
                        .filter(function -> addressee.function().map(function::equals).orElse(true))
                        .filter(valid.type().receivers()::contains)
                        .filter(function -> file.party(organisation.oin(), function).isEmpty()
                                || file.asked(organisation.oin(), function).isPresent())
                        .filter(function -> file.partyAnswering(organisation.oin(), function,
                                valid.verified().messageId()).isEmpty())
                        .map(function -> new Party(organisation.oin(), function, served(valid, file, sender, effect))));
    }

    private static Stream<PartnerFunction> functionsOf(Effect effect) {
        return Arrays.stream(effect.required("functies").strip().split("\\s+")).map(PartnerFunction::new);
    }

    /**
     * Roles of the persons the request is about: it serves them, and nobody else. Only those for whom the sender can ask
     * help: whoever serves the one side makes nobody the helper of the other by naming somebody of it.
     */
    private static Set<PersonRole> served(ValidMessage valid, CaseFile file, Party sender, Effect effect) {
        Stream<PersonId> persons = effect.attribute("personen")
                .map(path -> valid.content().values(path).stream().map(PersonId::new))
                .orElseGet(() -> valid.envelope().persons().stream().map(NamedPerson::id));
        return persons.filter(person -> !file.servesTheOtherSideOf(sender, person))
                .flatMap(person -> file.roleOf(person).stream()).collect(Collectors.toSet());
    }

    /** As it was named: the receipt repeats the sender's words and tells nothing of the case. */
    private static Refused refused(Addressee addressee, Reason reason) {
        return new Refused(ReceiverDecision.refused(new AsNamed(addressee.oin(), addressee.function()),
                addressee.purpose(), Refusal.of(reason)));
    }
}
