package nl.ketenpoort.messagetype.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import nl.ketenpoort.messagetype.Category;
import nl.ketenpoort.messagetype.Effect;
import nl.ketenpoort.messagetype.LeafRule;
import nl.ketenpoort.messagetype.Purpose;
import nl.ketenpoort.messagetype.TypeName;
import nl.ketenpoort.messagetype.ValueRule;
import nl.ketenpoort.messagetype.xml.MessageTypesWiring.Catalogue;
import nl.ketenpoort.partner.PartnerFunction;

class CatalogueTest {

    private static final Instant NOW = Instant.parse("2026-11-15T12:00:00Z");
    private static final SchemaFiles FILES = SchemaFiles.ofClassLoader(CatalogueTest.class.getClassLoader());
    private static final TypeName VIOLATION = new TypeName("overtredingsmelding", 1);
    private static final TypeName DECISION = new TypeName("thv-besluit", 1);
    private static final String SCHEMA = "types/overtredingsmelding/v1/overtredingsmelding.xsd";
    private static final String MANIFEST = "types/overtredingsmelding/v1/type.xml";

    private final Catalogue catalogue = ReadCatalogue.read(FILES, () -> NOW);

    @Test
    void everyTypeOfTheIndexIsThereWithBothItsSchemas() {
        var names = FILES.lines("types/index.txt").stream().map(line -> line.split("/v"))
                .map(parts -> new TypeName(parts[0], Integer.parseInt(parts[1]))).toList();
        assertThat(names).isNotEmpty();
        assertThat(catalogue.names()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(names).allSatisfy(name -> {
            assertThat(catalogue.find(name).orElseThrow().name()).isEqualTo(name);
            assertThat(catalogue.form(name).content()).isNotNull();
            assertThat(catalogue.form(name).delivered()).isNotNull();
        });
    }

    @Test
    void aTypeOrVersionThatIsNotThereIsNotFound() {
        assertThat(catalogue.find(new TypeName("overtredingsmelding", 2))).isEmpty();
        assertThat(catalogue.find(new TypeName("onbekend", 1))).isEmpty();
    }

    @Test
    void everyLeafOfEveryTypeHasARule() {
        for (var name : catalogue.names()) {
            var type = catalogue.find(name).orElseThrow();
            assertThat(type.leaves().keySet()).containsAll(catalogue.form(name).leaves());
            assertThat(type.essential()).isSubsetOf(type.leaves().keySet());
        }
    }

    @Test
    void aLeafHasTheCategoryAndSubjectOfItsSchema() {
        var leaves = catalogue.find(VIOLATION).orElseThrow().leaves();
        assertThat(leaves).containsEntry("overtreding/soort", new LeafRule(Category.C, true))
                .containsEntry("contactpersoon/naam", new LeafRule(Category.O, false))
                .containsEntry("kind/toelichting", new LeafRule(Category.T, true))
                .containsEntry("kind/@betreft", new LeafRule(Category.O, true));
    }

    @Test
    void careCoordinationStandsForBothCoordinators() {
        assertThat(catalogue.find(VIOLATION).orElseThrow().receivers())
                .contains(PartnerFunction.ZC_ACHTERBLIJVER, PartnerFunction.ZC_UHG)
                .doesNotContain(PartnerFunction.ZORGCOORDINATIE);
    }

    @Test
    void whoHoldsRegieIsLeftToTheCase() {
        assertThat(catalogue.find(DECISION).orElseThrow().receivers()).contains(PartnerFunction.REGIEHOUDER);
    }

    @Test
    void whoCameInByARequestWritesOfItsOwnAccordOnlyWhereTheManifestSaysSo() {
        assertThat(catalogue.find(VIOLATION).orElseThrow().ofOwnAccord()).isFalse();
        for (var said : List.of("ja", "nee")) {
            var files = with(MANIFEST, "<zenders>", "<zenders uit-eigen-beweging=\"" + said + "\">");
            assertThat(ReadCatalogue.read(files, () -> NOW).find(VIOLATION).orElseThrow().ofOwnAccord())
                    .isEqualTo(said.equals("ja"));
        }
    }

    @Test
    void anAnswerToOneIsToldFromAFollowUpToMany() {
        assertThat(catalogue.names()).filteredOn(name -> catalogue.find(name).orElseThrow().answersSender())
                .extracting(TypeName::name).containsExactlyInAnyOrder("zorginformatieantwoord", "overdracht-voortgang");
    }

    @Test
    void urgencyAndSafetyEffectAreRules() {
        var type = catalogue.find(VIOLATION).orElseThrow();
        assertThat(type.urgency()).isInstanceOfSatisfying(ValueRule.ByValue.class, rule -> {
            assertThat(rule.path()).isEqualTo("overtreding/soort");
            assertThat(rule.values()).contains("WONING_BETREDEN").doesNotContain("BEGELEID_CONTACT");
        });
        assertThat(type.safetyEffect()).isEqualTo(new ValueRule.Always());
    }

    @Test
    void theChildrenOfAnEffectAreAttributesWithTheChildsName() {
        var type = catalogue.find(DECISION).orElseThrow();
        assertThat(type.opensCase()).isTrue();
        var opening = type.effects(Effect.Kind.OPENS_CASE).getFirst();
        assertThat(opening.required("besluitnummer")).isEqualTo("besluit/nummer");
        assertThat(opening.required("beschermd.elk")).isEqualTo("beschermd");
        assertThat(opening.required("beschermd.persoon")).isEqualTo("@betreft");
        assertThat(type.effects(Effect.Kind.SETS_PHASE).getFirst().required("fase.VERLENGING")).isEqualTo("VERLENGD");
    }

    @Test
    void purposesKeepTheOrderOfTheManifest() {
        assertThat(catalogue.find(DECISION).orElseThrow().purposes()).containsExactly(new Purpose("THV_BESLUIT"),
                new Purpose("BESCHERMING_MINDERJARIGE"));
    }

    @Test
    void aPurposeIsKnownOnlyWhileItIsValid() {
        assertThat(catalogue.knows(new Purpose("CRISISHULP"))).isTrue();
        assertThat(catalogue.knows(new Purpose("NIEUWSGIERIGHEID"))).isFalse();
        var before = ReadCatalogue.read(FILES, () -> Instant.parse("2025-12-31T22:59:59Z"));
        var after = ReadCatalogue.read(FILES, () -> Instant.parse("2025-12-31T23:00:00Z"));
        assertThat(before.knows(new Purpose("CRISISHULP"))).isFalse();
        assertThat(after.knows(new Purpose("CRISISHULP"))).as("a Dutch day begins").isTrue();
        var ended = with("code-lists/doel.xml", "code=\"CRISISHULP\"", "code=\"CRISISHULP\" geldig-tot=\"2026-11-15\"");
        assertThat(ReadCatalogue.read(ended, () -> NOW).knows(new Purpose("CRISISHULP"))).isFalse();
    }

    @ParameterizedTest(name = "{0}: {1} becomes {2}")
    @CsvSource(delimiter = '|', textBlock = """
            types/overtredingsmelding/v1/overtredingsmelding.xsd| kpa:categorie="C"| kpa:categorie="X"
            types/overtredingsmelding/v1/overtredingsmelding.xsd| kpa:categorie="C"| id="x"
            types/overtredingsmelding/v1/overtredingsmelding.xsd| kpa:betreft="persoon"| kpa:betreft="iedereen"
            types/overtredingsmelding/v1/overtredingsmelding.xsd| kpa:betreft="niemand"| kpa:betreft="persoon"
            types/overtredingsmelding/v1/overtredingsmelding.xsd| eerst="overtreding/tijdstip"| eerst="overtreding/nergens"
            types/overtredingsmelding/v1/overtredingsmelding.xsd| soort="VOLGORDE"| soort="GEVOEL"
            types/overtredingsmelding/v1/overtredingsmelding.xsd| <xs:element name="naam" type="w:Naam"| <xs:any/><xs:element name="naam" type="w:Naam"
            types/overtredingsmelding/v1/overtredingsmelding.xsd| <xs:attribute name="betreft"| <xs:attribute name="anders"
            types/overtredingsmelding/v1/overtredingsmelding.xsd| ../../../envelope/v1/waarden.xsd| ../../../../../etc/passwd
            types/overtredingsmelding/v1/overtredingsmelding.xsd| ../../../envelope/v1/waarden.xsd| file:///etc/passwd
            types/overtredingsmelding/v1/overtredingsmelding.xsd| ../../../envelope/v1/waarden.xsd| http://example.org/w.xsd
            types/overtredingsmelding/v1/overtredingsmelding.xsd| type="w:Tijdstip"| type="w:Onbekend"
            types/overtredingsmelding/v1/overtredingsmelding-bezorgd.xsd| type="w:Tijdstip"| type="w:Onbekend"
            types/overtredingsmelding/v1/type.xml| naam="overtredingsmelding"| naam="iets-anders"
            types/overtredingsmelding/v1/type.xml| <pad>overtreding/status</pad>| <pad>overtreding/stand</pad>
            types/overtredingsmelding/v1/type.xml| pad="overtreding/soort"| pad="overtreding/aard"
            types/overtredingsmelding/v1/type.xml| <functie>GI</functie>| <functie>BAKKER</functie>
            types/overtredingsmelding/v1/type.xml| <berichttype| <!DOCTYPE berichttype><berichttype
            types/overtredingsmelding/v1/type.xml| binnen="PT24H"| binnen="P1M"
            types/overtredingsmelding/v1/type.xml| </berichttype>| </x>
            code-lists/doel.xml| code="TOEZICHT_NALEVING"| code="IETS_ANDERS"
            code-lists/doel.xml| naam="doel"| naam="doelen"
            envelope/v1/envelop.xsd| type="Envelop"| type="Nergens"
            types/index.txt| overtredingsmelding/v1| ../overtredingsmelding
            """)
    void aBrokenFolderStopsTheStartAndSaysWhichFileAndWhatToDo(String file, String right, String wrong) {
        assertThat(new String(FILES.read(file), StandardCharsets.UTF_8)).as("the test changes something")
                .contains(right);
        assertThatThrownBy(() -> ReadCatalogue.read(with(file, right, wrong), () -> NOW))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("message-schemas/")
                .hasMessageContaining("What to do: ");
    }

    @Test
    void theMessageOfABrokenFolderNamesTheFileItself() {
        assertThatThrownBy(() -> ReadCatalogue.read(with(SCHEMA, "kpa:categorie=\"C\"", ""), () -> NOW))
                .hasMessageContaining(SCHEMA).hasMessageContaining("overtreding/soort has no category of data");
        assertThatThrownBy(
                () -> ReadCatalogue.read(with(MANIFEST, "overtreding/status", "overtreding/stand"), () -> NOW))
                .hasMessageContaining(MANIFEST).hasMessageContaining("overtreding/stand");
    }

    @Test
    void aMissingFileStopsTheStart() {
        for (var missing : Set.of(SCHEMA, MANIFEST, "types/overtredingsmelding/v1/overtredingsmelding-bezorgd.xsd",
                "types/index.txt", "code-lists/doel.xml")) {
            SchemaFiles without = path -> path.equals(missing) ? Optional.empty() : FILES.find(path);
            assertThatThrownBy(() -> ReadCatalogue.read(without, () -> NOW)).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(missing).hasMessageContaining("the file is missing");
        }
    }

    private static SchemaFiles with(String file, String right, String wrong) {
        return path -> FILES.find(path).map(bytes -> path.equals(file)
                ? new String(bytes, StandardCharsets.UTF_8).replace(right, wrong).getBytes(StandardCharsets.UTF_8)
                : bytes);
    }
}
