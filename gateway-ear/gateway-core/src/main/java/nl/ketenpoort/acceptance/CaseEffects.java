package nl.ketenpoort.acceptance;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.ketenpoort.casefile.Ban;
import nl.ketenpoort.casefile.CaseFile;
import nl.ketenpoort.casefile.CaseFile.RequestedParty;
import nl.ketenpoort.casefile.CaseFiles;
import nl.ketenpoort.casefile.CaseFiles.NewCase;
import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.casefile.PersonInCase;
import nl.ketenpoort.casefile.Phase;
import nl.ketenpoort.casefile.ProtectedFrom;
import nl.ketenpoort.casefile.Routes;
import nl.ketenpoort.casefile.ThvTerm;
import nl.ketenpoort.evidence.Randomness;
import nl.ketenpoort.messagetype.Content;
import nl.ketenpoort.messagetype.Effect;
import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.minimisation.ReceiverDecision;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.partner.PartnerRegister;
import nl.ketenpoort.refusal.Examined;
import nl.ketenpoort.refusal.Examined.Passed;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;
import nl.ketenpoort.transaction.CaseTime;
import nl.ketenpoort.validation.ValidMessage;

/**
 * Changes the case as the effects of a message's type say; what each effect and attribute means is written in
 * {@code message-schemas/types/manifest-v1.xsd}. Nothing here knows a particular type.
 */
public final class CaseEffects {

    private static final String NOBODY_TOOK_OVER = "REGIE_NOT_TAKEN_OVER";
    private static final String NOBODY_FOR_WHO_STAYS = "REGIE_WITHOUT_ACHTERBLIJVER";
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private final CaseFiles cases;
    private final Routes routes;
    private final PartnerRegister partners;
    private final Randomness randomness;
    private final CaseTime caseTime;

    /** Over these cases and routes. */
    public CaseEffects(CaseFiles cases, Routes routes, PartnerRegister partners, Randomness randomness,
            CaseTime caseTime) {
        this.cases = cases;
        this.routes = routes;
        this.partners = partners;
        this.randomness = randomness;
        this.caseTime = caseTime;
    }

    /** Opens the case; refused when the message may not open one, or the municipality has one for this decision. */
    Examined<CaseFile> open(ValidMessage valid) {
        var opening = valid.type().effects(Effect.Kind.OPENS_CASE).stream()
                .filter(effect -> holds(effect, valid.content())).findFirst();
        return opening.map(effect -> open(valid, effect)).orElseGet(() -> Examined.refused(Reason.CASE_REQUIRED));
    }

    private Examined<CaseFile> open(ValidMessage valid, Effect effect) {
        var persons = valid.envelope().persons().stream()
                .map(person -> new PersonInCase(person.id(), person.role())).toList();
        var minors = persons.stream().anyMatch(person -> person.role().code().equals("MINDERJARIGE"));
        var municipality = only(valid.content(), effect.required("gemeente"));
        var today = LocalDate.ofInstant(caseTime.now(), ThvTerm.ZONE);
        var routed = routes.partiesFor(municipality, minors, today);
        if (routed.isEmpty()) {
            return Examined.refused(Reason.ROUTE_MISSING);
        }
        // By the route, not by the participants he names: a sender would give himself the function, and whoever may not
        // open a case here would learn which decisions have one.
        if (routed.stream().noneMatch(party -> party.oin().equals(valid.verified().sender().signer())
                && party.function().equals(valid.envelope().senderFunction()))) {
            return Examined.refused(Reason.SENDER_FUNCTION_NOT_ALLOWED);
        }
        return serving(named(valid, effect), municipality, today)
                .then(named -> open(valid, effect, municipality, withParticipants(routed, named), persons));
    }

    private Examined<CaseFile> open(ValidMessage valid, Effect effect, String municipality, List<Party> parties,
            List<PersonInCase> persons) {
        var id = new CaseId(randomness.id());
        var regie = effect.attribute("regie").map(PartnerFunction::new).flatMap(
                function -> parties.stream().filter(party -> party.function().equals(function)).findFirst());
        boolean created = cases.create(new NewCase(id, municipality, only(valid.content(),
                effect.required("besluitnummer")), parties, persons, regie, caseTime.now()));
        if (!created) {
            return Examined.refused(Reason.CASE_EXISTS);
        }
        return Examined.passed(cases.lock(id).orElseThrow());
    }

