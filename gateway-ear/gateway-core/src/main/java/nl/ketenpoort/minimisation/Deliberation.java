package nl.ketenpoort.minimisation;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.ketenpoort.casefile.CaseFile;
import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.casefile.Phase;
import nl.ketenpoort.consent.Consent;
import nl.ketenpoort.messagetype.Content;
import nl.ketenpoort.messagetype.MessageType;
import nl.ketenpoort.messagetype.PersonRole;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.partner.Endpoint;
import nl.ketenpoort.partner.Organisation;
import nl.ketenpoort.partner.PartnerRegister;
import nl.ketenpoort.partner.Separation;
import nl.ketenpoort.purpose.DataClass;
import nl.ketenpoort.purpose.DecisionOutcome;
import nl.ketenpoort.purpose.Facts;
import nl.ketenpoort.purpose.PolicyQuestion;
import nl.ketenpoort.purpose.Ruling;
import nl.ketenpoort.purpose.Ruling.Denied;
import nl.ketenpoort.purpose.Rulings;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;
import nl.ketenpoort.signature.MessageId;
import nl.ketenpoort.validation.Envelope.NamedPerson;

/**
 * Decides for one receiver: gathers the facts, has every class of data ruled on, and minimises. The same at acceptance
 * and at every delivery attempt; what differs is in {@link Matter} (as accepted) and {@link Circumstances} (of now).
 */
public final class Deliberation {

    private static final Denied LEFT_OUT = new Denied(DecisionOutcome.DENY,
            Refusal.of(Reason.LEFT_OUT_AT_ACCEPTANCE), List.of());

    private final PartnerRegister partners;
    private final Rulings rulings;

    /** Over these partners and policies. */
    public Deliberation(PartnerRegister partners, Rulings rulings) {
        this.partners = partners;
        this.rulings = rulings;
    }

    /**
     * What is decided on, as it was accepted.
     *
     * @param messageId MessageID of the message
     * @param type type of the message
     * @param content content as the sender signed it
     * @param persons persons concerned
     * @param sender sender in its function
     * @param framework kader
     * @param urgent whether it is urgent
     * @param safetyEffect whether it has safety effect
     * @param phase phase of the case when it was accepted
     */
    public record Matter(MessageId messageId, MessageType type, Content content, List<NamedPerson> persons,
            Party sender,
            Optional<String> framework, boolean urgent, boolean safetyEffect, Phase phase) {}

    /**
     * What may have changed since.
     *
     * @param file the case now
     * @param consents its consents now, locked against withdrawal
     * @param now case time
     */
    public record Circumstances(CaseFile file, List<Consent> consents, Instant now) {}

    /** The decision for this receiver and purpose; whom the receiver serves, the case says. */
    public ReceiverDecision decide(Matter matter, Party addressed, Purpose purpose, Circumstances circumstances) {
        return decide(matter, addressed, purpose, circumstances, anything -> true);
    }

    /**
     * The decision for a receiver on whom was decided before: he never gets more than he would have then, whatever is
     * permitted now, since the sender was told what is left out.
     *
     * @param permitted the classes of data that were permitted then
     */
    public ReceiverDecision decideAgain(Matter matter, Party addressed, Purpose purpose, Circumstances circumstances,
            Set<DataClass> permitted) {
        return decide(matter, addressed, purpose, circumstances, permitted::contains);
    }

