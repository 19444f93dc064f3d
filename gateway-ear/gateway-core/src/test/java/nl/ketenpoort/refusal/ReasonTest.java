package nl.ketenpoort.refusal;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

import org.junit.jupiter.api.Test;

class ReasonTest {

    @Test
    void aCodeOnceGivenKeepsItsReasonForEver() throws IOException {
        var now = Arrays.stream(Reason.values()).sorted(Comparator.comparing(reason -> reason.code().number()))
                .map(reason -> reason.code() + " " + reason.digikoppeling() + " " + reason.name() + "\n")
                .collect(joining());
        assertThat(now).as("partners act on these codes: lines may be added to reason-codes.txt, none may change")
                .isEqualTo(golden());
    }

    @Test
    void noTwoReasonsShareACode() {
        assertThat(Arrays.stream(Reason.values()).map(Reason::code)).doesNotHaveDuplicates();
    }

    @Test
    void noReasonTakesACodeOfTheSafetyPolicies() {
        assertThat(Arrays.stream(Reason.values()).map(reason -> reason.code().number() / 100)).doesNotContain(52);
    }

    @Test
    void everyReasonSaysWhatIsWrongAndHasADigikoppelingCode() {
        assertThat(Reason.values()).allSatisfy(reason -> {
            assertThat(reason.description()).isNotBlank().endsWith(".");
            assertThat(reason.digikoppeling()).matches("00[0-9]{2}");
        });
    }

    @Test
    void onlyWhereNothingWouldBeLawfulThereIsNoRemedy() {
        assertThat(Reason.values()).filteredOn(reason -> reason.remedy().isEmpty()).containsExactly(Reason.NO_GROUND);
    }

    @Test
    void onlyWhatPassesByItselfIsTemporary() {
        assertThat(Reason.values()).filteredOn(reason -> reason.digikoppeling().equals("0051"))
                .containsExactlyInAnyOrder(
                        Reason.TLS_CRL_UNAVAILABLE, Reason.CRL_UNAVAILABLE, Reason.ENDPOINT_UNREACHABLE,
                        Reason.ENDPOINT_MISSING, Reason.UNAVAILABLE, Reason.COMMIT_NOT_ANSWERED,
                        Reason.ANSWER_NOT_MADE, Reason.FAULT_OF_OURS);
    }

    @Test
    void aPlaceIsAddedToTheDescriptionAndNothingElseChanges() {
        var refusal = Refusal.of(Reason.NEEDS_CONSENT);
        var placed = refusal.at("melding/gezondheid");
        assertThat(placed.description()).isEqualTo(refusal.description() + " [melding/gezondheid]");
        assertThat(placed.code()).isEqualTo(refusal.code());
        assertThat(placed.remedy()).isEqualTo(refusal.remedy());
    }

    @Test
    void aRefusalByAPolicyHasItsCodeAndWordsAndPromisesNoRemedy() {
        var refusal = Refusal.byPolicy(new ErrorCode(5201), "Het adres is geheim.");
        assertThat(refusal.code()).hasToString("KP-5201");
        assertThat(refusal.description()).isEqualTo("Het adres is geheim.");
        assertThat(refusal.remedy()).isEmpty();
    }

    private static String golden() throws IOException {
        try (var in = ReasonTest.class.getResourceAsStream("reason-codes.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
