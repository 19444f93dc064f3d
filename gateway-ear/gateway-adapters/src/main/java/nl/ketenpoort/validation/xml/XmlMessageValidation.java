package nl.ketenpoort.validation.xml;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import nl.ketenpoort.messagetype.Content;
import nl.ketenpoort.messagetype.Content.Branch;
import nl.ketenpoort.messagetype.Content.Leaf;
import nl.ketenpoort.messagetype.Content.Node;
import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.messagetype.xml.MessageTypesWiring.Catalogue;
import nl.ketenpoort.refusal.Examined;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;
import nl.ketenpoort.signature.Operation;
import nl.ketenpoort.signature.VerifiedMessage;
import nl.ketenpoort.validation.Envelope;
import nl.ketenpoort.validation.Envelope.NamedPerson;
import nl.ketenpoort.validation.MessageValidation;
import nl.ketenpoort.validation.ValidMessage;

/** A case message is read, then its codes, its persons and then the constraints of its type are checked. */
final class XmlMessageValidation implements MessageValidation {

    static final String ELEMENT = Operation.SEND.wsdlName() + "Verzoek";

    private final BodyReaders readers;
    private final EnvelopeReading envelopes;
    private final Catalogue catalogue;

    XmlMessageValidation(BodyReaders readers, EnvelopeReading envelopes, Catalogue catalogue) {
        this.readers = readers;
        this.envelopes = envelopes;
        this.catalogue = catalogue;
    }

    @Override
    public Examined<ValidMessage> validate(VerifiedMessage verified) {
        return readers.body(verified.body(), ELEMENT).then(body -> {
            var typed = body.typed().orElseThrow();
            return envelopes.read(body.request().child("envelop").orElseThrow(), typed.type())
                    .then(envelope -> checked(envelope, typed.content()).map(Examined::<ValidMessage>refused)
                            .orElseGet(() -> Examined.passed(new ValidMessage(verified,
                                    catalogue.find(typed.type()).orElseThrow(), envelope, typed.content()))));
        });
    }

    private Optional<Refusal> checked(Envelope envelope, Content content) {
        var form = catalogue.form(envelope.type());
        var named = envelope.persons().stream().map(NamedPerson::id).collect(Collectors.toSet());
        return unknownCode(envelope).map(Refusal.of(Reason.SCHEMA_INVALID)::at)
                .or(() -> unnamed(content.root(), "", named, form.personReferences())
                        .map(Refusal.of(Reason.PERSON_UNKNOWN)::at))
                .or(() -> ContentConstraints.broken(form.constraints(), content));
    }

    /**
     * Path of a code that is in no code list. Not asked of a kept message: a value may have ended since. Functions and
     * purposes are refused for each receiver, and the sender's function as one that he does not have.
     */
    private Optional<String> unknownCode(Envelope envelope) {
        if (!envelope.persons().stream().allMatch(person -> catalogue.has("persoonrol", person.role().code()))) {
            return Optional.of("envelop/betrokkenen/persoon/@rol");
        }
        return envelope.framework().filter(code -> !catalogue.has("kader", code)).map(code -> "envelop/kader");
    }

    /** Path of the first element that points to a person whom the envelope does not name. */
    private static Optional<String> unnamed(Node node, String path, Set<PersonId> named, Set<String> references) {
        if (node.concerns().isPresent() && !named.contains(node.concerns().get())) {
            return Optional.of(path.isEmpty() ? "@betreft" : path + "/@betreft");
        }
        return switch (node) {
            case Leaf leaf -> references.contains(path) && !named.contains(new PersonId(leaf.value().strip()))
                    ? Optional.of(path)
                    : Optional.empty();
            case Branch branch -> branch.children().stream()
                    .flatMap(child -> unnamed(child, path.isEmpty() ? child.name() : path + "/" + child.name(), named,
                            references).stream())
                    .findFirst();
        };
    }
}