    /**
     * The organisations to which the message gives a function in the case, each serving whom the route of the case says that
     * its function serves. Refused when one is not registered in that function; or when the route says nothing of it, because
     * no policy would know whose helper it is.
     */
    Examined<List<Party>> participantsOf(ValidMessage valid, CaseId id) {
        var named = valid.type().effects().stream().flatMap(effect -> named(valid, effect).stream()).distinct()
                .toList();
        return serving(named, id);
    }

    private Examined<List<Party>> serving(List<Participant> named, CaseId id) {
        return named.isEmpty()
                ? Examined.passed(List.of())
                : cases.origin(id).map(origin -> serving(named, origin.municipality(),
                        LocalDate.ofInstant(origin.openedAt(), ThvTerm.ZONE))).orElseThrow();
    }

    private Examined<List<Party>> serving(List<Participant> named, String municipality, LocalDate on) {
        if (!named.stream().allMatch(this::isRegistered)) {
            return Examined.refused(Reason.PARTICIPANT_NOT_REGISTERED);
        }
        var serving = named.stream().flatMap(one -> routes.servedBy(one.function(), municipality, on)
                .map(roles -> new Party(one.oin(), one.function(), roles)).stream()).toList();
        return serving.size() == named.size()
                ? Examined.passed(serving)
                : Examined.refused(Reason.PARTICIPANT_NOT_IN_ROUTE);
    }

    private boolean isRegistered(Participant participant) {
        return partners.find(participant.oin())
                .filter(organisation -> organisation.actsAs(participant.function())).isPresent();
    }

    /**
     * The case with the persons that this message brings into it: before anything is decided, because decisions ask for
     * the role of each person.
     */
    CaseFile withPersonsOf(ValidMessage valid, CaseFile file) {
        var roles = valid.type().effects(Effect.Kind.ADDS_PERSON).stream()
                .filter(effect -> holds(effect, valid.content()))
                .flatMap(effect -> Arrays.stream(effect.required("rollen").strip().split("\\s+")))
                .collect(Collectors.toSet());
        var added = valid.envelope().persons().stream()
                .filter(person -> roles.contains(person.role().code()) && file.roleOf(person.id()).isEmpty())
                .map(person -> new PersonInCase(person.id(), person.role())).toList();
        if (added.isEmpty()) {
            return file;
        }
        cases.addPersons(file.id(), added);
        return cases.lock(file.id()).orElseThrow();
    }

    /**
     * Who is protected from whom by what this message says: applied before anything is decided, so that a message cannot
     * outrun the protection it brings.
     */
    Examined<CaseFile> withProtectionsOf(ValidMessage valid, CaseFile file) {
        var protections = new ArrayList<ProtectedFrom>();
        for (var effect : valid.type().effects()) {
            if (effect.attribute("beschermd.elk").isPresent() && holds(effect, valid.content())) {
                protections.addAll(protections(valid.content(), effect));
            }
        }
        if (protections.isEmpty()) {
            return Examined.passed(file);
        }
        boolean known = protections.stream().flatMap(pair -> Stream.of(pair.who(), pair.from()))
                .allMatch(person -> file.roleOf(person).isPresent());
        if (!known) {
            return Examined.refused(Reason.PERSON_UNKNOWN);
        }
        cases.protect(file.id(), protections);
        return Examined.passed(cases.lock(file.id()).orElseThrow());
    }

    /**
     * The ban of the case as it will be by what this message says of its period, seen from the case as it is: refused
     * where that contradicts when the ban took effect, or how long it may last from then.
     */
    Examined<Ban> banAfter(ValidMessage valid, CaseFile file) {
        var ban = Examined.passed(file.ban());
        for (var effect : valid.type().effects()) {
            if (holds(effect, valid.content())) {
                ban = ban.then(before -> started(before, effect, valid.content()))
                        .then(before -> ended(before, effect, valid.content()));
            }
        }
        return ban;
    }

