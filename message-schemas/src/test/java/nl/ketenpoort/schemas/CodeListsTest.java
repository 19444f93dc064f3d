package nl.ketenpoort.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

class CodeListsTest {

    static Stream<CodeList> lists() {
        return CodeList.indexed();
    }

    @Test
    void theIndexNamesEveryList() {
        var present = TypeFolder.files(TypeFolder.root().resolve("code-lists"), ".xml").stream()
                .map(file -> file.getFileName().toString().replace(".xml", "")).toList();

        assertThat(lists().map(CodeList::name)).containsExactlyInAnyOrderElementsOf(present);
    }

    @ParameterizedTest
    @MethodSource("lists")
    void aListIsValidAndNamedAfterItsFile(CodeList list) {
        var document = Xml.parse(TypeFolder.root().resolve("code-lists").resolve(list.name() + ".xml"));

        assertThat(Xml.fault(Xml.schema(TypeFolder.root().resolve("code-lists/codelijst-v1.xsd")), document)).isEmpty();
        assertThat(document.getDocumentElement().getAttribute("naam")).isEqualTo(list.name());
    }

    @ParameterizedTest
    @MethodSource("lists")
    void everyValueHasALabelInBothLanguagesAndDatesInOrder(CodeList list) {
        assertThat(list.values()).isNotEmpty().allSatisfy(value -> {
            assertThat(Xml.children(value, "label").stream().map(label -> label.getAttribute("taal")))
                    .containsExactlyInAnyOrder("nl", "en");
            if (value.hasAttribute("geldig-tot")) {
                assertThat(LocalDate.parse(value.getAttribute("geldig-tot")))
                        .isAfter(LocalDate.parse(value.getAttribute("geldig-van")));
            }
        });
    }

    @Test
    void theManifestKnowsTheFunctionsPurposesAndPhasesOfTheLists() {
        var functions = Stream.concat(codes("functie"), codes("functiegroep")).toList();
        var phases = codes("fase").filter(phase -> !phase.equals("GEEN")).toList();

        assertThat(enumeration("types/manifest-v1.xsd", "Functie")).isEqualTo(functions);
        assertThat(enumeration("types/manifest-v1.xsd", "Doel")).isEqualTo(codes("doel").toList());
        assertThat(enumeration("types/manifest-v1.xsd", "Fase")).isEqualTo(phases);
    }

    @Test
    void theAnnotationsKnowTheCategoriesOfTheList() {
        var attributes = Xml.all(Xml.parse(TypeFolder.root().resolve("types/annotatie-v1.xsd")), Xml.SCHEMA,
                "attribute");
        var categories = attributes.stream().filter(attribute -> attribute.getAttribute("name").equals("categorie"))
                .map(attribute -> Xml.child(attribute, "simpleType")).flatMap(CodeListsTest::values).toList();

        assertThat(categories).isEqualTo(codes("categorie").toList());
    }

    private static Stream<String> codes(String list) {
        return CodeList.named(list).current().stream();
    }

    private static List<String> enumeration(String schema, String type) {
        return Xml.all(Xml.parse(TypeFolder.root().resolve(schema)), Xml.SCHEMA, "simpleType").stream()
                .filter(simple -> simple.getAttribute("name").equals(type)).flatMap(CodeListsTest::values).toList();
    }

    private static Stream<String> values(Element simpleType) {
        return Xml.children(Xml.child(simpleType, "restriction"), "enumeration").stream()
                .map(value -> value.getAttribute("value"));
    }
}