    private ReceiverDecision decide(Matter matter, Party addressed, Purpose purpose, Circumstances circumstances,
            Predicate<DataClass> permitted) {
        var organisation = partners.find(addressed.oin()).filter(known -> known.actsAs(addressed.function()));
        var inTheCase = circumstances.file().receiver(addressed.oin(), addressed.function(), matter.messageId());
        if (organisation.isEmpty() || inTheCase.isEmpty()) {
            return ReceiverDecision.refused(addressed, purpose, DecisionOutcome.DENY,
                    Refusal.of(Reason.RECEIVER_NOT_IN_CASE), Map.of());
        }
        var receiver = inTheCase.get();
        if (!mustHear(matter, receiver, circumstances.file())
                && !matter.type().allows(receiver.function(), matter.content())) {
            return ReceiverDecision.refused(receiver, purpose, DecisionOutcome.DENY,
                    Refusal.of(Reason.RECEIVER_CONDITION), Map.of());
        }
        var ruled = new LinkedHashMap<DataClass, Ruling>();
        for (var data : Minimisation.classesOf(matter.type(), matter.content(), matter.persons())) {
            ruled.put(data, permitted.test(data)
                    ? rule(matter, receiver, purpose, circumstances, organisation.get(), data)
                    : LEFT_OUT);
        }
        return conclude(matter, receiver, purpose, ruled);
    }

    /**
     * Whether the receiver hears of danger because the case is closed: then whether it may is for the policies alone. A
     * condition of the type on its function says who gets the message while there are others who act on it.
     */
    private static boolean mustHear(Matter matter, Party receiver, CaseFile file) {
        return matter.phase() == Phase.AFGESLOTEN && matter.safetyEffect() && file.hearsAfterClosure(receiver);
    }

    /** What comes to an endpoint that functions share is read by all of them: only what each of them may have goes there. */
    private Ruling rule(Matter matter, Party receiver, Purpose purpose, Circumstances circumstances,
            Organisation organisation, DataClass data) {
        var own = rulings.rule(question(matter, receiver, purpose, circumstances, organisation, data));
        if (!own.permits()) {
            return own;
        }
        return readersBeside(receiver, matter.sender(), circumstances.file())
                .map(other -> rulings.rule(question(matter, other, purpose, circumstances, organisation, data)))
                .filter(ruling -> !ruling.permits()).findFirst()
                .<Ruling>map(ruling -> ruling.undecided()
                        ? ruling
                        : new Denied(DecisionOutcome.DENY, Refusal.of(Reason.FUNCTION_NOT_SEPARATED),
                                ruling.policies()))
                .orElse(own);
    }

    /**
     * The other functions of the organisation in this case that read what comes to the receiver's endpoint. The sender is
     * none of them: he knows what he wrote. Nor is there any where no endpoint is: it is asked again before anything is
     * given.
     */
    private Stream<Party> readersBeside(Party receiver, Party sender, CaseFile file) {
        var apart = partners.endpointOf(receiver.oin(), receiver.function()).map(Endpoint::separation)
                .map(Separation::fromOtherFunctions).orElse(true);
        return apart
                ? Stream.empty()
                : file.functionsOf(receiver.oin())
                        .filter(party -> !party.function().equals(receiver.function()))
                        .filter(party -> !party.isSame(sender));
    }

    /**
     * Why a sender cannot be told now what became of his message; empty if he can. He knows what he wrote, and another
     * function that reads his endpoint does not: that he asked somebody for help with her is news to the coordinator of the
     * other side.
     */
    public Optional<Refusal> keepsFromSender(Party sender, CaseFile file) {
        if (partners.find(sender.oin()).filter(known -> known.actsAs(sender.function())).isEmpty()) {
            return Optional.of(Refusal.of(Reason.RECEIVER_NOT_IN_CASE));
        }
        return readersBeside(sender, sender, file).findAny().map(other -> Refusal.of(Reason.FUNCTION_NOT_SEPARATED));
    }