    /**
     * Regie is taken when it is taken: until then, what is for its holder is for the one who has it. What announces it for
     * later is refused, but for what the clocks of two systems may differ.
     */
    Examined<CaseFile> takesRegieNow(ValidMessage valid, CaseFile file) {
        var latest = caseTime.now().plus(CLOCKS_DIFFER);
        return valid.type().effects(Effect.Kind.TAKES_OVER).stream()
                .filter(effect -> takesRegie(effect) && holds(effect, valid.content()))
                .filter(effect -> moment(valid.content(), effect.attribute("sinds")).filter(latest::isBefore)
                        .isPresent())
                .findFirst().map(effect -> Examined.<CaseFile>refused(
                        Refusal.of(Reason.REGIE_TAKEN_LATER).at(effect.required("sinds"))))
                .orElseGet(() -> Examined.passed(file));
    }

    private static boolean takesRegie(Effect effect) {
        return effect.attribute("regie").filter("ja"::equals).isPresent();
    }

    private static Examined<Ban> started(Ban ban, Effect effect, Content content) {
        return moment(content, effect.attribute("start")).map(start -> keeping(ban.startingAt(start), effect, "start"))
                .orElseGet(() -> Examined.passed(ban));
    }

    private static Examined<Ban> ended(Ban ban, Effect effect, Content content) {
        return moment(content, effect.attribute("einde"))
                .map(end -> keeping(imposes(effect, content) ? ban.imposedUntil(end) : ban.endedAt(end), effect,
                        "einde"))
                .orElseGet(() -> Examined.passed(ban));
    }

    private static Examined<Ban> keeping(Optional<Ban> ban, Effect effect, String place) {
        return ban.map(Examined::passed).orElseGet(
                () -> Examined.refused(Refusal.of(Reason.THV_TERM_INVALID).at(effect.required(place))));
    }

    /** Whether by this effect the ban is imposed or extended; every other only tells or brings forward its end. */
    private static boolean imposes(Effect effect, Content content) {
        return effect.kind() == Effect.Kind.OPENS_CASE || effect.attribute("termijn")
                .map(values -> content.values(effect.required("van")).stream().anyMatch(words(values)::contains))
                .orElse(false);
    }

    /**
     * Everything else, once the message is accepted, in the order of the manifest.
     *
     * @return what somebody must act on, by the names of alarm records
     */
    Set<String> apply(ValidMessage valid, CaseFile file, Party sender, List<ReceiverDecision> permitted) {
        if (banAfter(valid, file) instanceof Passed<Ban>(Ban ban) && !ban.equals(file.ban())) {
            cases.setBan(file.id(), ban);
        }
        var alarms = new TreeSet<String>();
        for (var effect : valid.type().effects()) {
            if (holds(effect, valid.content())) {
                apply(effect, valid, file, sender, permitted).ifPresent(alarms::add);
            }
        }
        return alarms;
    }

    private Optional<String> apply(Effect effect, ValidMessage valid, CaseFile file, Party sender,
            List<ReceiverDecision> permitted) {
        var content = valid.content();
        var now = caseTime.now();
        switch (effect.kind()) {
            case SETS_PHASE -> {
                content.values(effect.required("van")).stream().findFirst().filter(value -> !file.closed())
                        .flatMap(value -> effect.attribute("fase." + value)).map(Phase::valueOf)
                        .ifPresent(phase -> cases.setPhase(file.id(), phase, now));
                if (serving(named(valid, effect), file.id()) instanceof Passed<List<Party>>(List<Party> participants)) {
                    participants.forEach(party -> cases.addParty(file.id(), party, now));
                }
            }
            case TAKES_OVER -> {
                if (takesRegie(effect)) {
                    return regieGoesTo(takingPart(file, sender.oin(), sender.function()), file, now);
                }
            }
            case CLOSES -> {
                cases.setPhase(file.id(), Phase.AFGESLOTEN, now);
                return regieGoesTo(regieAfter(content, effect, file), file, now);
            }
            case ADDS_PARTY -> permitted.stream().map(ReceiverDecision::receiver)
                    .filter(party -> file.party(party.oin(), party.function()).isEmpty()
                            || file.asked(party.oin(), party.function()).isPresent())
                    .forEach(party -> cases.addRequested(file.id(),
                            new RequestedParty(party, valid.verified().messageId()), now));
            case OPENS_CASE, ADDS_PERSON, ANSWERS, CORRECTS, RECALLS -> {
                // A case is opened, and persons come into it, before the decision; the others change no case.
            }
        }
        return Optional.empty();
    }

