package nl.ketenpoort.validation.xml;

import java.lang.annotation.ElementType;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.MessageInterpolator;
import jakarta.validation.Path;
import jakarta.validation.TraversableResolver;
import jakarta.validation.Validation;
import jakarta.validation.Validator;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.messagetype.PersonRole;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.messagetype.TypeName;
import nl.ketenpoort.partner.Bsn;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.refusal.Examined;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;
import nl.ketenpoort.signature.MessageId;
import nl.ketenpoort.validation.Envelope;
import nl.ketenpoort.validation.Envelope.Addressee;
import nl.ketenpoort.validation.Envelope.NamedPerson;

/** Turns an envelope that its schema has accepted into values. */
final class EnvelopeReading {

    private static final String PERSON = "envelop/betrokkenen/persoon";

    private final Validator constraints;

    EnvelopeReading() {
        try (var factory = Validation.byDefaultProvider().configure().messageInterpolator(new NothingFilledIn())
                .traversableResolver(new AllOfIt()).buildValidatorFactory()) {
            constraints = factory.getValidator();
        }
    }

    Examined<Envelope> read(Part envelope, TypeName type) {
        var receivers = envelope.child("ontvangers").map(all -> all.all("ontvanger")).orElse(List.of());
        var persons = envelope.child("betrokkenen").map(all -> all.all("persoon")).orElse(List.of());
        var violations = constraints.validate(WrittenEnvelope.of(receivers, persons));
        if (!violations.isEmpty()) {
            return Examined.refused(refusal(violations));
        }
        var ids = new HashSet<String>();
        if (!persons.stream().allMatch(person -> ids.add(person.attribute("id")))) {
            return Examined.refused(Refusal.of(Reason.SCHEMA_INVALID).at(PERSON));
        }
        return Examined.passed(new Envelope(envelope.value("casus").map(CaseId::parse), type,
                new PartnerFunction(envelope.required("zenderfunctie")),
                receivers.stream().map(EnvelopeReading::addressee).toList(), allOrNothing(envelope),
                persons.stream().map(EnvelopeReading::person).toList(), envelope.value("kader"),
                envelope.required("spoed").equals("SPOED"), envelope.value("verwijzing").map(MessageId::new)));
    }

    private static boolean allOrNothing(Part envelope) {
        return envelope.child("ontvangers").map(all -> all.attributes().get("allesOfNiets")).map(Values::bool)
                .orElse(false);
    }

    private static Addressee addressee(Part receiver) {
        return new Addressee(receiver.value("oin").map(Oin::new), receiver.value("functie").map(PartnerFunction::new),
                new Purpose(receiver.required("doel")));
    }

    private static NamedPerson person(Part person) {
        return new NamedPerson(new PersonId(person.attribute("id")),
                new PersonRole(person.attribute("rol")), person.value("bsn").map(Bsn::new),
                person.child("naam").map(Part::text), person.value("geboortedatum").map(Values::date));
    }

    /** One of the violations, always the same one for the same envelope. */
    private static Refusal refusal(Set<ConstraintViolation<WrittenEnvelope>> violations) {
        return violations.stream()
                .map(violation -> Refusal.of(Reason.valueOf(violation.getMessage())).at(
                        String.valueOf(violation.getConstraintDescriptor().getAttributes().get("place"))))
                .min(Comparator.comparing(Refusal::description)).orElseThrow();
    }

    /** Everything is in memory: the provider need not ask JPA whether a property is loaded. */
    private static final class AllOfIt implements TraversableResolver {

        @Override
        public boolean isReachable(Object traversable, Path.Node property, Class<?> root, Path path, ElementType type) {
            return true;
        }

        @Override
        public boolean isCascadable(Object traversable, Path.Node property, Class<?> root, Path path,
                ElementType type) {
            return true;
        }
    }

    /** Messages are names of reasons: nothing is filled in, so that no value can get into one. */
    private static final class NothingFilledIn implements MessageInterpolator {

        @Override
        public String interpolate(String template, Context context) {
            return template;
        }

        @Override
        public String interpolate(String template, Context context, Locale locale) {
            return template;
        }
    }
}
