package nl.ketenpoort.demonstration.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import jakarta.json.JsonObject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import nl.ketenpoort.demonstration.Partner;
import nl.ketenpoort.demonstration.play.Reckoning.Ending;
import nl.ketenpoort.demonstration.play.Reckoning.Finding;
import nl.ketenpoort.demonstration.play.Reckoning.Sent;
import nl.ketenpoort.demonstration.play.Reckoning.Told;
import nl.ketenpoort.demonstration.script.Script.Delivered;
import nl.ketenpoort.demonstration.script.Script.When;
import nl.ketenpoort.simulators.Journal;

/** On journals as simulators write them, read as they read them. */
class ReckoningTest {

    private static final String FIRST = "urn:uuid:4a7d37c0-ffa2-4f0a-9c36-3cb53af89c71";
    private static final String SECOND = "urn:uuid:2b1c0c0f-12df-4c3e-a6c8-e6fb5276f5f6";
    private static final Ending STOPPED = new Ending("ZC_ACHTERBLIJVER", "GEANNULEERD", "KP-5113");
    private static final Reckoning RECKONING = new Reckoning(
            List.of(new Sent("1.1", FIRST, List.of(delivered(Partner.OM, When.AT_ONCE))),
                    new Sent("1.2", SECOND,
                            List.of(delivered(Partner.OM, When.LATER), delivered(Partner.GGZ, When.NEVER)))),
            List.of(new Told(Partner.OM, FIRST, STOPPED)));

    @TempDir
    private Path directory;
    private int deliveries;

    @BeforeEach
    void whatTheScriptExpects() throws IOException {
        received("overdracht", FIRST, "");
        received("overdracht", SECOND, "");
        received("bezorgmelding", FIRST, FIRST);
    }

    @Test
    void whatTheScriptExpectsIsRight() {
        assertThat(findings(Partner.OM)).isEmpty();
    }

    @Test
    void oneDeliveryTooManyIsWrong() throws IOException {
        received("overdracht", FIRST, "");

        assertThat(findings(Partner.OM))
                .containsExactly(new Finding("1.1", "OM ontving overdracht 2 keer, verwacht was 1"));
    }

    @Test
    void whatHasNotEndedIsWrongHoweverRightTheRestIs() {
        assertThat(RECKONING.unfinished(List.of(FIRST))).extracting(Finding::number).containsExactly("1.1");
        assertThat(RECKONING.unfinished(List.of())).isEmpty();
    }

    @Test
    void aDeliveryToSomebodyWhomTheScriptDoesNotNameIsWrong() {
        assertThat(findings(Partner.BLIJF_UHG)).extracting(Finding::problem)
                .contains("Blijf Groep/UHG ontving onverwacht overdracht");
    }

    @Test
    void whatWasPermittedAndHadToBeStoppedIsWrongWhenItArrives() {
        assertThat(findings(Partner.GGZ)).contains(new Finding("1.2", "GGZ ontving onverwacht overdracht"));
    }

    @Test
    void aDeliveryInACaseThatNobodyOpenedIsWrong() throws IOException {
        received("strafzaak-status", "urn:uuid:00000000-0000-4000-8000-000000000000", "");

        assertThat(findings(Partner.OM))
                .containsExactly(new Finding("1.2", "OM ontving onverwacht strafzaak-status"));
    }

    @Test
    void aNoticeTooManyIsWrong() throws IOException {
        received("bezorgmelding", FIRST, FIRST);

        assertThat(findings(Partner.OM))
                .containsExactly(new Finding("1.1", "OM ontving bezorgmelding 2 keer, verwacht was 1"));
    }

    @Test
    void aNoticeThatTheScriptDoesNotNameIsWrong() throws IOException {
        received("bezorgmelding", SECOND, SECOND);

        assertThat(findings(Partner.OM)).containsExactly(new Finding("1.2", "OM ontving onverwacht bezorgmelding"));
    }

