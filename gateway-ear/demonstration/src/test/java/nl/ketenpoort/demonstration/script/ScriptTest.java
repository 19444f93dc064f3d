package nl.ketenpoort.demonstration.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import nl.ketenpoort.demonstration.script.Script.CaseStory;
import nl.ketenpoort.demonstration.script.Script.Making;
import nl.ketenpoort.demonstration.script.Script.Message;
import nl.ketenpoort.demonstration.script.Script.Receipt;
import nl.ketenpoort.demonstration.script.Script.Refusal;
import nl.ketenpoort.demonstration.script.Script.Replacement;

class ScriptTest {

    private final Script script = ScriptFile.wholeThv();

    @Test
    void itPlaysThreeCasesOfTheResearchInEightSteps() {
        assertThat(script.cases()).extracting(CaseStory::number).containsExactly("80", "7", "82");
        assertThat(script.steps()).extracting(Script.Step::number).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void atLeastThirtyMessagesAreSentAndAtLeastTenOfThemRefused() {
        assertThat(messages()).hasSizeGreaterThanOrEqualTo(30);
        assertThat(messages()).filteredOn(message -> message.expected() instanceof Refusal)
                .hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void everyMessageCanBeMade() {
        var texts = new HashMap<String, String>();
        var caseId = UUID.randomUUID().toString();
        for (var message : messages()) {
            var ofTheCase = script.cases().stream().filter(story -> story.number().equals(message.caseNumber()))
                    .findFirst().orElseThrow().replacements();
            texts.put(message.number(), Messages.make(message.making(), ofTheCase,
                    new Messages.Situation(Optional.of(caseId), "THV-0363-2026-777", Optional.of("urn:uuid:" + caseId),
                            Optional.of(caseId)),
                    texts));
        }
        assertThat(texts.get("1.1")).contains("THV-0363-2026-777").doesNotContain("THV-0363-2026-0231");
        assertThat(texts.get("2.2")).contains("<kp:casus>" + caseId)
                .contains("<kp:verwijzing>urn:uuid:" + caseId);
        assertThat(texts.get("2.5")).doesNotContain("verwijzing");
        assertThat(texts.get("8.1")).contains("Manon Verspeek").doesNotContain("Vossenberg");
    }

    @Test
    void whatTheExampleDoesNotSayCannotBeReplaced() {
        var making = new Making("overdracht/crisis-gezin-met-jong-kind", List.of(new Replacement("Nergens", "Ergens")),
                List.of(), Optional.empty(), Optional.empty(), Optional.empty(), false);
        var situation = new Messages.Situation(Optional.empty(), "THV-0363-2026-1", Optional.empty(), Optional.empty());

        assertThatThrownBy(() -> Messages.make(making, List.of(), situation, new HashMap<>()))
                .hasMessageContaining("Nergens");
    }

    @Test
    void aScriptWithAMistakeIsRefusedWithItsLine(@TempDir Path directory) throws IOException {
        var text = new String(ScriptFile.wholeThvAsFile().readAllBytes(), StandardCharsets.UTF_8);
        var file = Files.writeString(directory.resolve("verloop.xml"),
                text.replaceFirst("wie=\"POLITIE\"", "wie=\"NIEMAND\""));

        assertThatThrownBy(() -> ScriptFile.read(file)).hasMessageContaining("line ").hasMessageContaining("NIEMAND");
    }

    @Test
    void nobodyIsBothGivenAndRefusedAMessage() {
        assertThat(messages()).filteredOn(message -> message.expected() instanceof Receipt)
                .allSatisfy(message -> {
                    var receipt = (Receipt) message.expected();
                    var given = receipt.deliveries().stream().flatMap(one -> one.partner().functions().stream())
                            .toList();
                    assertThat(receipt.denied()).extracting(Script.Denied::function)
                            .allSatisfy(function -> assertThat(given).doesNotContain(function));
                });
    }

    private List<Message> messages() {
        return script.items().filter(Message.class::isInstance).map(Message.class::cast).toList();
    }
}
