package nl.ketenpoort.receipt.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Element;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.delivery.DeliveryId;
import nl.ketenpoort.delivery.DeliveryWriting;
import nl.ketenpoort.delivery.DeliveryWriting.DeliveryDocument;
import nl.ketenpoort.evidence.Digest;
import nl.ketenpoort.evidence.Salt;
import nl.ketenpoort.messagetype.Content;
import nl.ketenpoort.messagetype.Content.Branch;
import nl.ketenpoort.messagetype.Content.Leaf;
import nl.ketenpoort.messagetype.Content.Node;
import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.messagetype.PersonRole;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.messagetype.TypeName;
import nl.ketenpoort.messagetype.xml.MessageTypesWiring;
import nl.ketenpoort.messagetype.xml.MessageTypesWiring.Catalogue;
import nl.ketenpoort.minimisation.Minimised;
import nl.ketenpoort.partner.Bsn;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.signature.KeysUnusable;
import nl.ketenpoort.signature.MessageId;
import nl.ketenpoort.validation.Envelope.NamedPerson;
import nl.ketenpoort.validation.StoredMessages;
import nl.ketenpoort.validation.xml.ExampleMessages;
import nl.ketenpoort.validation.xml.ExampleMessages.Example;
import nl.ketenpoort.validation.xml.ValidationWiring;

class XmlDeliveryWritingTest {

    private static final ReceiptKey KEY = ReceiptKey.create();
    private static final Catalogue CATALOGUE = MessageTypesWiring.catalogue(() -> Instant.EPOCH);
    private static final StoredMessages STORED = ValidationWiring.over(CATALOGUE).stored();
    private static final DeliveryWriting WRITING = ReceiptWiring.deliveries(CATALOGUE, KEY.key(), KEY.certificate());
    private static final Salt SALT = new Salt(Digest.of(new byte[]{7}).bytes());

    @TestFactory
    Stream<DynamicTest> everyExampleIsDeliveredWholeAndItsHerkomstVerifies() {
        return each(message -> {
            var written = WRITING.write(document(message.type().name(), message.content(), List.of()));
            SignedElements.demandValid(CATALOGUE.envelope(), written.bezorging());
            SignedElements.demandValid(CATALOGUE.envelope(), written.bezorgenVerzoek());
            demandGenuine(written);
            assertThat(SignedElements.text(SignedElements.parse(written.bezorging()), "omvang")).isEqualTo("volledig");
        });
    }

    @TestFactory
    Stream<DynamicTest> whatIsLeftWithOnlyTheEssentialIsValidAsDelivered() {
        return each(message -> {
            var left = new Content(message.content().namespace(),
                    (Branch) essential(message.content().root(), "", message.type().essential()).orElseThrow());
            var written = WRITING.write(document(message.type().name(), left, List.of("toelichting")));
            demandGenuine(written);
            assertThat(SignedElements.text(SignedElements.parse(written.bezorging()), "omvang"))
                    .isEqualTo("geminimaliseerd");
        });
    }

    @Test
    void theSameDocumentHasTheSameBytes() {
        var message = aViolation();
        var document = document(message.type().name(), message.content(), List.of());
        assertThat(WRITING.write(document).bezorging()).isEqualTo(WRITING.write(document).bezorging());
    }

    @Test
    void anAlteredHerkomstDoesNotVerify() {
        var message = aViolation();
        var bytes = WRITING.write(document(message.type().name(), message.content(), List.of())).bezorging();
        for (var name : List.of("berichtId", "ontvangen", "digestOrigineel", "digestBezorgd", "zout", "certificaat",
                "omvang", "auditblad")) {
            var document = SignedElements.parse(bytes);
            var altered = SignedElements.all(document, name).getFirst();
            altered.setTextContent(altered.getTextContent() + "0");
            assertThat(SignedElements.verifies(SignedElements.all(document, "herkomst").getFirst(),
                    KEY.certificate().getPublicKey())).as(name).isFalse();
        }
    }

    @Test
    void everyCharacterOfATextArrives() {
        var message = aViolation();
        var text = "a < b & c > d \"e\" 'f'\r\nnext\tline \uD83D\uDE4F é ]]>";
        var changed = replaced(message.content(), "toelichting", text);
        var written = WRITING.write(document(message.type().name(), changed, List.of()));
        demandGenuine(written);
        var document = SignedElements.parse(written.bezorging());
        var content = (Element) SignedElements.all(document, "inhoud").getFirst().getFirstChild();
        assertThat(content.getLastChild().getTextContent()).isEqualTo(text);
    }

    @Test
    void identifyingDataGoesOnlyWithWhomeverTheDecisionLeftItTo() {
        var message = aViolation();
        var person = new NamedPerson(new PersonId("uhg1"), new PersonRole("UITHUISGEPLAATSTE"),
                Optional.of(new Bsn("999990019")), Optional.of("Piet Voorbeeld"),
                Optional.of(LocalDate.of(1980, 2, 3)));
        var named = document(message.type().name(), message.content(), List.of(person), List.of());
        var unnamed = document(message.type().name(), message.content(), List.of(person.unidentified()), List.of());
        assertThat(SignedElements.text(SignedElements.parse(WRITING.write(named).bezorging()), "bsn"))
                .isEqualTo("999990019");
        assertThat(new String(WRITING.write(unnamed).bezorging(), StandardCharsets.UTF_8)).doesNotContain("999990019")
                .doesNotContain("Voorbeeld").doesNotContain("1980-02-03").contains("uhg1");
    }