    @Test
    void aNoticeThatSaysSomethingElseOfTheDeliveryIsWrong() throws IOException {
        written(delivery("received", "bezorgmelding", FIRST, FIRST).replace("KP-5113", "KP-7101"));

        assertThat(findings(Partner.OM)).containsExactly(new Finding("1.1", "OM ontving onverwacht bezorgmelding"));
    }

    @Test
    void aNoticeIsToldByNothingThatIsAboutAnotherMessageOrSaysAnotherEnding() throws IOException {
        var told = new Told(Partner.OM, FIRST, STOPPED);

        assertThat(entries()).filteredOn(told::isToldBy).hasSize(1);
        assertThat(entries()).noneMatch(new Told(Partner.OM, SECOND, STOPPED)::isToldBy);
        assertThat(entries()).noneMatch(
                new Told(Partner.OM, FIRST, new Ending("GGZ", "GEANNULEERD", "KP-5113"))::isToldBy);
        assertThat(entries()).noneMatch(
                new Told(Partner.OM, FIRST, new Ending("ZC_ACHTERBLIJVER", "OPZIJ_GEZET", "KP-5113"))::isToldBy);
    }

    @Test
    void whatWasForAnotherFunctionIsWrongAlthoughItWasNotTakenOver() throws IOException {
        written(delivery("misdelivered", "overdracht", SECOND, ""));

        assertThat(findings(Partner.OM))
                .containsExactly(new Finding("1.2", "OM werd bezorgd wat voor ZC_ACHTERBLIJVER is: overdracht"));
    }

    @Test
    void whatIsNotWhatItSaysIsWrong() throws IOException {
        written("{\"what\":\"rejected\",\"delivery\":\"\",\"reason\":\"The delivery is for another organisation\"}");

        assertThat(findings(Partner.OM)).singleElement().extracting(Finding::problem).asString()
                .contains("another organisation");
    }

    @Test
    void whatIsRepeatedUnderTheSameDeliveryIsNotTooMany() throws IOException {
        written("{\"what\":\"repeated\",\"delivery\":\"urn:uuid:1\"}");

        assertThat(findings(Partner.OM)).isEmpty();
    }

    @Test
    void whatNeverCameIsWrong() {
        assertThat(RECKONING.findings(Partner.OM, List.of()))
                .containsExactly(new Finding("1.2", "OM ontving het nooit"));
    }

    private static Delivered delivered(Partner partner, When when) {
        return new Delivered(partner, when, Optional.empty(), Set.of(), Set.of(), Set.of(), false);
    }

    private List<Finding> findings(Partner partner) {
        return RECKONING.findings(partner, entries());
    }

    private List<JsonObject> entries() {
        try (var journal = Journal.open(directory.resolve("journal.jsonl"), Clock.systemUTC())) {
            return journal.entries();
        }
    }

    private void received(String type, String messageId, String refersTo) throws IOException {
        written(delivery("received", type, messageId, refersTo));
    }

    private String delivery(String what, String type, String messageId, String refersTo) {
        return ("{\"what\":\"%s\",\"delivery\":\"urn:uuid:%d\",\"message\":\"%s\",\"type\":\"%s\",\"refersTo\":\"%s\","
                + "\"case\":\"907ae05b-513d-4aee-ac9d-e08f1debc074\",\"function\":\"ZC_ACHTERBLIJVER\",\"paths\":[],"
                + "\"notice\":{\"function\":\"ZC_ACHTERBLIJVER\",\"state\":\"GEANNULEERD\",\"code\":\"KP-5113\"},"
                + "\"digest\":\"2rJgdz49h1b55uLQY9fK7iaxBIThzp79m5OIH58X0FM=\"}")
                .formatted(what, deliveries++, messageId, type, refersTo);
    }

    private void written(String entry) throws IOException {
        Files.writeString(directory.resolve("journal.jsonl"), entry + "\n", StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
