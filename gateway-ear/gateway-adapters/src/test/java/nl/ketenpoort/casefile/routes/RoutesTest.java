package nl.ketenpoort.casefile.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import nl.ketenpoort.casefile.Party;
import nl.ketenpoort.casefile.Routes;
import nl.ketenpoort.messagetype.PersonRole;
import nl.ketenpoort.partner.KnownPartners;
import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.partner.PartnerFunction;

class RoutesTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 6, 1);
    private static final Path REAL = Path.of("..", "..", "policies");
    private static final PartnerFunction GI = new PartnerFunction("GI");
    private static final PersonRole STAYS = new PersonRole("ACHTERBLIJVER");
    private static final PersonRole LEFT = new PersonRole("UITHUISGEPLAATSTE");

    @TempDir
    private Path directory;

    /** Of every region at least one. */
    static Stream<String> municipalities() {
        return Stream.of("0363", "0384", "0451", "0437", "0362", "0358", "0599", "1992", "0983");
    }

    @ParameterizedTest
    @MethodSource("municipalities")
    void everyMunicipalityHasTheFunctionsWithoutWhichNoCaseCanRun(String municipality) {
        assertThat(functionsIn(municipality, false)).contains(new PartnerFunction("BURGEMEESTER"),
                new PartnerFunction("POLITIE"), PartnerFunction.VEILIG_THUIS, new PartnerFunction("OM"),
                PartnerFunction.ZC_ACHTERBLIJVER, PartnerFunction.ZC_UHG).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0363", "0384", "0599", "0983"})
    void whereMinorsAreInTheCaseYouthProtectionJoinsAndOtherwiseNot(String municipality) {
        assertThat(functionsIn(municipality, true)).contains(GI).doesNotHaveDuplicates();
        assertThat(functionsIn(municipality, false)).doesNotContain(GI);
    }

    @ParameterizedTest
    @MethodSource("municipalities")
    void theCoordinatorsServeEachTheirOwnParty(String municipality) {
        var parties = everybody().partiesFor(municipality, false, TODAY);
        assertThat(serving(parties, PartnerFunction.ZC_ACHTERBLIJVER)).contains(STAYS).doesNotContain(LEFT);
        assertThat(serving(parties, PartnerFunction.ZC_UHG)).contains(LEFT).doesNotContain(STAYS);
    }

    @Test
    void noMunicipalityHasTwoRoutesAtOneTime() throws IOException {
        var police = """
                <functie code="POLITIE" soort="X" dient="" inzet="ALTIJD" oin="00000099000000010000" organisatie="P"/>""";
        route(police);
        var first = directory.resolve("routes/proef.xml");
        var second = Files.copy(first, directory.resolve("routes/opvolger.xml"));
        assertThatIllegalStateException().isThrownBy(() -> RoutesWiring.routes(directory, everyone()))
                .withMessageContaining("0363");
        Files.writeString(first, Files.readString(first).replace("geldig-van=\"2026-01-01\"",
                "geldig-van=\"2026-01-01\" geldig-tot=\"2026-07-01\""));
        Files.writeString(second, Files.readString(second).replace("2026-01-01", "2026-07-01"));
        var routes = RoutesWiring.routes(directory, everyone());
        assertThat(routes.partiesFor("0363", false, LocalDate.of(2026, 6, 30))).hasSize(1);
        assertThat(routes.partiesFor("0363", false, LocalDate.of(2026, 7, 1))).hasSize(1);
    }

    @Test
    void aDayThatCannotBeReadNamesTheFile() throws IOException {
        route("<functie code=\"POLITIE\" soort=\"X\" dient=\"\" inzet=\"ALTIJD\" oin=\"00000099000000010000\" organisatie=\"P\"/>");
        var file = directory.resolve("routes/proef.xml");
        Files.writeString(file, Files.readString(file).replace("2026-01-01", "2026-01-01Z"));
        assertThatIllegalStateException().isThrownBy(() -> RoutesWiring.routes(directory, everyone()))
                .withMessageContaining("proef.xml");
    }

    @Test
    void aMunicipalityThatNoRouteCoversHasNoParties() {
        assertThat(everybody().partiesFor("9999", true, TODAY)).isEmpty();
    }

    @Test
    void theMayorOfTheMunicipalityJoinsAndNotThatOfItsNeighbour() {
        assertThat(everybody().partiesFor("0384", false, TODAY)).extracting(Party::oin)
                .contains(new Oin("00000099000000070384")).doesNotContain(new Oin("00000099000000070000"));
    }

    @Test
    void aMunicipalityThatWasMergedHasNoRouteAndItsSuccessorHas() {
        assertThat(everybody().partiesFor("0501", false, TODAY)).as("Brielle, until 2023").isEmpty();
        assertThat(everybody().partiesFor("1992", false, TODAY)).as("Voorne aan Zee").isNotEmpty();
    }

    @Test
    void aRouteCoversNothingBeforeItIsInForce() {
        assertThat(everybody().partiesFor("0363", false, LocalDate.of(2025, 12, 31))).isEmpty();
        assertThat(everybody().partiesFor("0363", false, LocalDate.of(2026, 1, 1))).isNotEmpty();
    }

    @Test
    void anOrganisationThatJoinsOnlyWhenNamedIsNotInTheRoute() throws IOException {
        route("""
                <functie code="POLITIE" soort="X" dient="" inzet="ALTIJD" oin="00000099000000010000" organisatie="P"/>
                <functie code="GI" soort="X" dient="" inzet="OP_AANWIJZING" oin="00000099000000061000"
                         organisatie="W"/>""");
        assertThat(RoutesWiring.routes(directory, everyone()).partiesFor("0363", true, TODAY))
                .extracting(Party::function)
                .containsExactly(new PartnerFunction("POLITIE"));
    }

    @Test
    void whomAFunctionServesIsKnownOfOneThatJoinsOnlyWhenNamedToo() throws IOException {
        route("""
                <functie code="POLITIE" soort="X" dient="" inzet="ALTIJD" oin="00000099000000010000" organisatie="P"/>
                <functie code="GI" soort="X" dient="MINDERJARIGE" inzet="OP_AANWIJZING" oin="00000099000000061000"
                         organisatie="W" gemeenten="0363"/>""");
        var routes = RoutesWiring.routes(directory, new KnownPartners());
        assertThat(routes.servedBy(GI, "0363", TODAY)).contains(Set.of(new PersonRole("MINDERJARIGE")));
        assertThat(routes.servedBy(new PartnerFunction("POLITIE"), "0363", TODAY)).contains(Set.of());
        assertThat(routes.servedBy(new PartnerFunction("GGZ"), "0363", TODAY)).isEmpty();
        assertThat(routes.servedBy(GI, "9999", TODAY)).isEmpty();
        assertThat(routes.servedBy(GI, "0363", LocalDate.of(2025, 12, 31))).isEmpty();
    }

    @Test
    void noRouteSaysWhomHelpServesThatJoinsByARequest() {
        for (var help : List.of("GGZ", "HUISARTS", "VERVOLGHULP", "WIJKTEAM")) {
            assertThat(everybody().servedBy(new PartnerFunction(help), "0363", TODAY)).as(help).isEmpty();
        }
    }

    @Test
    void whoIsNotConnectedInThatFunctionIsLeftOut() throws IOException {
        route("""
                <functie code="POLITIE" soort="X" dient="" inzet="ALTIJD" oin="00000099000000010000" organisatie="P"/>
                <functie code="OM" soort="X" dient="" inzet="ALTIJD" oin="00000099000000040000" organisatie="O"/>
                <functie code="GGZ" soort="X" dient="" inzet="ALTIJD" oin="00000099000000050000" organisatie="G"/>
                <functie code="GI" soort="X" dient="" inzet="ALTIJD" oin="00000099000000060000" organisatie="J"/>""");
        var partners = new KnownPartners()
                .connect(new Oin("00000099000000010000"), new PartnerFunction("POLITIE"))
                .connect(new Oin("00000099000000040000"), new PartnerFunction("POLITIE"))
                .connect(new Oin("00000099000000050000"), new PartnerFunction("GGZ"))
                .end(new Oin("00000099000000050000"));
        assertThat(RoutesWiring.routes(directory, partners).partiesFor("0363", false, TODAY))
                .extracting(Party::function)
                .as("OM lacks the function, GGZ has ended, GI was never there")
                .containsExactly(new PartnerFunction("POLITIE"));
    }

    @Test
    void whoConnectsLaterJoinsTheNextCase() throws IOException {
        route("""
                <functie code="POLITIE" soort="X" dient="ACHTERBLIJVER MINDERJARIGE" inzet="ALTIJD"
                         oin="00000099000000010000" organisatie="P"/>""");
        var partners = new KnownPartners();
        var routes = RoutesWiring.routes(directory, partners);
        assertThat(routes.partiesFor("0363", false, TODAY)).isEmpty();
        partners.connect(new Oin("00000099000000010000"), new PartnerFunction("POLITIE"));
        assertThat(routes.partiesFor("0363", false, TODAY)).containsExactly(new Party(new Oin("00000099000000010000"),
                new PartnerFunction("POLITIE"), Set.of(STAYS, new PersonRole("MINDERJARIGE"))));
    }

    @Test
    void aRouteThatDoesNotKeepItsSchemaStopsTheStartAndIsNamed() throws IOException {
        route("""
                <functie code="POLITIE" soort="X" dient="" inzet="SOMS" oin="00000099000000010000" organisatie="P"/>""");
        assertThatIllegalStateException().isThrownBy(() -> RoutesWiring.routes(directory, new KnownPartners()))
                .withMessageContaining("proef.xml");
    }

    @Test
    void aRouteWithADoctypeIsNotRead() throws IOException {
        route("<functie/>");
        Files.writeString(directory.resolve("routes/proef.xml"),
                "<!DOCTYPE route><route xmlns=\"urn:nl:ketenpoort:routes:v1\"/>");
        assertThatIllegalStateException().isThrownBy(() -> RoutesWiring.routes(directory, new KnownPartners()))
                .withMessageContaining("proef.xml");
    }

    /** Else nobody could tell that he was released or escaped: a decision that names DJI would be refused. */
    @Test
    void everyRealRouteSaysWhomTheOrganisationsServeThatHoldOrSuperviseHim() {
        var routes = RoutesWiring.routes(REAL, new KnownPartners());
        for (var municipality : List.of("0363", "0362", "0599", "0983")) {
            assertThat(routes.servedBy(new PartnerFunction("DJI"), municipality, TODAY)).contains(Set.of());
            assertThat(routes.servedBy(new PartnerFunction("RECLASSERING"), municipality, TODAY))
                    .contains(Set.of(new PersonRole("UITHUISGEPLAATSTE")));
        }
    }

    private void route(String functions) throws IOException {
        var folder = Files.createDirectory(directory.resolve("routes"));
        Files.copy(REAL.resolve("routes/routes-v1.xsd"), folder.resolve("routes-v1.xsd"));
        Files.writeString(folder.resolve("proef.xml"), """
                <route xmlns="urn:nl:ketenpoort:routes:v1" regio="proef" versie="1" geldig-van="2026-01-01">
                    <naam>Proef</naam>
                    <bron>proef</bron>
                    <gemeente code="0363" naam="Amsterdam"/>
                    %s
                    <monitoring na="P3M" tot-hulp-geborgd="true"/>
                </route>""".formatted(functions));
    }

    private static List<PartnerFunction> functionsIn(String municipality, boolean minors) {
        return everybody().partiesFor(municipality, minors, TODAY).stream().map(Party::function).toList();
    }

    private static Set<PersonRole> serving(List<Party> parties, PartnerFunction function) {
        return parties.stream().filter(party -> party.function().equals(function)).findFirst().orElseThrow().serves();
    }

    private static Routes everybody() {
        return RoutesWiring.routes(REAL, everyone());
    }

    /** Every organisation that a route names, in each function that a route gives it. */
    private static KnownPartners everyone() {
        var partners = new KnownPartners();
        var named = RouteFile.readAll(REAL.resolve("routes")).stream().flatMap(route -> route.functions().stream())
                .map(RouteFile.RoutedFunction::party).toList();
        named.stream().map(Party::oin).distinct().forEach(oin -> partners.connect(oin,
                named.stream().filter(party -> party.oin().equals(oin)).map(Party::function).distinct()
                        .toArray(PartnerFunction[]::new)));
        return partners;
    }
}
