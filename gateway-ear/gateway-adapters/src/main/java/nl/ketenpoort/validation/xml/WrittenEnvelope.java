package nl.ketenpoort.validation.xml;

import java.util.List;
import java.util.Optional;

import jakarta.validation.Valid;

/**
 * The numbers in an envelope that its schema has accepted, with what that schema cannot say as Bean Validation
 * constraints. Its text form shows no value.
 */
record WrittenEnvelope(List<@Valid Receiver> receivers, List<@Valid Person> persons) {

    static WrittenEnvelope of(List<Part> receivers, List<Part> persons) {
        return new WrittenEnvelope(
                receivers.stream().map(receiver -> new Receiver(receiver.value("oin"))).toList(),
                persons.stream().map(person -> new Person(person.value("bsn"))).toList());
    }

    @Override
    public String toString() {
        return "WrittenEnvelope";
    }

    /** A receiver. */
    record Receiver(Optional<@OinNumber(place = "envelop/ontvangers/ontvanger/oin") String> oin) {}

    /** A person concerned. */
    record Person(Optional<@BsnNumber(place = "envelop/betrokkenen/persoon/bsn") String> bsn) {

        @Override
        public String toString() {
            return "Person";
        }
    }
}