    @Test
    void contentThatIsNotValidAsDeliveredIsAFaultOfOursThatNamesNoValue() {
        var message = aViolation();
        var wrong = replaced(message.content(), "overtreding/soort", "GEHEIM");
        assertThatThrownBy(() -> WRITING.write(document(message.type().name(), wrong, List.of())))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("overtreding/soort")
                .hasMessageNotContaining("GEHEIM").hasNoCause();
    }

    @Test
    void aKeyThatDoesNotSignNowIsNoFaultOfTheContent() throws GeneralSecurityException {
        var otherKind = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate();
        var writing = ReceiptWiring.deliveries(CATALOGUE, otherKind, KEY.certificate());
        var message = aViolation();
        assertThatExceptionOfType(KeysUnusable.class)
                .isThrownBy(() -> writing.write(document(message.type().name(), message.content(), List.of())));
    }

    @Test
    void anEssentialLeafThatIsMissingIsAFaultOfOurs() {
        var message = aViolation();
        var wrong = message.content().keeping(leaf -> !leaf.path().equals("overtreding/status"));
        assertThatThrownBy(() -> WRITING.write(document(message.type().name(), wrong, List.of())))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("overtreding");
    }

    /** What a partner checks before he confirms. */
    private static void demandGenuine(DeliveryWriting.WrittenDelivery written) {
        var document = SignedElements.parse(written.bezorgenVerzoek());
        var herkomst = SignedElements.all(document, "herkomst").getFirst();
        assertThat(SignedElements.verifies(herkomst, KEY.certificate().getPublicKey())).isTrue();
        var inhoud = SignedElements.all(document, "inhoud").getFirst();
        var digest = SALT.commit(SignedDocument.canonical(inhoud.getFirstChild()));
        assertThat(digest).isEqualTo(written.delivered());
        assertThat(SignedElements.text(document, "digestBezorgd")).isEqualTo(digest.base64());
    }

    private interface Delivering {
        void deliver(StoredMessages.ReadMessage message) throws Exception;
    }

    private static Stream<DynamicTest> each(Delivering delivering) {
        return ExampleMessages.accepted().stream().map(example -> dynamicTest(example.toString(),
                () -> delivering.deliver(STORED.read(example.inSoap()))));
    }

    private static StoredMessages.ReadMessage aViolation() {
        return ExampleMessages.accepted().stream().filter(example -> example.file().equals("politie-bij-de-woning.xml"))
                .map(Example::inSoap).map(STORED::read).findFirst().orElseThrow();
    }

    /** What is left of a node when only the essential may be given; a container stays when whom it is about does. */
    private static Optional<Node> essential(Node node, String at, Set<String> paths) {
        return switch (node) {
            case Leaf leaf -> paths.contains(at) ? Optional.of(leaf) : Optional.empty();
            case Branch branch -> {
                var left = branch.children().stream()
                        .flatMap(child -> essential(child, at.isEmpty() ? child.name() : at + "/" + child.name(), paths)
                                .stream())
                        .toList();
                yield left.isEmpty() && !paths.contains(at + "/@betreft")
                        ? Optional.empty()
                        : Optional.of(new Branch(branch.name(), branch.concerns(), left));
            }
        };
    }

    private static Content replaced(Content content, String path, String value) {
        return new Content(content.namespace(), (Branch) replaced(content.root(), "", path, value));
    }

    private static Node replaced(Node node, String at, String path, String value) {
        return switch (node) {
            case Leaf leaf -> at.equals(path) ? new Leaf(leaf.name(), leaf.concerns(), value) : leaf;
            case Branch branch -> new Branch(branch.name(), branch.concerns(),
                    branch.children().stream().map(child -> replaced(child,
                            at.isEmpty() ? child.name() : at + "/" + child.name(), path, value)).toList());
        };
    }

    private static DeliveryDocument document(TypeName type, Content content, List<String> omitted) {
        return document(type, content, List.of(), omitted);
    }

    private static DeliveryDocument document(TypeName type, Content content, List<NamedPerson> persons,
            List<String> omitted) {
        return new DeliveryDocument(new DeliveryId(UUID.fromString("0b1f8a52-6f3a-4b6b-9a55-9d9d4a0a1b11")), 3,
                CaseId.parse("3f8a1c2e-6b1d-4c55-9a67-0d8a5e1b2c33"), type, new Oin("00000099000000010000"),
                new PartnerFunction("POLITIE"),
                new Party(new Oin("00000099000000030000"), new PartnerFunction("ZC_UHG"), Set.of()),
                new Purpose("TOEZICHT_NALEVING"), true, new Minimised(content, persons, omitted),
                Optional.of(new MessageId("urn:uuid:earlier")), new MessageId("urn:uuid:original"),
                Instant.parse("2026-11-14T21:40:00Z"), Digest.of(new byte[]{1}), SALT, Digest.of(new byte[]{3}),
                Digest.of(new byte[]{4}));
    }
}
