package nl.ketenpoort.casefile;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.messagetype.PersonRole;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.signature.MessageId;

/**
 * A case as it stands at one moment.
 *
 * @param id number
 * @param phase phase
 * @param parties who has which function
 * @param persons whom it is about
 * @param protections who is protected from whom
 * @param requested parties that a request brought in, each for that request only
 * @param regie who holds regie, or held it last; empty when nobody ever did
 * @param ban period of the ban
 */
public record CaseFile(CaseId id, Phase phase, List<Party> parties, List<RequestedParty> requested,
        List<PersonInCase> persons, List<ProtectedFrom> protections, Optional<Party> regie,
        Ban ban) {

    /** Copies the lists. */
    public CaseFile {
        Objects.requireNonNull(id);
        Objects.requireNonNull(phase);
        Objects.requireNonNull(ban);
        parties = List.copyOf(parties);
        requested = List.copyOf(requested);
        persons = List.copyOf(persons);
        protections = List.copyOf(protections);
    }

    /**
     * A party that came into the case by a request: it may receive and answer that request, and nothing else.
     *
     * @param party organisation in its function, serving whom this request, or one before it, is about
     * @param request MessageID of the request
     */
    public record RequestedParty(Party party, MessageId request) {}

    /** Whether the organisation has any function in this case, if only to answer a request. */
    public boolean involves(Oin oin) {
        return participates(oin) || requested.stream().anyMatch(party -> party.party().oin().equals(oin));
    }

    /** Whether the organisation has a function in this case that is not bound to one request. */
    public boolean participates(Oin oin) {
        return partiesOf(oin).findAny().isPresent();
    }

    /** Every function of the organisation in this case that is not bound to one request. */
    public Stream<Party> partiesOf(Oin oin) {
        return parties.stream().filter(party -> party.oin().equals(oin)).map(this::whole);
    }

    /** The organisation in that function as it may answer this request, serving all whom it serves in this case. */
    public Optional<Party> partyAnswering(Oin oin, PartnerFunction function, MessageId request) {
        return requested.stream().filter(party -> party.request().equals(request)).map(RequestedParty::party)
                .filter(party -> party.oin().equals(oin) && party.function().equals(function)).findFirst()
                .map(this::whole);
    }

    /**
     * The organisation in that function by everything it was asked in this case: it serves whomever one of the requests is
     * about. Empty for one that was asked nothing.
     */
    public Optional<Party> asked(Oin oin, PartnerFunction function) {
        return requested.stream().map(RequestedParty::party)
                .filter(party -> party.oin().equals(oin) && party.function().equals(function)).findFirst()
                .map(this::whole);
    }

    /**
     * The party to which this message goes: one of the case, or one the message itself brings in; serving all whom it serves
     * in this case.
     */
    public Optional<Party> receiver(Oin oin, PartnerFunction function, MessageId message) {
        return party(oin, function).map(this::whole).or(() -> partyAnswering(oin, function, message));
    }

    /** A team that two requests bring in is one team: it serves whom either is about. */
    private Party whole(Party party) {
        return new Party(party.oin(), party.function(), everybody().filter(party::isSame)
                .flatMap(same -> same.serves().stream()).collect(Collectors.toSet()));
    }

    private Stream<Party> everybody() {
        return Stream.concat(parties.stream(), requested.stream().map(RequestedParty::party));
    }

    /** The case as it is once these requests are accepted. */
    public CaseFile withRequested(List<RequestedParty> more) {
        var all = new ArrayList<>(requested);
        all.addAll(more);
        return new CaseFile(id, phase, parties, all, persons, protections, regie, ban);
    }

    /** The organisation in that function, if it has it here. */
    public Optional<Party> party(Oin oin, PartnerFunction function) {
        return parties.stream().filter(party -> party.oin().equals(oin) && party.function().equals(function))
                .findFirst();
    }

    /** Everybody with the function. A group name gives each member; {@code REGIEHOUDER} whoever holds regie. */
    public List<Party> withFunction(PartnerFunction function) {
        if (function.equals(PartnerFunction.REGIEHOUDER)) {
            return regie.stream().toList();
        }
        var wanted = function.members().collect(Collectors.toSet());
        return parties.stream().filter(party -> wanted.contains(party.function())).toList();
    }

    /** Every function the organisation has in this case, also one that only answers a request. */
    public Stream<Party> functionsOf(Oin oin) {
        return everybody().filter(party -> party.oin().equals(oin)).map(this::whole).distinct();
    }

    /** The role of a person; empty for one who is not in this case. */
    public Optional<PersonRole> roleOf(PersonId person) {
        return persons.stream().filter(known -> known.id().equals(person)).map(PersonInCase::role).findFirst();
    }

    /** Whether the party serves this person. */
    public boolean serves(Party party, PersonId person) {
        return roleOf(person).filter(party.serves()::contains).isPresent();
    }

    /**
     * Whether the party serves somebody from whom this person is protected: then it must not learn where the person is
     * (KP-5201 of {@code policies/safety.cedar}; AVG art. 25 and 32).
     */
    public boolean servesSomebodyProtectedFrom(Party party, PersonId person) {
        Set<PersonId> dangerous = protections.stream().filter(pair -> pair.who().equals(person))
                .map(ProtectedFrom::from).collect(Collectors.toSet());
        return persons.stream()
                .anyMatch(known -> dangerous.contains(known.id()) && party.serves().contains(known.role()));
    }

    /**
     * Whether the party is no one to speak for this person: it serves somebody he is protected from, or his other side and
     * not him.
     */
    public boolean servesTheOtherSideOf(Party party, PersonId person) {
        var role = roleOf(person);
        boolean onlyTheOther = role.flatMap(PersonRole::otherSide).filter(party.serves()::contains).isPresent()
                && role.filter(party.serves()::contains).isEmpty();
        return onlyTheOther || servesSomebodyProtectedFrom(party, person);
    }

    /** Whether a minor is in the case. */
    public boolean hasMinors() {
        return persons.stream().anyMatch(person -> person.role().code().equals("MINDERJARIGE"));
    }

    /** Whether the case is closed. */
    public boolean closed() {
        return phase == Phase.AFGESLOTEN;
    }

    /** Whether the organisation in that function holds regie, or held it last. */
    public boolean holdsRegie(Party party) {
        return regie.filter(party::isSame).isPresent();
    }

    /** Whether the party is the last holder of regie, or Veilig Thuis: who still hears of danger after closure. */
    public boolean hearsAfterClosure(Party party) {
        return party.function().equals(PartnerFunction.VEILIG_THUIS) || holdsRegie(party);
    }
}
