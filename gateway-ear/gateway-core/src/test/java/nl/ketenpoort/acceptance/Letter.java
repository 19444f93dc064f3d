package nl.ketenpoort.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.messagetype.Content;
import nl.ketenpoort.messagetype.Content.Node;
import nl.ketenpoort.messagetype.MessageType;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.messagetype.Trees;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.signature.MessageId;
import nl.ketenpoort.validation.Envelope;
import nl.ketenpoort.validation.Envelope.Addressee;
import nl.ketenpoort.validation.Envelope.NamedPerson;

/** A case message of a test, as its sender would write it. */
public final class Letter {

    private final MessageType type;
    private MessageId id = new MessageId("urn:uuid:eerste");
    private Oin sender;
    private PartnerFunction function;
    private Optional<CaseId> caseId = Optional.empty();
    private final List<Addressee> addressees = new ArrayList<>();
    private final List<NamedPerson> persons = new ArrayList<>();
    private Optional<MessageId> reference = Optional.empty();
    private boolean allOrNothing;
    private boolean urgent;
    private List<Node> content = List.of();

    private Letter(MessageType type, Oin sender, PartnerFunction function) {
        this.type = type;
        this.sender = sender;
        this.function = function;
    }

    public static Letter from(Oin sender, PartnerFunction function, MessageType type) {
        return new Letter(type, sender, function);
    }

    /** The same letter under another MessageID. */
    public Letter as(String messageId) {
        id = new MessageId("urn:uuid:" + messageId);
        return this;
    }

    public Letter in(CaseId number) {
        caseId = Optional.of(number);
        return this;
    }

    public Letter to(PartnerFunction receiver, Purpose purpose) {
        addressees.add(new Addressee(Optional.empty(), Optional.of(receiver), purpose));
        return this;
    }

    public Letter to(Oin receiver, Purpose purpose) {
        addressees.add(new Addressee(Optional.of(receiver), Optional.empty(), purpose));
        return this;
    }

    public Letter about(NamedPerson person) {
        persons.add(person);
        return this;
    }

    public Letter referringTo(MessageId earlier) {
        reference = Optional.of(earlier);
        return this;
    }

    public Letter allOrNothing() {
        allOrNothing = true;
        return this;
    }

    public Letter urgently() {
        urgent = true;
        return this;
    }

    public Letter saying(Node... nodes) {
        content = List.of(nodes);
        return this;
    }

    /** Signed by another than the one who wrote it. */
    public Letter signedBy(Oin other) {
        sender = other;
        return this;
    }

    public MessageId id() {
        return id;
    }

    Oin sender() {
        return sender;
    }

    MessageType type() {
        return type;
    }

    Content content() {
        return Trees.content(type.name().name(), content.toArray(Node[]::new));
    }

    Envelope envelope() {
        return new Envelope(caseId, type.name(), function, addressees, allOrNothing, persons, Optional.empty(), urgent,
                reference);
    }

    /** Body as text: all that the sender says, and not who or under which MessageID. */
    String text() {
        return envelope() + " " + content().leaves().stream().map(leaf -> leaf.path() + "=" + leaf.value()).toList();
    }
}
