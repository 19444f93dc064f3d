package nl.ketenpoort.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

import nl.ketenpoort.schemas.Declarations.Kind;

class MessageTypeFoldersTest {

    private static final String SCHEMA_INVALID = "KP-3201";
    private static final String PERSON_UNKNOWN = "KP-3308";

    /** Rules with many ways to break them: the way may follow the constraint in the name of an example. */
    private static final String THV_TERM = "KP-3304";

    private static final Map<String, String> CODE_OF_CONSTRAINT = Map.of("ELFPROEF", "KP-3301", "OIN_GELDIG", "KP-3302",
            "PARKETNUMMER", "KP-3303", "THV_OPLEGGING", THV_TERM, "THV_TERMIJN", THV_TERM, "VOLGORDE", "KP-3305",
            "VERPLICHT_ALS", "KP-3306",
            "VERBODEN_ALS", "KP-3307");
    private static final Map<String, Set<String>> ATTRIBUTES_OF_CONSTRAINT = Map.of("ELFPROEF", Set.of("pad"),
            "OIN_GELDIG", Set.of("pad"), "PARKETNUMMER", Set.of("pad"), "THV_OPLEGGING",
            Set.of("pad", "waarde", "start", "einde"), "THV_TERMIJN", Set.of("start", "einde"),
            "VOLGORDE",
            Set.of("eerst", "daarna"), "VERPLICHT_ALS", Set.of("pad", "waarde", "vereist"), "VERBODEN_ALS",
            Set.of("pad", "waarde", "verboden"));

    private static final Set<String> PATHS_OF_EFFECT = Set.of("pad", "besluitnummer", "gemeente", "start", "einde",
            "van",
            "personen", "status", "sinds", "naam", "telefoon", "regiefunctie", "regieoin");
    private static final Map<String, Set<String>> MEMBERS = Map.of("ZORGCOORDINATIE",
            Set.of("ZORGCOORDINATIE", "ZC_ACHTERBLIJVER", "ZC_UHG"));

    static Stream<TypeFolder> folders() {
        return TypeFolder.indexed();
    }

    @Test
    void theFirstGroupIsThere() {
        assertThat(folders().map(TypeFolder::name)).contains("thv-besluit", "overdracht", "overdracht-voortgang",
                "strafzaak-status", "afdoening-terugkoppeling", "zorginformatieverzoek", "zorginformatieantwoord",
                "overtredingsmelding", "overtreding-opvolging", "afsluitbericht");
    }

