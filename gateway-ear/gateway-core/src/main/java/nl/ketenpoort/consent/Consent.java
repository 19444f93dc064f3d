package nl.ketenpoort.consent;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.messagetype.Category;
import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.partner.NamedFunction;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.validation.PartnerRequest.RegisterConsent;

/**
 * A consent as registered (AVG art. 6(1)(a), 7 and 9(2)(a)). It holds for one case and is never carried over.
 *
 * @param id number, issued by the gateway
 * @param caseId case
 * @param person whose data
 * @param purpose for what
 * @param from who may give
 * @param to who may receive
 * @param categories which data
 * @param validFrom first moment, inclusive
 * @param validUntil last moment, exclusive
 * @param withdrawn when it was withdrawn, if it was
 * @param registrar who registered it
 */
public record Consent(UUID id, CaseId caseId, PersonId person, Purpose purpose, Set<NamedFunction> from,
        Set<NamedFunction> to, Set<Category> categories, Instant validFrom, Instant validUntil,
        Optional<Instant> withdrawn, Registrar registrar) {

    /** An organisation in the function in which it registered a consent. */
    public record Registrar(Oin oin, PartnerFunction function) {}

    /** Copies the sets. */
    public Consent {
        Objects.requireNonNull(id);
        Objects.requireNonNull(caseId);
        from = Set.copyOf(from);
        to = Set.copyOf(to);
        categories = Set.copyOf(categories);
    }

    /**
     * Whether it covers this part of a message at this moment. Every part must match: a consent is never stretched.
     */
    public boolean covers(PersonId subject, Purpose purpose, Party sender, Party receiver,
            Category category, Instant at) {
        return isOf(subject, purpose, sender, receiver, category) && !at.isBefore(validFrom) && !ended(at);
    }

    /** Whether it covered this part of a message until it was withdrawn or ran out. */
    public boolean covered(PersonId subject, Purpose purpose, Party sender, Party receiver,
            Category category, Instant at) {
        return isOf(subject, purpose, sender, receiver, category) && ended(at);
    }

    /** Whether it says what was asked to be registered: of whom, for what, between whom, which data and when. */
    public boolean says(RegisterConsent asked) {
        return person.equals(asked.person()) && purpose.equals(asked.purpose()) && from.equals(asked.from())
                && to.equals(asked.to()) && categories.equals(asked.categories())
                && stored(validFrom).equals(stored(asked.validFrom()))
                && stored(validUntil).equals(stored(asked.validUntil()));
    }

    private static Instant stored(Instant moment) {
        return moment.truncatedTo(ChronoUnit.MICROS);
    }

    private boolean isOf(PersonId subject, Purpose purpose, Party sender, Party receiver,
            Category category) {
        return person.equals(subject) && this.purpose.equals(purpose) && names(from, sender) && names(to, receiver)
                && categories.contains(category);
    }

    private static boolean names(Set<NamedFunction> named, Party party) {
        return named.stream().anyMatch(one -> one.means(party.oin(), party.function()));
    }

    private boolean ended(Instant at) {
        return withdrawn.isPresent() || !at.isBefore(validUntil);
    }

    /**
     * Whether it is of this party: it is named as one that may give or receive, or the party registered it.
     * Whoever serves the person may know of it too, which the case says ({@code CaseFile.serves}).
     */
    public boolean concerns(Party party) {
        return names(from, party) || names(to, party)
                || registrar.equals(new Registrar(party.oin(), party.function()));
    }
}
