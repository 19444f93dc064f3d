package nl.ketenpoort.acceptancetests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;

import org.w3c.dom.Element;

import nl.ketenpoort.demonstration.Region;
import nl.ketenpoort.partnerclient.attack.RawAnswer;
import nl.ketenpoort.partnerclient.attack.RawHttp;
import nl.ketenpoort.partnerclient.attack.RawKey;
import nl.ketenpoort.partnerclient.attack.RawSoap;

/** What the gateway answered, and what it did: held against everything a refusal promises. */
final class Answered {

    private static final Pattern IDS = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern MOMENTS = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
    private static final List<String> SIGNED = List.of("Body", "Timestamp", "Action", "MessageID", "To");

    private final Region region;
    private final Ledger ledger;
    private final Ledger.Standing before;
    private final RawKey reader;
    private final RawKey connection;
    private final RawHttp.Answer http;
    private final RawAnswer answer;
    private Optional<RawSoap> request = Optional.empty();
    private List<Ledger.Entry> records = List.of();

    Answered(Region region, Ledger ledger, Ledger.Standing before, RawKey reader, RawKey connection,
            RawHttp.Answer http) {
        this.region = region;
        this.ledger = ledger;
        this.before = before;
        this.reader = reader;
        this.connection = connection;
        this.http = http;
        this.answer = RawAnswer.open(http.body(), reader);
    }

    Answered of(RawSoap soap) {
        this.request = Optional.of(soap);
        return this;
    }

    /** The answer, decrypted. */
    RawAnswer answer() {
        return answer;
    }

    Answered isAccepted() {
        assertThat(http.status()).as(said()).isEqualTo(200);
        assertThat(answer.isFault()).as(said()).isFalse();
        return this;
    }

    /** Refused before it was known who signed: the fault is signed, and can only be in clear. */
    Answered isRefusedInClear(String code, String digikoppeling) {
        isRefused(code, digikoppeling);
        assertThat(answer.encrypted()).as("encrypted").isFalse();
        assertThat(record().kind()).isEqualTo("SECURITY");
        assertThat(record().sender()).as("nobody was established").isEmpty();
        assertThat(record().tlsParty()).as("whose connection it was")
                .isEqualTo(Optional.of(oinOf(connection)).filter(oin -> !oin.isEmpty()));
        return this;
    }

    /** Refused when it was known who signed: the fault is signed, and encrypted to that certificate. */
    Answered isRefusedSealed(String code, String digikoppeling) {
        isRefused(code, digikoppeling);
        assertThat(answer.encrypted()).as("encrypted").isTrue();
        assertThat(record().kind()).as("kind of the record").isEqualTo(kindOf(code));
        assertThat(record().sender()).as("who was established").contains(oinOf(reader));
        assertThat(record().tlsParty()).as("whose connection it was").contains(oinOf(connection));
        return this;
    }

    /**
     * What is not as the profile has it is not proven, whoever signed. All else was proven and is refused to whoever sent
     * it; so too what was brought by somebody who may not bring it.
     */
    private static String kindOf(String code) {
        boolean unproven = code.startsWith("KP-1") || code.startsWith("KP-2") && !code.equals("KP-2012");
        return unproven ? "SECURITY" : "REFUSED";
    }

    private void isRefused(String code, String digikoppeling) {
        assertThat(answer.isFault()).as(said()).isTrue();
        assertThat(answer.foutCode()).as(said()).contains(code);
        assertThat(answer.digikoppelingCode()).contains(digikoppeling);
        assertThat(http.status()).isEqualTo(500);
        assertThat(http.headers().firstValue("Content-Type")).get().asString().startsWith("text/xml");
        isSignedByTheGateway();
        assertThat(ledger.standing().rows()).as("a refusal changes nothing").isEqualTo(before.rows());
        records = ledger.refusalsSince(before);
        assertThat(records).as("one record of the refusal").hasSize(1);
        assertThat(record().code()).isEqualTo(code);
        assertThat(answer.fout("kenmerk")).as("the fault names the record").contains(record().id());
        assertThat(Marks.in(text())).as("content in the fault").isEmpty();
        assertThat(Marks.in(record().row())).as("content in the record").isEmpty();
        assertThat(Marks.in(ledger.loggedSince(before))).as("content in the log").isEmpty();
    }

    private void isSignedByTheGateway() {
        assertThat(answer.signer()).contains(region.stack().certificates().gatewaySign().certificate());
        assertThat(answer.signedParts()).containsAll(SIGNED);
        // What cannot be read has no MessageID to relate to.
        answer.addressing("RelatesTo").ifPresent(id -> assertThat(answer.signedParts()).contains("RelatesTo"));
    }

    /** The record of the refusal, once it was found to be one. */
    Ledger.Entry record() {
        return records.getFirst();
    }

    /** The MessageID of the request is in the answer and in the record. */
    Answered relatingToIt() {
        var messageId = request.orElseThrow().messageId();
        assertThat(answer.addressing("RelatesTo")).contains(messageId);
        assertThat(record().messageId()).contains(messageId);
        return this;
    }

    /** A refusal that is not the last word says under which condition the same would be lawful. */
    Answered sayingWhatWouldBeLawful(String condition) {
        assertThat(answer.fout("watKanWel")).as(said()).get().asString().contains(condition);
        return this;
    }

    private String said() {
        return text(answer.payload());
    }

    /** The decrypted Body, byte for byte, but for ids and moments. */
    String comparable() {
        return MOMENTS.matcher(IDS.matcher(said()).replaceAll("ID")).replaceAll("MOMENT");
    }

    /** The whole answer, decrypted. */
    String text() {
        return text(answer.envelope());
    }

    static String text(Element element) {
        try {
            var transformer = TransformerFactory.newInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            var out = new StringWriter();
            transformer.transform(new DOMSource(element), new StreamResult(out));
            return out.toString();
        } catch (TransformerException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String oinOf(RawKey key) {
        var name = key.certificate().getSubjectX500Principal().getName("RFC1779",
                Map.of("2.5.4.5", "serialNumber"));
        var found = Pattern.compile("serialNumber=(\\d{20})").matcher(name);
        return found.find() ? found.group(1) : "";
    }
}
