package nl.ketenpoort.acceptancetests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.Region;
import nl.ketenpoort.partnerclient.attack.RawSoap;

/** XML, SOAP and WS-Addressing that are not as Digikoppeling has them (WW001 to WW003, WS002 to WS007, WA001). */
@ExtendWith(RunningRegion.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FormRefusalsIT {

    private static final String TEXT_XML = "text/xml; charset=utf-8";
    private static final int LARGEST = 1 << 20;

    private final Line line;
    private final String caseId;

    FormRefusalsIT(Region region) {
        this.line = new Line(region);
        this.caseId = new Chain(region).openCase();
    }

    private String report() {
        return Marks.instead(Examples.accepted("overtredingsmelding", "politie-bij-de-woning", caseId));
    }

    private RawSoap message() {
        return line.message(Partner.POLITIE, report());
    }

    private Answered sent(RawSoap soap) {
        return line.send(Partner.POLITIE, soap);
    }

    private Answered sentAsBytes(byte[] bytes) {
        return line.send(Partner.POLITIE, bytes, "", TEXT_XML);
    }

    @Test
    void theMessageThatIsSpoiledInTheOtherTestsIsAcceptedAsItIs() {
        sent(message()).isAccepted();
    }

    @Test
    void aMessageWithADocumentTypeIsRefused() {
        sent(message().doctype("<!DOCTYPE x>")).isRefusedInClear("KP-1103", "0001");
    }

    @Test
    void aMessageWithAnEntityThatReadsAFileIsRefusedAndReadsNothing() {
        var answered = sent(message().asText(text -> "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
                + text.replace("</wsa:Action>", "&e;</wsa:Action>")));

        answered.isRefusedInClear("KP-1103", "0001");
        assertThat(answered.text()).doesNotContain("root:");
    }

    @Test
    void aMessageWithEntitiesThatGrowIsRefused() {
        sent(message().doctype("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
                + "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>")).isRefusedInClear("KP-1103", "0001");
    }

    static Stream<Charset> otherCharacterSets() {
        return Stream.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.ISO_8859_1,
                Charset.forName("windows-1252"));
    }

    @ParameterizedTest
    @MethodSource("otherCharacterSets")
    void aMessageInAnotherCharacterSetThanUtf8IsRefused(Charset set) {
        sent(message().encoded(set)).isRefusedInClear("KP-1101", "0009");
    }

    @Test
    void aMessageThatSaysUtf8AndIsNotIsRefused() {
        sent(message().asText(text -> text.replace("</soap:Header>", "<!-- é --></soap:Header>"))
                .encoded(StandardCharsets.ISO_8859_1, "UTF-8")).isRefusedInClear("KP-1101", "0009");
    }

    @Test
    void aMessageWhoseContentTypeNamesAnotherCharacterSetIsRefused() {
        var soap = message();
        line.send(Partner.POLITIE, soap.bytes(), soap.action(), "text/xml; charset=iso-8859-1")
                .isRefusedInClear("KP-1101", "0009");
    }

    @Test
    void aMessageThatBreaksOffIsRefused() {
        sent(message().asText(text -> text.substring(0, text.length() - 20))).isRefusedInClear("KP-1102", "0001");
    }

    @Test
    void aMessageWithAnUndeclaredPrefixIsRefused() {
        sent(message().asText(text -> text.replace("<soap:Header>", "<soap:Header><x:y/>")))
                .isRefusedInClear("KP-1102", "0001");
    }

    @Test
    void aMessageWithoutBytesIsRefused() {
        sentAsBytes(new byte[0]).isRefusedInClear("KP-1102", "0001");
    }

    @Test
    void aMessageLargerThanTheLimitIsRefused() {
        var soap = message().asText(text -> text.replace("</soap:Header>", " ".repeat(LARGEST) + "</soap:Header>"));
        sent(soap).isRefusedInClear("KP-1104", "0001");
    }

    @Test
    void aMessageOfManyTimesTheLimitIsRefused() {
        var soap = message().asText(text -> text.replace("</soap:Header>", " ".repeat(8 * LARGEST) + "</soap:Header>"));
        sent(soap).isRefusedInClear("KP-1104", "0001");
    }

    @Test
    void aMessageThatTheServerItselfWouldNotReadIsRefusedLikeAnyOther() {
        var soap = message()
                .asText(text -> text.replace("</soap:Header>", " ".repeat(12 * LARGEST) + "</soap:Header>"));
        sent(soap).isRefusedInClear("KP-1104", "0001");
    }

    @Test
    void aMessageWithTooManyLevelsIsRefused() {
        int levels = 100;
        sent(message().asText(text -> text.replace("</soap:Header>",
                "<a>".repeat(levels) + "</a>".repeat(levels) + "</soap:Header>"))).isRefusedInClear("KP-1105", "0001");
    }

    @Test
    void aContentWithTooManyLevelsIsRefusedAfterItsDecryption() {
        int levels = 80;
        sent(message().body("<a>".repeat(levels) + Marks.fresh() + "</a>".repeat(levels)))
                .isRefusedInClear("KP-1105", "0001");
    }

    /** One more than may be, more than the parser of Java 25 itself takes, and more than that of any Java. */
    @ParameterizedTest
    @ValueSource(ints = {65, 250, 20_000})
    void anElementWithTooManyAttributesIsRefused(int attributes) {
        sent(message().asText(text -> text.replace("</soap:Header>", wide(attributes) + "</soap:Header>")))
                .isRefusedInClear("KP-1105", "0001");
    }

    @Test
    void aContentWithTooManyAttributesOnAnElementIsRefusedAfterItsDecryption() {
        sent(message().body(wide(65))).isRefusedInClear("KP-1105", "0001");
    }

    private static String wide(int attributes) {
        return IntStream.range(0, attributes).mapToObj(i -> " a" + i + "=\"\"")
                .collect(Collectors.joining("", "<a", "/>"));
    }

    @Test
    void aMessageWithTooManyElementsIsRefused() {
        sent(message().asText(text -> text.replace("</soap:Header>", "<a/>".repeat(50_001) + "</soap:Header>")))
                .isRefusedInClear("KP-1105", "0001");
    }

    @Test
    void aContentWithTooManyElementsIsRefusedAfterItsDecryption() {
        sent(message().body("<a>" + "<a/>".repeat(50_001) + Marks.fresh() + "</a>"))
                .isRefusedInClear("KP-1105", "0001");
    }

    @Test
    void aSecondElementInTheBodyIsRefused() {
        sent(message().secondBodyElement("<tweede>" + Marks.fresh() + "</tweede>"))
                .isRefusedSealed("KP-1106", "0001").relatingToIt();
    }

    @Test
    void anEmptyBodyIsRefused() {
        sent(message().emptyBody()).isRefusedSealed("KP-1106", "0001");
    }

    @Test
    void aHeaderBlockOfTheSendersOwnIsRefused() {
        sent(message().ownHeader("<eigen xmlns=\"urn:eigen\">" + Marks.fresh() + "</eigen>"))
                .isRefusedInClear("KP-1107", "0010").relatingToIt();
    }

    @Test
    void aMessageInSoap12IsRefused() {
        sent(message().asText(text -> text.replace(RawSoap.SOAP, "http://www.w3.org/2003/05/soap-envelope")))
                .isRefusedInClear("KP-1108", "0001");
    }

    @Test
    void anotherContentTypeThanThatOfSoap11IsRefused() {
        var soap = message();
        line.send(Partner.POLITIE, soap.bytes(), soap.action(), "application/soap+xml; charset=utf-8")
                .isRefusedInClear("KP-1108", "0001");
    }

    @Test
    void aProcessingInstructionIsRefused() {
        sent(message().asText(text -> text.replace("<soap:Body", "<?x y?><soap:Body")))
                .isRefusedInClear("KP-1108", "0001");
    }

    @Test
    void anUnknownActionIsRefused() {
        sent(message().action(RawSoap.SERVICES + ":weggooienVerzoek")).isRefusedSealed("KP-1201", "0006")
                .relatingToIt();
    }

    @Test
    void aSoapActionThatDiffersFromTheActionIsRefused() {
        var soap = message();
        line.send(Partner.POLITIE, soap.bytes(), RawSoap.SERVICES + ":ophalenVerzoek", TEXT_XML)
                .isRefusedSealed("KP-1202", "0003");
    }

    @Test
    void anActionThatDoesNotFitTheContentIsRefused() {
        sent(message().action(RawSoap.SERVICES + ":statusVerzoek")).isRefusedSealed("KP-3201", "0004").relatingToIt();
    }

    @Test
    void aMessageToAnotherEndpointIsRefused() {
        sent(message().to("https://elders.example/ketenpoort/v1/berichten")).isRefusedSealed("KP-1203", "0005");
    }

    @Test
    void aMessageThatIsNotAddressedIsRefused() {
        sent(message().to(null)).isRefusedSealed("KP-1203", "0005");
    }

    @Test
    void aMessageWithoutAMessageIdIsRefused() {
        sent(message().messageId(null)).isRefusedSealed("KP-1204", "0007");
    }

    @Test
    void aMessageIdThatIsNoAbsoluteUriIsRefused() {
        sent(message().messageId("bericht 12 van vandaag")).isRefusedSealed("KP-1204", "0007");
    }

    @Test
    void anAnswerToAnotherAddressIsRefused() {
        sent(message().replyTo("https://elders.example/antwoord")).isRefusedSealed("KP-1205", "0011").relatingToIt();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MessageID", "To", "Action"})
    void aWsAddressingHeaderGivenTwiceIsRefused(String header) {
        sent(message().addressingTwice(header)).isRefusedInClear("KP-1205", "0011");
    }
}
