package nl.ketenpoort.policies;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.ValidationRequest;
import com.cedarpolicy.model.exception.AuthException;
import org.junit.jupiter.api.Test;

class PoliciesAreSoundTest {

    private static final Set<String> ON_EVERY_POLICY = Set.of("id", "grondslag", "versie", "toelichting");
    private static final Set<String> ON_EVERY_PERMIT = Set.of("status", "verwerkingsactiviteit");

    private final PolicyBundle bundle = PolicyBundle.load();

    @Test
    void everyPolicyHoldsAgainstTheSchemaWithoutAWarning() throws AuthException {
        var validation = new BasicAuthorizationEngine()
                .validate(new ValidationRequest(bundle.schema(), bundle.policySet()));

        assertThat(validation.validationPassed()).as("%s", validation).isTrue();
        assertThat(validation.success.orElseThrow().validationErrors).isEmpty();
        assertThat(validation.success.orElseThrow().validationWarnings).isEmpty();
    }

    @Test
    void everyPermitSaysOnWhichGroundItStands() {
        assertThat(bundle.policies().values()).filteredOn(policy -> !policy.isForbid()).isNotEmpty()
                .allSatisfy(permit -> {
                    assertThat(permit.annotations()).containsKeys(ON_EVERY_POLICY.toArray(String[]::new))
                            .containsKeys(ON_EVERY_PERMIT.toArray(String[]::new));
                    assertThat(permit.annotations().values()).noneMatch(String::isBlank);
                    assertThat(permit.annotations().get("status")).isIn("bevestigd", "te-bevestigen");
                    assertThat(permit.file().toString()).startsWith("grounds");
                });
    }

    @Test
    void everyForbidNamesTheCodeItRefusesWith() {
        assertThat(bundle.policies().values()).filteredOn(PolicyBundle.DocumentedPolicy::isForbid).isNotEmpty()
                .allSatisfy(forbid -> {
                    assertThat(forbid.annotations()).containsKeys(ON_EVERY_POLICY.toArray(String[]::new));
                    assertThat(forbid.annotations().get("code")).matches("KP-(52\\d\\d|6103)");
                    assertThat(forbid.annotations().getOrDefault("onherstelbaar", "ja")).isEqualTo("ja");
                    assertThat(forbid.file()).hasToString("safety.cedar");
                });
    }

    @Test
    void everyForbidHasACodeOfItsOwn() {
        assertThat(bundle.policies().values()).filteredOn(PolicyBundle.DocumentedPolicy::isForbid)
                .extracting(forbid -> forbid.annotations().get("code")).doesNotHaveDuplicates();
    }

    @Test
    void aPermitThatIsToBeConfirmedStaysClosedUntilAnAgreementIsRegistered() {
        assertThat(bundle.policies().values())
                .filteredOn(policy -> "te-bevestigen".equals(policy.annotations().get("status"))).isNotEmpty()
                .allSatisfy(permit -> assertThat(permit.source()).contains("context.overeenkomsten.contains("));
    }

    @Test
    void everyPermitNamesItsTypeItsSendersItsReceiversAndItsPurposes() {
        assertThat(bundle.policies().values()).filteredOn(policy -> !policy.isForbid()).allSatisfy(permit -> {
            assertThat(permit.source()).contains("Ketenpoort::Action::\"");
            for (String fact : List.of("context.zenderfunctie", "principal.functie", "context.doel")) {
                String name = fact.replace(".", "\\.");
                assertThat(permit.source()).as("%s names %s", permit.id(), fact).matches(
                        "(?s).*\\n  (" + name + " == \"[A-Z_]+\"|\\[(\"[A-Z_]+\"(, )?)+\\]\\.contains\\(" + name
                                + "\\)) &&\\n.*|(?s).*\\n  (" + name
                                + " == \"[A-Z_]+\"|\\[(\"[A-Z_]+\"(, )?)+\\]\\.contains\\("
                                + name + "\\))\\n\\}.*");
            }
        });
    }

    @Test
    void everyPhaseOfTheCodeListIsKnownAndNoOther() {
        var known = bundle.policies().get("veiligheid-onbekende-fase");
        assertThat(CodeList.named("fase")).isNotEmpty().allMatch(known::mentions);
        assertThat(known.source().split("\"")).filteredOn(word -> word.matches("[A-Z_]{4,}"))
                .containsExactlyInAnyOrderElementsOf(CodeList.named("fase"));
    }

    @Test
    void everyMessageTypeIsAnActionAndEveryActionIsAMessageType() throws IOException {
        Path types = PolicyBundle.FOLDER.resolveSibling("message-schemas").resolve("types");
        try (Stream<Path> folders = Files.list(types)) {
            assertThat(folders.filter(Files::isDirectory).map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(bundle.messageTypes());
        }
    }
}
