package nl.ketenpoort.validation.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

import nl.ketenpoort.casefile.CaseId;
import nl.ketenpoort.messagetype.Content;
import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.messagetype.TypeName;
import nl.ketenpoort.messagetype.xml.MessageTypesWiring;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;
import nl.ketenpoort.refusal.Examined;
import nl.ketenpoort.refusal.Examined.Passed;
import nl.ketenpoort.refusal.Examined.Refused;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;
import nl.ketenpoort.validation.Envelope.Addressee;
import nl.ketenpoort.validation.Envelope.NamedPerson;
import nl.ketenpoort.validation.ValidMessage;
import nl.ketenpoort.validation.xml.ExampleMessages.Example;

class XmlMessageValidationTest {

    private static final ValidationWiring.Ports PORTS = ValidationWiring
            .over(MessageTypesWiring.catalogue(() -> Instant.parse("2026-11-15T12:00:00Z")));
    private static final String MARKER = "GEHEIM7391";
    private static final String VIOLATION = example("politie-bij-de-woning.xml");

    @Test
    void theEnvelopeIsReadAsValues() {
        var message = valid(VIOLATION.replace("<kp:ontvangers>", "<kp:ontvangers allesOfNiets=\"true\">")
                .replace("<kp:persoon id=\"uhg1\" rol=\"UITHUISGEPLAATSTE\"/>",
                        "<kp:persoon id=\"uhg1\" rol=\"UITHUISGEPLAATSTE\"><kp:bsn>999990019</kp:bsn>"
                                + "<kp:naam>Piet Voorbeeld</kp:naam><kp:geboortedatum>1980-02-29Z</kp:geboortedatum></kp:persoon>"));
        var envelope = message.envelope();
        assertThat(envelope.caseId()).contains(CaseId.parse("3f8a1c2e-6b1d-4c55-9a67-0d8a5e1b2c33"));
        assertThat(envelope.type()).isEqualTo(new TypeName("overtredingsmelding", 1));
        assertThat(envelope.senderFunction()).isEqualTo(new PartnerFunction("POLITIE"));
        assertThat(envelope.allOrNothing()).isTrue();
        assertThat(envelope.urgent()).isTrue();
        assertThat(envelope.addressees()).contains(
                new Addressee(Optional.empty(), Optional.of(PartnerFunction.ZORGCOORDINATIE),
                        new Purpose("TOEZICHT_NALEVING")),
                new Addressee(Optional.of(new Oin("00000099000000060000")), Optional.of(new PartnerFunction("GI")),
                        new Purpose("TOEZICHT_NALEVING")));
        var person = envelope.persons().stream().filter(NamedPerson::identified).findFirst().orElseThrow();
        assertThat(person.bsn().orElseThrow().digits()).isEqualTo("999990019");
        assertThat(person.name()).contains("Piet Voorbeeld");
        assertThat(person.born()).contains(LocalDate.of(1980, 2, 29));
    }

    @Test
    void theContentIsATreeWithTheTextsAsTheyWereWritten() {
        var message = valid(VIOLATION.replaceFirst("(<toelichting betreft=\"ab1\">)[^<]*",
                "$1  twee &#13;\n regels &amp; <!-- x -->meer "));
        assertThat(message.content().namespace()).isEqualTo("urn:nl:ketenpoort:type:overtredingsmelding:v1");
        assertThat(message.content().root().name()).isEqualTo("overtredingsmelding");
        assertThat(message.content().values("toelichting")).containsExactly("  twee \r\n regels & meer ");
        assertThat(message.content().values("overtreding/bron/soort")).hasSize(2);
        var leaf = message.content().leaves().stream().filter(one -> one.path().equals("overtreding/bron/soort"))
                .findFirst().orElseThrow();
        assertThat(leaf.person()).contains(new PersonId("uhg1"));
        assertThat(message.content().root().children()).noneMatch(node -> node.name().isBlank());
    }

    @Test
    void prefixesAndOrderOfAttributesDoNotMatter() {
        var prefixed = VIOLATION.replaceAll("<(/?)([a-z][A-Za-z]*)([ >/])", "<$1t:$2$3")
                .replace("xmlns=\"urn:nl:ketenpoort:type", "xmlns:t=\"urn:nl:ketenpoort:type");
        assertThat(prefixed).contains("<t:overtreding ");
        assertThat(valid(prefixed).content()).isEqualTo(valid(VIOLATION).content());
    }

