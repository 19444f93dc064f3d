package nl.ketenpoort.purpose.cedar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import nl.ketenpoort.messagetype.Category;
import nl.ketenpoort.purpose.Facts;
import nl.ketenpoort.purpose.PolicyEngine;
import nl.ketenpoort.purpose.PolicyEngine.Verdict;
import nl.ketenpoort.purpose.PolicyQuestion;
import nl.ketenpoort.purpose.Ruling.Denied;
import nl.ketenpoort.purpose.Rulings;

class CedarPolicyEngineTest {

    private static final Path REAL = Path.of("..", "..", "policies");

    private static final String PERMIT = """
            @id("grond") @versie("versie 1")
            permit (principal, action, resource);
            """;
    private static final String FORBID = """
            @id("verbod") @versie("1") @code("KP-5299") @toelichting("Dit mag niet.")
            forbid (principal, action, resource) when { resource.categorie == "WV" };
            """;
    private static final String FAILING_FORBID = """
            @id("stuk") @versie("1") @code("KP-5298") @toelichting("Dit mag niet.")
            forbid (principal, action, resource) when { 9223372036854775807 + 1 > 0 };
            """;
    private static final String FAILING_PERMIT = """
            @id("stukke-grond") @versie("1")
            permit (principal, action, resource) when { 9223372036854775807 + 1 > 0 };
            """;

    @TempDir
    private Path directory;

    @BeforeEach
    void anEmptyBundleWithTheRealSchema() throws IOException {
        Files.createDirectory(directory.resolve("grounds"));
        Files.createDirectory(directory.resolve("routes"));
        write("bundle.properties", "bundel.versie=2026.11.3\n");
        write("routes/venlo.xml", "<route/>");
        Files.copy(REAL.resolve("schema.cedarschema"), directory.resolve("schema.cedarschema"));
        write("safety.cedar", FORBID);
    }

    @Test
    void whatNoPolicyPermitsIsDenied() {
        var answer = engine().ask(question(Category.O));
        assertThat(answer.verdict()).isEqualTo(Verdict.DENY);
        assertThat(answer.policies()).isEmpty();
        assertThat(answer.forbid()).isEmpty();
    }

    @Test
    void aPermitNamesItselfAndItsVersion() {
        write("grounds/politie.cedar", PERMIT);
        var answer = engine().ask(question(Category.O));
        assertThat(answer.verdict()).isEqualTo(Verdict.PERMIT);
        assertThat(answer.policies()).containsExactly("grond@versie-1");
    }

    @Test
    void aForbidBeatsAPermitAndSaysItsCodeAndWhy() {
        write("grounds/politie.cedar", PERMIT);
        var answer = engine().ask(question(Category.WV));
        assertThat(answer.verdict()).isEqualTo(Verdict.DENY);
        assertThat(answer.forbid()).hasValueSatisfying(forbid -> {
            assertThat(forbid.code()).hasToString("KP-5299");
            assertThat(forbid.explanation()).isEqualTo("Dit mag niet.");
            assertThat(forbid.irreparable()).isFalse();
        });
    }

    @Test
    void anIrreparableForbidIsToldBeforeOthers() {
        write("safety.cedar", FORBID + """
                @id("zeker") @versie("1") @code("KP-5297") @onherstelbaar("ja") @toelichting("Nooit.")
                forbid (principal, action, resource) when { resource.categorie == "WV" };
                """);
        assertThat(engine().ask(question(Category.WV)).forbid()).hasValueSatisfying(forbid -> {
            assertThat(forbid.code()).hasToString("KP-5297");
            assertThat(forbid.irreparable()).isTrue();
        });
    }