    /**
     * Whoever holds regie is a party of the case, whatever brought him into it: he hears all that goes to the holder of
     * regie, and writes of his own accord. If nobody takes it over, it stays with whoever has it, and somebody must act; so
     * too when it goes to one who serves only the other partner: what is for the holder of regie alone is then heard by
     * nobody who looks after the one who stays.
     */
    private Optional<String> regieGoesTo(Optional<Party> holder, CaseFile file, Instant now) {
        holder.ifPresent(party -> {
            cases.addParty(file.id(), party, now);
            cases.setRegie(file.id(), party);
        });
        return holder.isEmpty() ? Optional.of(NOBODY_TOOK_OVER)
                : holder.flatMap(party -> file.functionsOf(party.oin()).filter(party::isSame).findFirst())
                        .filter(Party::servesWhoWasBannedAndNotWhoStays).map(party -> NOBODY_FOR_WHO_STAYS);
    }

    /** Where only the function is named, it must mean one party: a guess would tell the wrong one of danger. */
    private static Optional<Party> regieAfter(Content content, Effect effect, CaseFile file) {
        var function = first(content, effect.attribute("regiefunctie")).map(PartnerFunction::new);
        var oin = first(content, effect.attribute("regieoin")).filter(Oin::valid).map(Oin::new);
        if (oin.isPresent()) {
            return function.flatMap(named -> takingPart(file, oin.get(), named));
        }
        return function.map(file::withFunction).filter(parties -> parties.size() == 1).map(List::getFirst);
    }

    private static Optional<Party> takingPart(CaseFile file, Oin oin, PartnerFunction function) {
        return file.party(oin, function).or(() -> file.asked(oin, function));
    }

    private static boolean holds(Effect effect, Content content) {
        var path = effect.attribute("pad");
        if (path.isEmpty()) {
            return true;
        }
        return content.values(path.get()).stream().anyMatch(words(effect.required("waarden"))::contains);
    }

    private static Set<String> words(String values) {
        return Set.copyOf(Arrays.asList(values.strip().split("\\s+")));
    }

    private static List<ProtectedFrom> protections(Content content, Effect effect) {
        return content.parts(effect.required("beschermd.elk")).stream()
                .map(part -> new ProtectedFrom(person(part, effect.required("beschermd.persoon")),
                        person(part, effect.required("beschermd.tegen")),
                        Content.moment(only(part, effect.required("beschermd.sinds")))))
                .toList();
    }

    /** An organisation that the message gives a function in the case. */
    private record Participant(Oin oin, PartnerFunction function) {}

    private static List<Participant> named(ValidMessage valid, Effect effect) {
        return effect.attribute("deelnemer.elk").filter(path -> holds(effect, valid.content()))
                .map(valid.content()::parts).orElse(List.of()).stream()
                .map(part -> new Participant(new Oin(only(part, effect.required("deelnemer.oin"))),
                        new PartnerFunction(only(part, effect.required("deelnemer.functie")))))
                .toList();
    }

    /** Participants that the message names take the place of the one in the route that has their function. */
    private static List<Party> withParticipants(List<Party> routed, List<Party> named) {
        var functions = named.stream().map(Party::function).collect(Collectors.toSet());
        return Stream.concat(routed.stream().filter(party -> !functions.contains(party.function())),
                named.stream().distinct()).toList();
    }

    private static PersonId person(Content part, String path) {
        return path.equals("@betreft")
                ? part.root().concerns().orElseThrow(() -> new IllegalStateException("the schema demands betreft"))
                : new PersonId(only(part, path));
    }

    private static Optional<Instant> moment(Content content, Optional<String> path) {
        return first(content, path).map(Content::moment);
    }

    private static Optional<String> first(Content content, Optional<String> path) {
        return path.flatMap(given -> content.values(given).stream().findFirst());
    }

    private static String only(Content content, String path) {
        return content.values(path).stream().findFirst()
                .orElseThrow(() -> new IllegalStateException("the schema demands " + path));
    }
}