    private static ReceiverDecision conclude(Matter matter, Party receiver, Purpose purpose,
            Map<DataClass, Ruling> ruled) {
        var failed = ruled.values().stream().filter(Ruling::undecided).map(Denied.class::cast).findFirst();
        if (failed.isPresent()) {
            // What a receiver gets must not depend on which policy happened to break (decision record 0014).
            return ReceiverDecision.refused(receiver, purpose, failed.get().outcome(), failed.get().refusal(), ruled);
        }
        var missing = Minimisation.missingEssential(matter.type(), matter.content(), ruled);
        if (missing.isPresent()) {
            var denied = (Denied) ruled.get(missing.get().data());
            var everythingDenied = ruled.values().stream().noneMatch(Ruling::permits);
            var bare = denied.refusal().code().equals(Reason.NO_GROUND.code());
            var refusal = bare && !everythingDenied ? Refusal.of(Reason.ESSENTIAL_NOT_ALLOWED) : denied.refusal();
            return ReceiverDecision.refused(receiver, purpose, denied.outcome(), refusal.at(missing.get().path()),
                    ruled);
        }
        var nothingOfAnybody = nothingOfAnybody(ruled);
        if (nothingOfAnybody.isPresent()) {
            return ReceiverDecision.refused(receiver, purpose, nothingOfAnybody.get().outcome(),
                    nothingOfAnybody.get().refusal(), ruled);
        }
        var minimised = Minimisation.minimise(matter.type(), matter.content(), matter.persons(), ruled);
        if (minimised.content().root().children().isEmpty()) {
            return ReceiverDecision.refused(receiver, purpose, DecisionOutcome.DENY, Refusal.of(Reason.NO_GROUND),
                    ruled);
        }
        return ReceiverDecision.permitted(receiver, purpose, minimised, ruled);
    }

    /**
     * A message about persons of which nothing about any person may be given is an empty shell: refused with what would
     * repair it, rather than delivered without what it is about.
     */
    private static Optional<Denied> nothingOfAnybody(Map<DataClass, Ruling> ruled) {
        var aboutPersons = ruled.entrySet().stream().filter(entry -> entry.getKey().person().isPresent())
                .map(Map.Entry::getValue).toList();
        if (aboutPersons.stream().anyMatch(Ruling::permits)) {
            return Optional.empty();
        }
        var denied = aboutPersons.stream().map(Denied.class::cast).toList();
        return denied.stream().filter(ruling -> ruling.outcome() != DecisionOutcome.DENY).findFirst()
                .or(() -> denied.stream().filter(ruling -> !LEFT_OUT.equals(ruling)).findFirst())
                .or(() -> denied.stream().findFirst());
    }

    private PolicyQuestion question(Matter matter, Party receiver, Purpose purpose, Circumstances circumstances,
            Organisation organisation, DataClass data) {
        var file = circumstances.file();
        var subject = data.person().flatMap(file::roleOf).map(PersonRole::code).orElse(PolicyQuestion.NOBODY);
        var consented = data.person().isPresent() && circumstances.consents().stream()
                .anyMatch(consent -> consent.covers(data.person().get(), purpose, matter.sender(),
                        receiver, data.category(), circumstances.now()));
        var threat = data.person().isPresent() && file.servesSomebodyProtectedFrom(receiver, data.person().get());
        Set<String> serves = receiver.serves().stream().map(PersonRole::code).collect(Collectors.toSet());
        return new PolicyQuestion(receiver.function().code(), serves, matter.type().name().name(), data.category(),
                subject,
                new Facts(matter.sender().function().code(), purpose.code(), matter.phase().name(),
                        partners.agreementsBetween(matter.sender().oin(), receiver.oin(), circumstances.now()),
                        consented, matter.type().weighed(matter.content(), circumstances.now()), false,
                        matter.framework().orElse("GEEN"), file.hasMinors(), matter.urgent(),
                        threat, keepsSealedPartsApart(receiver), organisation.ownGroundForBsn(), matter.safetyEffect(),
                        matter.phase() == Phase.AFGESLOTEN, file.hearsAfterClosure(receiver),
                        matter.type().correctsOrRecalls()));
    }

    private boolean keepsSealedPartsApart(Party receiver) {
        return partners.endpointOf(receiver.oin(), receiver.function()).map(Endpoint::separation)
                .map(Separation::ofSealedParts).orElse(false);
    }
}