    @Test
    void aForbidThatFailsWhileItIsEvaluatedDoesNotOpenTheGate() {
        write("grounds/politie.cedar", PERMIT);
        write("safety.cedar", FORBID + FAILING_FORBID);
        var answer = engine().ask(question(Category.O));
        assertThat(answer.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(answer.policies()).containsExactly("stuk@1");
    }

    @Test
    void aPermitThatFailsBesideOneThatPermitsIsNotPassedOverEither() {
        write("grounds/politie.cedar", PERMIT + FAILING_PERMIT);
        assertThat(engine().ask(question(Category.O)).verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void whatFailsIsRuledADenyWithTheCodeOfAPolicyError() {
        write("grounds/politie.cedar", PERMIT);
        write("safety.cedar", FAILING_FORBID);
        var ruling = new Rulings(engine()).rule(question(Category.O));
        assertThat(ruling).isInstanceOfSatisfying(Denied.class,
                denied -> assertThat(denied.refusal().code()).hasToString("KP-5111"));
    }

    @Test
    void aQuestionThatDoesNotFitTheSchemaFails() {
        write("grounds/politie.cedar", PERMIT);
        var unknownType = new PolicyQuestion("ZC_UHG", Set.of(), "bestaat-niet", Category.O, "NIEMAND", facts());
        assertThat(engine().ask(unknownType).verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void everyFactReachesThePolicies() {
        for (var fact : List.of("context.zenderfunctie == \"POLITIE\"", "context.doel == \"TOEZICHT_NALEVING\"",
                "context.fase == \"VERLENGD\"", "context.overeenkomsten.contains(\"CONVENANT\")",
                "context.toestemming", "context.afweging", "context.menselijkBesluit", "context.kader == \"OTS\"",
                "context.minderjarigen", "context.spoed", "context.beschermdTegen", "context.scheidingGeborgd",
                "context.eigenGrondBsn", "context.veiligheidseffect", "context.casusGesloten",
                "context.laatsteRegieOfVt", "context.correctie", "principal.functie == \"ZC_UHG\"",
                "principal.dient.contains(\"UITHUISGEPLAATSTE\")", "resource.betreft == \"ACHTERBLIJVER\"",
                "resource.categorie == \"H\"", "action == Ketenpoort::Action::\"overtredingsmelding\"")) {
            write("grounds/politie.cedar",
                    "@id(\"grond\") @versie(\"1\") permit (principal, action, resource) when { " + fact + " };");
            var everything = new Facts("POLITIE", "TOEZICHT_NALEVING", "VERLENGD", Set.of("CONVENANT", "ANDER"), true,
                    true, true, "OTS", true, true, true, true, true, true, true, true, true);
            assertThat(engine().ask(new PolicyQuestion("ZC_UHG", Set.of("UITHUISGEPLAATSTE"), "overtredingsmelding",
                    Category.H, "ACHTERBLIJVER", everything)).verdict()).as(fact).isEqualTo(Verdict.PERMIT);
            assertThat(engine().ask(new PolicyQuestion("POLITIE", Set.of(), "overdracht", Category.O, "NIEMAND",
                    facts())).verdict()).as("not " + fact).isEqualTo(Verdict.DENY);
        }
    }

    @Test
    void everyKindOfAgreementSomePolicyAsksForIsKnown() {
        write("grounds/politie.cedar", """
                @id("een") @versie("1")
                permit (principal, action, resource) when { context.overeenkomsten.contains("WPG_BESLUIT_20") };
                @id("twee") @versie("1")
                permit (principal, action, resource) when { context.overeenkomsten.contains("CONVENANT") };
                """);
        assertThat(engine().agreementKinds()).containsExactlyInAnyOrder("WPG_BESLUIT_20", "CONVENANT");
    }

    @Test
    void theSameFilesGiveTheSameBundleIdAndAnyChangeAnother() {
        write("grounds/politie.cedar", PERMIT);
        var before = engine().bundle();
        assertThat(engine().bundle()).isEqualTo(before);
        write("grounds/politie.cedar", PERMIT + "// een opmerking\n");
        var commented = engine().bundle();
        write("safety.cedar", FORBID + " ");
        assertThat(List.of(before, commented, engine().bundle())).doesNotHaveDuplicates();
    }

    @Test
    void aFileUnderAnotherNameIsAnotherBundle() throws IOException {
        write("grounds/politie.cedar", PERMIT);
        var before = engine().bundle();
        Files.move(directory.resolve("grounds/politie.cedar"), directory.resolve("grounds/om.cedar"));
        assertThat(engine().bundle()).isNotEqualTo(before);
    }

    @Test
    void aChangedRouteIsAnotherBundleBecauseItSaysWhomAReceiverServes() {
        var before = engine().bundle();
        write("routes/venlo.xml", "<route dient=\"ACHTERBLIJVER\"/>");
        assertThat(engine().bundle()).isNotEqualTo(before);
    }

    @Test
    void theBundleSaysItsVersionAndItsDigest() {
        assertThat(engine().bundle()).matches("2026\\.11\\.3 sha256-[A-Za-z0-9+/]{43}=");
        write("bundle.properties", "bundel.versie=2027.1.1\n");
        assertThat(engine().bundle()).startsWith("2027.1.1 sha256-");
    }

    @Test
    void aBundleThatDoesNotSayItsVersionStopsTheStart() {
        for (var lacking : List.of("bundel.id=ketenpoort-beleid\n", "bundel.versie=\n",
                "bundel.versie=de nieuwste\n")) {
            write("bundle.properties", lacking);
            assertThatIllegalStateException().as(lacking).isThrownBy(this::engine)
                    .withMessageContaining("bundle.properties").withMessageContaining("bundel.versie");
        }
    }

    @Test
    void theBundleOfTheRepositoryIsTheOneThatIsKnownUnderItsVersion() throws IOException {
        assertThat(Files.readAllLines(REAL.resolve("bundle.versions"))).contains(CedarWiring.engine(REAL).bundle());
    }

    @Test
    void aFileThatDoesNotParseStopsTheStartAndIsNamed() {
        write("grounds/politie.cedar", "permit (principal, action");
        assertThatIllegalStateException().isThrownBy(this::engine).withMessageContaining("politie.cedar");
    }

    @Test
    void aSchemaThatDoesNotParseStopsTheStartAndIsNamed() {
        write("schema.cedarschema", "namespace {");
        assertThatIllegalStateException().isThrownBy(this::engine).withMessageContaining("schema.cedarschema");
    }

    @Test
    void aPolicyWithoutIdOrVersionOrAForbidWithoutCodeStopsTheStartAndNamesItsFile() {
        for (var lacking : List.of("@versie(\"1\") permit (principal, action, resource);",
                "@id(\"x\") permit (principal, action, resource);",
                "@id(\"x\") @versie(\"1\") @toelichting(\"y\") forbid (principal, action, resource);",
                "@id(\"x\") @versie(\"1\") @code(\"KP-5201\") forbid (principal, action, resource);")) {
            write("grounds/politie.cedar", lacking);
            assertThatIllegalStateException().as(lacking).isThrownBy(this::engine)
                    .withMessageContaining("politie.cedar");
        }
    }

    @Test
    void twoPoliciesUnderOneIdStopTheStart() {
        write("grounds/om.cedar", PERMIT);
        write("grounds/politie.cedar", PERMIT);
        assertThatIllegalStateException().isThrownBy(this::engine).withMessageContaining("grond")
                .withMessageContaining("politie.cedar");
    }

    @Test
    void aMissingFileStopsTheStartAndSaysWhatToDo() throws IOException {
        Files.delete(directory.resolve("safety.cedar"));
        assertThatIllegalStateException().isThrownBy(this::engine)
                .withMessageContaining("ketenpoort.policies.directory");
    }

    @Test
    void theBundleOfTheRepositoryLoads() {
        var engine = CedarWiring.engine(REAL);
        assertThat(engine.agreementKinds()).isNotEmpty();
        assertThat(engine.ask(question(Category.O)).verdict()).isNotEqualTo(Verdict.FAILED);
    }

    private PolicyEngine engine() {
        return CedarWiring.engine(directory);
    }

    private void write(String file, String text) {
        try {
            Files.writeString(directory.resolve(file), text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static PolicyQuestion question(Category category) {
        return new PolicyQuestion("ZC_UHG", Set.of("UITHUISGEPLAATSTE"), "overtredingsmelding", category, "NIEMAND",
                facts());
    }

    private static Facts facts() {
        return new Facts("OM", "HULPVERLENING", "OPEN", Set.of(), false, false, false, "GEEN", false, false, false,
                false, false, false, false, false, false);
    }
}