    @Test
    void aRefusalNamesTheFieldThatIsWrong() {
        assertRefused(Reason.SCHEMA_INVALID, "[overtreding/soort]",
                VIOLATION.replace("<soort>OPHOUDEN_BIJ_WONING<", "<soort>RUZIE<"));
        assertRefused(Reason.SCHEMA_INVALID, "[overtreding/tijdstip]",
                VIOLATION.replace("<status>BEVESTIGD</status>", ""));
        assertRefused(Reason.SCHEMA_INVALID, "[envelop/casus]", VIOLATION.replace("<kp:casus>3f", "<kp:casus>ZZ"));
        assertRefused(Reason.SCHEMA_INVALID, "[envelop/ontvangers/ontvanger/doel]",
                VIOLATION.replace("<kp:doel>TOEZICHT_NALEVING<", "<kp:doel>toezicht<"));
    }

    @Test
    void anElementThatASenderMadeUpIsNotRepeated() {
        assertRefused(Reason.SCHEMA_INVALID, "[overtreding]",
                VIOLATION.replace("<status>", "<GEHEIM7391>x</GEHEIM7391><status>"));
        assertRefused(Reason.SCHEMA_INVALID, "[envelop]",
                VIOLATION.replace("<kp:spoed>", "<kp:GEHEIM7391/><kp:spoed>"));
    }

    @Test
    void aNumberOrYearWithoutEndIsRefused() {
        assertRefused(Reason.SCHEMA_INVALID, "[envelop/versie]",
                VIOLATION.replace("<kp:versie>1<", "<kp:versie>" + "0".repeat(100_000) + "1<"));
        assertRefused(Reason.SCHEMA_INVALID, "[envelop/betrokkenen/persoon/geboortedatum]",
                bornOn("1987" + "0".repeat(100_000) + "-03-14"));
    }

    @Test
    void aYearInWhichNobodyInACaseWasBornIsRefused() {
        assertThat(valid(bornOn("1900-01-01"))).isNotNull();
        for (var day : List.of("0987-03-14", "1899-12-31", "2100-01-01", "12026-03-14", "-1987-03-14")) {
            assertRefused(Reason.SCHEMA_INVALID, "[envelop/betrokkenen/persoon/geboortedatum]", bornOn(day));
        }
    }

    private static String bornOn(String day) {
        return VIOLATION.replace("<kp:persoon id=\"uhg1\" rol=\"UITHUISGEPLAATSTE\"/>",
                "<kp:persoon id=\"uhg1\" rol=\"UITHUISGEPLAATSTE\"><kp:geboortedatum>" + day
                        + "</kp:geboortedatum></kp:persoon>");
    }

    @Test
    void anUnknownTypeOrVersionIsRefusedAsSuch() {
        assertRefused(Reason.TYPE_UNKNOWN, "", VIOLATION.replace(">overtredingsmelding<", ">onbekend-bericht<"));
        assertRefused(Reason.TYPE_UNKNOWN, "", VIOLATION.replace("<kp:versie>1<", "<kp:versie>2<"));
    }

    @Test
    void contentOfAnotherTypeThanTheEnvelopeNamesIsRefused() {
        assertRefused(Reason.SCHEMA_INVALID, "[inhoud]", VIOLATION.replace("<kp:berichttype>overtredingsmelding<",
                "<kp:berichttype>thv-besluit<"));
    }

    @Test
    void aSecondContentElementIsRefused() {
        assertRefused(Reason.SCHEMA_INVALID, "", VIOLATION.replace("</kp:inhoud>", "<x xmlns=\"urn:x\"/></kp:inhoud>"));
    }

    @Test
    void theRequestOfAnotherOperationIsNoCaseMessage() {
        assertRefused(Reason.SCHEMA_INVALID, "[Body]",
                "<kp:testoproepVerzoek xmlns:kp=\"urn:nl:ketenpoort:berichten:v1\"><kp:tekst>x</kp:tekst></kp:testoproepVerzoek>");
        assertRefused(Reason.SCHEMA_INVALID, "[Body]",
                "<kp:bezorging xmlns:kp=\"urn:nl:ketenpoort:berichten:v1\"><x xmlns=\"urn:x\"/></kp:bezorging>");
        assertRefused(Reason.SCHEMA_INVALID, "[Body]", "<verzendenVerzoek xmlns=\"urn:x\"/>");
    }

