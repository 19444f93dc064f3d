package nl.ketenpoort.validation;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.messagetype.PersonRole;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.messagetype.TypeName;
import nl.ketenpoort.partner.Bsn;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.signature.MessageId;

/**
 * What a sender says around the content.
 *
 * @param caseId case; absent in a message that opens one
 * @param type type and version
 * @param senderFunction function the sender acts in
 * @param addressees receivers, each with its own purpose
 * @param allOrNothing whether one refused receiver refuses the whole
 * @param persons persons concerned
 * @param framework kader of youth care, where it is involved
 * @param urgent whether the sender calls it urgent
 * @param reference an earlier message of the same case
 */
public record Envelope(Optional<CaseId> caseId, TypeName type, PartnerFunction senderFunction,
        List<Addressee> addressees, boolean allOrNothing, List<NamedPerson> persons, Optional<String> framework,
        boolean urgent, Optional<MessageId> reference) {

    /** Copies the lists. */
    public Envelope {
        Objects.requireNonNull(type);
        Objects.requireNonNull(senderFunction);
        addressees = List.copyOf(addressees);
        persons = List.copyOf(persons);
    }

    /**
     * A receiver as the sender named it: an OIN, a function, or both.
     *
     * @param oin organisation
     * @param function function
     * @param purpose for which purpose this receiver gets it
     */
    public record Addressee(Optional<Oin> oin, Optional<PartnerFunction> function, Purpose purpose) {}

    /** A person concerned; identifying data only where it is allowed. Its text form shows none of it. */
    public record NamedPerson(PersonId id, PersonRole role, Optional<Bsn> bsn, Optional<String> name,
            Optional<LocalDate> born) {

        /** Whether anything is given that identifies the person outside the case. */
        public boolean identified() {
            return bsn.isPresent() || name.isPresent() || born.isPresent();
        }

        /** The person with nothing that identifies him outside the case. */
        public NamedPerson unidentified() {
            return new NamedPerson(id, role, Optional.empty(), Optional.empty(), Optional.empty());
        }

        @Override
        public String toString() {
            return id + " " + role;
        }
    }
}