    @Test
    void theIndexNamesEveryFolder() {
        var types = TypeFolder.root().resolve("types");
        var present = TypeFolder.files(types, "").stream().filter(file -> !file.getFileName().toString().contains("."))
                .flatMap(type -> TypeFolder.files(type, "").stream())
                .map(version -> types.relativize(version).toString());

        assertThat(TypeFolder.lines(types.resolve("index.txt"))).containsExactlyInAnyOrderElementsOf(present.toList());
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyLeafAttributeAndWildcardNamesCategoryAndSubject(TypeFolder folder) {
        assertThat(folder.declarations().problems()).isEmpty();
        assertThat(folder.declarations().of(Kind.LEAF)).isNotEmpty();
    }

    @Test
    void aLeafWithoutCategoryOrSubjectIsFound() {
        assertThat(problemsOf("""
                <xs:element name="moment" type="xs:dateTime"/>""")).containsExactlyInAnyOrder(
                "moment names no category",
                "moment does not say whose data it is");
    }

    @Test
    void anAttributeWithoutCategoryOrSubjectIsFound() {
        assertThat(problemsOf("""
                <xs:element name="deel">
                    <xs:complexType><xs:sequence/><xs:attribute name="soort" type="xs:string"/></xs:complexType>
                </xs:element>""")).containsExactlyInAnyOrder("deel/@soort names no category",
                "deel/@soort does not say whose data it is");
    }

    @Test
    void aWildcardIsFound() {
        assertThat(problemsOf("<xs:any processContents=\"skip\"/>")).containsExactly("xs:any in the root");
    }

    @Test
    void anAttributeWildcardIsFound() {
        assertThat(problemsOf("""
                <xs:element name="deel">
                    <xs:complexType><xs:sequence/><xs:anyAttribute processContents="skip"/></xs:complexType>
                </xs:element>""")).containsExactly("xs:anyAttribute in deel");
    }

    @Test
    void aLeafAboutAPersonOutsideAnyPersonIsFound() {
        assertThat(problemsOf("""
                <xs:element name="naam" type="xs:string" kpa:categorie="O" kpa:betreft="persoon"/>"""))
                .containsExactly("naam is about a person, but no element around it points to one");
    }

    @Test
    void aLeafHiddenBehindAReferenceIsFound() {
        assertThat(problemsOf("<xs:element ref=\"elders\"/>")).singleElement().asString()
                .contains("refers to a declaration elsewhere");
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyLeafAndAttributeHasABound(TypeFolder folder) {
        assertThat(folder.declarations().unbounded()).isEmpty();
        assertThat(new Declarations(Xml.parse(folder.deliveredSchema())).unbounded()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"date", "gYear", "dateTime", "time", "integer", "int", "decimal", "string", "anyURI",
            "language"})
    void aLeafWithoutABoundIsFound(String type) {
        assertThat(read("""
                <xs:element name="leeg"><xs:complexType><xs:sequence/>
                    <xs:attribute name="deel" type="xs:%1$s"/>
                </xs:complexType></xs:element>
                <xs:element name="naakt" type="xs:%1$s"/>
                <xs:element name="klein"><xs:simpleType><xs:restriction base="xs:%1$s">
                    <xs:minLength value="1"/><xs:minInclusive value="0"/><xs:maxInclusive value="9"/>
                </xs:restriction></xs:simpleType></xs:element>
                <xs:element name="eindeloos"><xs:simpleType><xs:restriction base="xs:%1$s">
                    <xs:pattern value="[0-9]{4}"/><xs:pattern value="[*+]+"/>
                </xs:restriction></xs:simpleType></xs:element>
                <xs:element name="open"><xs:simpleType><xs:restriction base="xs:%1$s">
                    <xs:pattern value="[0-9]{4,}"/>
                </xs:restriction></xs:simpleType></xs:element>
                <xs:element name="tekst"><xs:complexType><xs:simpleContent>
                    <xs:extension base="xs:%1$s"/>
                </xs:simpleContent></xs:complexType></xs:element>""".formatted(type)).unbounded())
                .containsExactlyInAnyOrder("leeg/@deel", "naakt", "klein", "eindeloos", "open", "tekst");
    }

    @Test
    void aListALengthAndAPatternThatEndsAreBounds() {
        assertThat(read("""
                <xs:element name="lijst"><xs:simpleType><xs:restriction base="xs:string">
                    <xs:enumeration value="JA"/>
                </xs:restriction></xs:simpleType></xs:element>
                <xs:element name="lengte"><xs:simpleType><xs:restriction base="xs:anyURI">
                    <xs:maxLength value="200"/>
                </xs:restriction></xs:simpleType></xs:element>
                <xs:element name="patroon"><xs:simpleType><xs:restriction base="xs:gYear">
                    <xs:pattern value="\\+?(19|20)[0-9]{2}[*+]?"/>
                </xs:restriction></xs:simpleType></xs:element>
                <xs:element name="gedeeld" type="w:Geboortedatum"/>
                <xs:element name="janee" type="xs:boolean"/>""").unbounded()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("folders")
    void theManifestIsValidAndNamedAfterItsFolder(TypeFolder folder) {
        var schema = Xml.schema(TypeFolder.root().resolve("types/manifest-v1.xsd"));

        assertThat(Xml.fault(schema, folder.manifest())).isEmpty();
        assertThat(folder.manifest().getAttribute("naam")).isEqualTo(folder.name());
        assertThat("v" + folder.manifest().getAttribute("versie")).isEqualTo(folder.path().getFileName().toString());
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyPathInTheManifestExistsInTheSchema(TypeFolder folder) {
        assertThat(folder.declarations().paths()).containsAll(pathsOf(folder.manifest()));
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyEssentialPathIsALeafOrAnAttribute(TypeFolder folder) {
        assertThat(folder.essential()).isNotEmpty()
                .allSatisfy(path -> assertThat(folder.declarations().at(path).kind()).isNotEqualTo(Kind.CONTAINER));
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyConditionNamesValuesThatItsLeafCanHave(TypeFolder folder) {
        var declarations = folder.declarations();
        var manifest = folder.manifest();
        var conditional = Xml.all(manifest.getOwnerDocument(), manifest.getNamespaceURI(), "*");

        for (var element : conditional) {
            assertThat(element.hasAttribute("pad") && !element.getLocalName().equals("afweging"))
                    .as("%s gives pad and waarden together", element.getLocalName())
                    .isEqualTo(element.hasAttribute("waarden"));
            assertThat(element.hasAttribute("als-pad")).isEqualTo(element.hasAttribute("als-waarden"));
            if (element.getAttribute("regel").equals("BIJ_WAARDE")) {
                assertThat(element.hasAttribute("pad")).isTrue();
            }
            if (element.getLocalName().equals("antwoord")) {
                assertThat(element.hasAttribute("binnen")).isNotEqualTo(element.hasAttribute("uiterlijk"));
                assertCanHave(answering(element), element.getAttribute("pad"), element.getAttribute("waarden"));
            } else {
                assertCanHave(declarations, element.getAttribute("pad"), element.getAttribute("waarden"));
            }
            assertCanHave(declarations, element.getAttribute("als-pad"), element.getAttribute("als-waarden"));
            assertCanHave(declarations, element.hasAttribute("termijn") ? element.getAttribute("van") : "",
                    element.getAttribute("termijn"));
            for (var phase : Xml.children(element, "fase")) {
                assertCanHave(declarations, element.getAttribute("van"), phase.getAttribute("waarde"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyConstraintIsWellFormedAndItsPathsExist(TypeFolder folder) {
        var schema = Xml.schema(TypeFolder.root().resolve("types/annotatie-v1.xsd"));
        var declarations = folder.declarations();
        var ids = new HashSet<String>();

        for (var constraint : declarations.constraints()) {
            var id = constraint.getAttribute("id");
            assertThat(Xml.fault(schema, constraint)).as(id).isEmpty();
            assertThat(ids.add(id)).as("%s is used once", id).isTrue();
            assertThat(ATTRIBUTES_OF_CONSTRAINT.get(constraint.getAttribute("soort"))).as(id)
                    .allMatch(constraint::hasAttribute);
            for (var name : List.of("pad", "vereist", "verboden", "eerst", "daarna", "start", "einde")) {
                if (constraint.hasAttribute(name)) {
                    assertThat(declarations.paths()).as(id).contains(constraint.getAttribute(name));
                }
            }
            if (constraint.hasAttribute("waarde")) {
                assertCanHave(declarations, constraint.getAttribute("pad"), constraint.getAttribute("waarde"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyEnumeratedLeafEqualsItsCodeList(TypeFolder folder) {
        var declarations = folder.declarations();

        for (var path : declarations.paths()) {
            var declared = declarations.at(path);
            assertThat(declared.codeList().isEmpty()).as("%s names a code list if it has an enumeration", path)
                    .isEqualTo(declared.values().isEmpty());
            if (!declared.codeList().isEmpty()) {
                assertThat(declared.values()).as(path).isEqualTo(CodeList.named(declared.codeList()).current());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyAcceptedExampleIsValidByEnvelopeAndType(TypeFolder folder) {
        var envelope = Xml.schema(TypeFolder.root().resolve("envelope/v1/envelop.xsd"));
        var type = Xml.schema(folder.schema());

        assertThat(folder.accepted()).hasSizeGreaterThanOrEqualTo(3).allSatisfy(example -> {
            var document = example.document();
            assertThat(Xml.fault(envelope, document)).isEmpty();
            assertThat(Xml.fault(type, Example.content(document))).isEmpty();
            assertThat(Example.personsOf(document)).containsAll(Example.referencesOf(document, folder.declarations()));
        });
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyExampleGoesAsItsManifestAllows(TypeFolder folder) {
        var manifest = folder.manifest();
        var senders = functions(manifest, "zenders");
        var receivers = functions(manifest, "ontvangers");
        var purposes = Xml.children(Xml.child(manifest, "doelen")).stream().map(Element::getTextContent).toList();

        assertThat(Stream.concat(folder.accepted().stream(), folder.refused().stream())).allSatisfy(example -> {
            var envelope = Example.envelope(example.document());
            assertThat(Xml.child(envelope, "berichttype").getTextContent()).isEqualTo(folder.name());
            assertThat(Xml.child(envelope, "versie").getTextContent()).isEqualTo(manifest.getAttribute("versie"));
            assertThat(senders).contains(Xml.child(envelope, "zenderfunctie").getTextContent());
            for (var receiver : Xml.children(Xml.child(envelope, "ontvangers"))) {
                Xml.children(receiver, "functie")
                        .forEach(function -> assertThat(receivers).contains(function.getTextContent()));
                assertThat(purposes).contains(Xml.child(receiver, "doel").getTextContent());
            }
            assertThat(!Xml.children(envelope, "casus").isEmpty()
                    || Xml.child(manifest, "casus").getTextContent().equals("OPENT")).isTrue();
            assertThat(!Xml.children(envelope, "verwijzing").isEmpty()
                    || Xml.child(manifest, "verwijzing").getAttribute("vereist").equals("nee")).isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyRefusedExampleThatIsASchemaErrorFailsTheSchemaAndNoOtherDoes(TypeFolder folder) {
        var envelope = Xml.schema(TypeFolder.root().resolve("envelope/v1/envelop.xsd"));
        var type = Xml.schema(folder.schema());

        assertThat(folder.refused()).isNotEmpty().allSatisfy(example -> {
            var document = example.document();
            assertThat(Xml.fault(envelope, document)).isEmpty();
            assertThat(Xml.fault(type, Example.content(document)).isPresent())
                    .isEqualTo(example.code().equals(SCHEMA_INVALID));
        });
    }

    @ParameterizedTest
    @MethodSource("folders")
    void aRefusedExampleNamesAnUnknownPersonOnlyIfItsCodeSaysSo(TypeFolder folder) {
        var declarations = folder.declarations();

        assertThat(folder.refused()).filteredOn(example -> !example.code().equals(SCHEMA_INVALID))
                .allSatisfy(example -> {
                    var document = example.document();
                    assertThat(Example.personsOf(document).containsAll(Example.referencesOf(document, declarations)))
                            .isNotEqualTo(example.code().equals(PERSON_UNKNOWN));
                });
    }

    @ParameterizedTest
    @MethodSource("folders")
    void eachRefusalThatSchemaAndConstraintsCanGiveHasAnExample(TypeFolder folder) {
        var expected = folder.declarations().constraints().stream()
                .map(constraint -> CODE_OF_CONSTRAINT.get(constraint.getAttribute("soort")))
                .collect(Collectors.toSet());
        expected.add(SCHEMA_INVALID);
        if (folder.accepted().stream()
                .anyMatch(example -> !Example.referencesOf(example.document(), folder.declarations()).isEmpty())) {
            expected.add(PERSON_UNKNOWN);
        }

        assertThat(folder.refused().stream().map(Example::code).collect(Collectors.toSet())).isEqualTo(expected);
    }

    /** That it breaks this constraint and no other, the gateway's own ExamplesTest says, where constraints are kept. */
    @ParameterizedTest
    @MethodSource("folders")
    void everyConstraintHasOneRefusedExampleThatIsNamedAfterIt(TypeFolder folder) {
        var expected = folder.declarations().constraints().stream()
                .map(constraint -> CODE_OF_CONSTRAINT.get(constraint.getAttribute("soort")) + "-"
                        + constraint.getAttribute("id") + ".xml")
                .toList();
        var found = folder.refused().stream().filter(example -> CODE_OF_CONSTRAINT.containsValue(example.code()))
                .collect(Collectors.partitioningBy(example -> example.code().equals(THV_TERM),
                        Collectors.mapping(Example::name, Collectors.toList())));

        assertThat(found.get(false)).containsExactlyInAnyOrderElementsOf(
                expected.stream().filter(name -> !name.startsWith(THV_TERM)).toList());
        assertThat(found.get(true)).containsAll(expected.stream().filter(name -> name.startsWith(THV_TERM)).toList());
    }

    @ParameterizedTest
    @MethodSource("folders")
    void theDeliveredSchemaAcceptsWhatWasSent(TypeFolder folder) {
        var delivered = Xml.schema(folder.deliveredSchema());

        assertThat(folder.accepted()).allSatisfy(
                example -> assertThat(Xml.fault(delivered, Example.content(example.document()))).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("folders")
    void theDeliveredSchemaAcceptsAnExampleReducedToItsEssentialLeaves(TypeFolder folder) {
        var delivered = Xml.schema(folder.deliveredSchema());

        assertThat(folder.accepted()).allSatisfy(example -> {
            var content = Example.content(example.document());
            Example.reduce(content, "", folder.essential());
            assertThat(Xml.fault(delivered, content)).isEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("folders")
    void theDeliveredSchemaChangesNothingButWhatMayBeLeftOut(TypeFolder folder) {
        var sent = folder.declarations();
        var delivered = new Declarations(Xml.parse(folder.deliveredSchema()));

        assertThat(delivered.constraints()).as("rules about the original").isEmpty();
        assertThat(delivered.paths()).containsExactlyElementsOf(sent.paths());
        assertThat(delivered.paths()).allSatisfy(path -> {
            var essential = folder.essential().stream().anyMatch(one -> one.equals(path) || one.startsWith(path + "/"));
            var before = sent.at(path);
            assertThat(delivered.at(path)).isEqualTo(new Declarations.Declared(before.kind(), before.category(),
                    before.subject(), before.codeList(), before.values(), before.refersToPerson(),
                    before.optional() || !essential));
        });
    }

    @ParameterizedTest
    @MethodSource("folders")
    void theDeliveredSchemaDemandsTheEssentialLeaves(TypeFolder folder) {
        var delivered = Xml.schema(folder.deliveredSchema());

        assertThat(folder.accepted()).allSatisfy(example -> {
            var content = Example.content(example.document());
            Example.reduce(content, "", List.of());
            assertThat(Xml.fault(delivered, content)).isPresent();
        });
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyPathHasALabelInBothLanguages(TypeFolder folder) {
        for (var language : List.of("nl", "en")) {
            var labels = folder.labels(language);
            assertThat(labels.stringPropertyNames()).as(language)
                    .containsExactlyInAnyOrderElementsOf(folder.declarations().paths());
            assertThat(labels.values()).as(language).noneMatch(label -> label.toString().isBlank());
        }
        assertThat(
                Xml.children(Xml.child(folder.manifest(), "labels")).stream().map(label -> label.getAttribute("taal")))
                .containsExactlyInAnyOrder("nl", "en");
    }

    private static List<String> problemsOf(String particle) {
        return read(particle).problems();
    }

    private static Declarations read(String particles) {
        return new Declarations(Xml.parse("""
                <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:kpa="urn:nl:ketenpoort:annotatie:v1"
                           xmlns:w="urn:nl:ketenpoort:waarden:v1">
                    <xs:element name="wortel"><xs:complexType><xs:sequence>%s</xs:sequence></xs:complexType></xs:element>
                </xs:schema>""".formatted(particles)));
    }

    /** Every path the manifest gives about its own content; those in an answer's condition are about the answer. */
    private static List<String> pathsOf(Element manifest) {
        var paths = new ArrayList<String>();
        for (var pad : Xml.children(Xml.child(manifest, "essentieel"))) {
            paths.add(pad.getTextContent().strip());
        }
        for (var part : Xml.children(manifest)) {
            add(paths, part, "als-pad", "");
            add(paths, part, "vervalt", "");
            if (!part.getLocalName().equals("antwoord")) {
                add(paths, part, "pad", "");
            }
        }
        for (var effect : Xml.children(Xml.child(manifest, "effecten"))) {
            PATHS_OF_EFFECT.forEach(name -> add(paths, effect, name, ""));
            for (var each : Xml.children(effect)) {
                if (each.hasAttribute("elk")) {
                    add(paths, each, "elk", "");
                    for (var name : List.of("persoon", "tegen", "sinds", "reden", "houder", "grond", "functie",
                            "oin")) {
                        add(paths, each, name, each.getAttribute("elk") + "/");
                    }
                }
            }
        }
        return paths;
    }

    private static void add(List<String> paths, Element element, String attribute, String above) {
        if (element.hasAttribute(attribute)) {
            paths.add(above + element.getAttribute(attribute));
        }
    }

    private static Declarations answering(Element answer) {
        return folders().filter(folder -> folder.name().equals(answer.getAttribute("type"))).findFirst().orElseThrow()
                .declarations();
    }

    /** Values of an enumeration, or true and false. */
    private static void assertCanHave(Declarations declarations, String path, String values) {
        if (!path.isEmpty()) {
            var possible = declarations.at(path).values();
            assertThat(possible.isEmpty() ? List.of("true", "false") : possible).as(path)
                    .containsAll(Xml.words(values));
        }
    }

    private static Set<String> functions(Element manifest, String part) {
        return Xml.children(Xml.child(manifest, part)).stream().map(Element::getTextContent)
                .flatMap(function -> MEMBERS.getOrDefault(function, Set.of(function)).stream())
                .collect(Collectors.toSet());
    }
}