    @Test
    void schemaInstanceAttributesAreRefused() {
        var xsi = " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"x\"";
        assertRefused(Reason.SCHEMA_INVALID, "[overtreding/soort]",
                VIOLATION.replaceFirst("<soort>", "<soort" + xsi + ">"));
        assertRefused(Reason.SCHEMA_INVALID, "[envelop/casus]",
                VIOLATION.replaceFirst("<kp:casus>", "<kp:casus" + xsi + ">"));
    }

    @Test
    void aDoctypeOrBrokenXmlIsRefusedWithoutReadingAnything() {
        assertRefused(Reason.NOT_WELL_FORMED, "",
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><x>&e;</x>");
        assertRefused(Reason.NOT_WELL_FORMED, "", VIOLATION.replace("</kp:inhoud>", ""));
    }

    @Test
    void numbersOfTheEnvelopeAreCheckedBeyondTheirShape() {
        assertRefused(Reason.OIN_INVALID, "[envelop/ontvangers/ontvanger/oin]",
                VIOLATION.replace("<kp:oin>00000099", "<kp:oin>12345678"));
        assertRefused(Reason.BSN_INVALID, "[envelop/betrokkenen/persoon/bsn]",
                VIOLATION.replace("<kp:persoon id=\"uhg1\" rol=\"UITHUISGEPLAATSTE\"/>",
                        "<kp:persoon id=\"uhg1\" rol=\"UITHUISGEPLAATSTE\"><kp:bsn>999990018</kp:bsn></kp:persoon>"));
    }

    @Test
    void aPersonWhoIsNamedTwiceIsRefused() {
        assertRefused(Reason.SCHEMA_INVALID, "[envelop/betrokkenen/persoon]",
                VIOLATION.replace("<kp:persoon id=\"ab1\" rol=\"ACHTERBLIJVER\"/>",
                        "<kp:persoon id=\"uhg1\" rol=\"ACHTERBLIJVER\"/>"));
    }

    /** No policy asks for such a role: a case could open in which no minor is known. */
    @Test
    void aPersonInARoleThatDoesNotExistIsRefused() {
        assertRefused(Reason.SCHEMA_INVALID, "[envelop/betrokkenen/persoon/@rol]",
                VIOLATION.replace("id=\"ab1\" rol=\"ACHTERBLIJVER\"", "id=\"ab1\" rol=\"KIND\""));
        assertRefused(Reason.SCHEMA_INVALID, "[envelop/betrokkenen/persoon/@rol]",
                VIOLATION.replace("id=\"ab1\" rol=\"ACHTERBLIJVER\"", "id=\"ab1\" rol=\"" + MARKER + "\""));
    }

    @Test
    void aFrameworkThatDoesNotExistIsRefused() {
        assertThat(valid(inFramework("OTS")).envelope().framework()).contains("OTS");
        assertRefused(Reason.SCHEMA_INVALID, "[envelop/kader]", inFramework("GEDWONGEN"));
    }

    private static String inFramework(String code) {
        return VIOLATION.replace("<kp:spoed>", "<kp:kader>" + code + "</kp:kader><kp:spoed>");
    }

    @Test
    void aPersonWhomTheEnvelopeDoesNotNameIsRefused() {
        assertRefused(Reason.PERSON_UNKNOWN, "[toelichting/@betreft]",
                VIOLATION.replace("<toelichting betreft=\"ab1\">", "<toelichting betreft=\"ab9\">"));
    }

    @TestFactory
    Stream<DynamicTest> noRefusalEverHoldsAValue() {
        return ExampleMessages.accepted().stream().map(example -> dynamicTest(example.toString(), () -> {
            int places = places(parsed(example)).size();
            int refusals = 0;
            for (int i = 0; i < places; i++) {
                for (var marker : List.of(MARKER, MARKER.repeat(2000))) {
                    var document = parsed(example);
                    var place = places(document).get(i);
                    place.setTextContent(marker);
                    if (validate(written(document)) instanceof Refused<ValidMessage>(Refusal refusal)) {
                        assertThat(refusal.toString()).doesNotContain(MARKER);
                        refusals++;
                    }
                }
            }
            assertThat(refusals).as("refusals that could have held a value").isPositive();
        }));
    }

    @TestFactory
    Stream<DynamicTest> aKeptMessageIsReadAsItWasReadWhenItCame() {
        return ExampleMessages.accepted().stream().map(example -> dynamicTest(example.toString(), () -> {
            var again = PORTS.stored().read(example.inSoap());
            var once = valid(new String(example.bytes(), StandardCharsets.UTF_8));
            assertThat(again.type()).isEqualTo(once.type());
            assertThat(again.envelope()).isEqualTo(once.envelope());
            assertThat(again.content()).isEqualTo(once.content());
        }));
    }

    @Test
    void aKeptMessageStaysReadableWhenACodeInItHasEnded() {
        var ended = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
                + inFramework("GEDWONGEN").replaceFirst("<\\?xml[^>]*>", "") + "</s:Body></s:Envelope>";
        assertThat(PORTS.stored().read(ended.getBytes(StandardCharsets.UTF_8)).envelope().framework())
                .contains("GEDWONGEN");
    }

    @Test
    void aKeptMessageThatCannotBeReadIsAFaultOfOursThatNamesNoValue() {
        var broken = ("<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>" + VIOLATION
                .replaceFirst("<\\?xml[^>]*>", "").replace("<soort>OPHOUDEN_BIJ_WONING<", "<soort>" + MARKER + "<")
                + "</s:Body></s:Envelope>").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> PORTS.stored().read(broken)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("KP-3201").hasMessageNotContaining(MARKER);
        assertThatThrownBy(() -> PORTS.stored()
                .read("<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body/></s:Envelope>"
                        .getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aReaderThatRefusedReadsTheNextMessageAsIfNothingHadHappened() {
        for (int i = 0; i < 20; i++) {
            assertThat(validate(VIOLATION.replace("<soort>OPHOUDEN_BIJ_WONING<", "<soort>RUZIE<")))
                    .isInstanceOf(Refused.class);
            assertThat(validate(VIOLATION)).isInstanceOf(Passed.class);
            assertThat(validate(VIOLATION.replace("</kp:inhoud>", ""))).isInstanceOf(Refused.class);
        }
    }

    @Test
    void manyMessagesAtOnceDoNotMix() throws Exception {
        var examples = ExampleMessages.accepted();
        var expected = examples.stream().map(XmlMessageValidationTest::contentOf).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Content>> contents = new ArrayList<>();
            IntStream.range(0, 400).forEach(i -> contents
                    .add(threads.submit(() -> contentOf(examples.get(i % examples.size())))));
            for (int i = 0; i < contents.size(); i++) {
                assertThat(contents.get(i).get()).isEqualTo(expected.get(i % examples.size()));
            }
        }
    }

    private static void assertRefused(Reason reason, String place, String body) {
        assertThat(validate(body)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.refusal().code()).isEqualTo(reason.code());
            assertThat(refused.refusal().description()).contains(place).doesNotContain(MARKER);
        });
    }

    private static Content contentOf(Example example) {
        return valid(new String(example.bytes(), StandardCharsets.UTF_8)).content();
    }

    private static ValidMessage valid(String body) {
        return switch (validate(body)) {
            case Passed<ValidMessage>(ValidMessage message) -> message;
            case Refused<ValidMessage>(Refusal refusal) -> throw new AssertionError(refusal.toString());
        };
    }

    private static Examined<ValidMessage> validate(String body) {
        return PORTS.validation().validate(Verified.message(body));
    }

    private static String example(String file) {
        return ExampleMessages.accepted().stream().filter(example -> example.file().equals(file)).findFirst()
                .map(example -> new String(example.bytes(), StandardCharsets.UTF_8)).orElseThrow();
    }

    private static Document parsed(Example example) throws Exception {
        return DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(example.bytes()));
    }

    private static String written(Document document) throws TransformerException {
        var bytes = new ByteArrayOutputStream();
        TransformerFactory.newDefaultInstance().newTransformer().transform(new DOMSource(document),
                new StreamResult(bytes));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Every element that holds a text, and every attribute that is no namespace. */
    private static List<Node> places(Document document) {
        var found = new ArrayList<Node>();
        var elements = document.getElementsByTagNameNS("*", "*");
        for (int i = 0; i < elements.getLength(); i++) {
            var element = (Element) elements.item(i);
            if (element.getElementsByTagNameNS("*", "*").getLength() == 0) {
                found.add(element);
            }
            for (int j = 0; j < element.getAttributes().getLength(); j++) {
                if (element.getAttributes().item(j) instanceof Attr attribute
                        && !attribute.getName().startsWith("xmlns")) {
                    found.add(attribute);
                }
            }
        }
        return found;
    }
}
