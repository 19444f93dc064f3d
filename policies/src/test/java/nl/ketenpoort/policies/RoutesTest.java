package nl.ketenpoort.policies;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class RoutesTest {

    private static final List<String> JOIN_BY_REQUEST = List.of("GGZ", "HUISARTS", "WIJKTEAM", "VERVOLGHULP");

    private final List<Document> routes = XmlData.filesIn("routes").stream()
            .map(file -> XmlData.valid("routes/routes-v1.xsd", file)).toList();

    @Test
    void everyRegionOfTheSourcesHasARoute() {
        assertThat(routes).extracting(route -> route.getDocumentElement().getAttribute("regio"))
                .containsExactlyInAnyOrder("amsterdam-duo", "amstelveen-aalsmeer", "rotterdam-rijnmond", "venlo");
    }

    @Test
    void aMunicipalityFollowsOneRoute() {
        assertThat(routes.stream().flatMap(route -> XmlData.elements(route, "gemeente").stream())
                .map(gemeente -> gemeente.getAttribute("code"))).doesNotHaveDuplicates();
    }

    @Test
    void everyCaseHasAMayorPoliceVeiligThuisProsecutorAndACoordinatorForEachSide() {
        for (Document route : routes) {
            for (Element gemeente : XmlData.elements(route, "gemeente")) {
                if (!gemeente.hasAttribute("geldig-tot")) {
                    assertThat(parties(gemeente.getAttribute("code"), false)).as(gemeente.getAttribute("naam"))
                            .containsKeys("BURGEMEESTER", "POLITIE", "VEILIG_THUIS", "OM", "ZC_ACHTERBLIJVER",
                                    "ZC_UHG")
                            .doesNotContainKey("GI");
                }
            }
        }
    }

    @Test
    void whoHelpsServesHisOwnSideAndAuthoritiesServeNobody() {
        routes.stream().flatMap(route -> XmlData.elements(route, "functie").stream()).forEach(functie -> {
            String code = functie.getAttribute("code");
            assertThat(CodeList.named("functie")).contains(code);
            assertThat(JOIN_BY_REQUEST).doesNotContain(code);
            assertThat(XmlData.words(functie.getAttribute("dient"))).as(code).isEqualTo(switch (code) {
                case "ZC_ACHTERBLIJVER" -> List.of("ACHTERBLIJVER");
                case "ZC_UHG", "RECLASSERING" -> List.of("UITHUISGEPLAATSTE");
                case "GI" -> List.of("MINDERJARIGE");
                default -> List.of();
            });
        });
    }

    @Test
    void withMinorsTheCertifiedInstitutionJoinsInAmsterdamAndNotInAmstelveen() {
        assertThat(parties("0363", true)).containsEntry("GI", "00000099000000060000");
        assertThat(parties("0384", true)).containsKey("GI").containsEntry("BURGEMEESTER", "00000099000000070384");
        assertThat(parties("0362", true)).doesNotContainKey("GI");
    }

    @Test
    void inRotterdamVeiligThuisIsTheCoordinatorItself() {
        var parties = parties("0599", false);
        assertThat(parties.get("ZC_ACHTERBLIJVER")).isEqualTo(parties.get("VEILIG_THUIS"));
        assertThat(parties.get("ZC_UHG")).isEqualTo(parties.get("VEILIG_THUIS"));
    }

    @Test
    void inVenloTheMunicipalityCoordinatesForBothSides() {
        var parties = parties("0983", false);
        assertThat(parties.get("ZC_ACHTERBLIJVER")).isEqualTo(parties.get("ZC_UHG"));
    }

    @Test
    void monitoringLastsSixMonthsInAmstelveenAndAalsmeerAndThreeElsewhere() {
        assertThat(routes.stream().collect(Collectors.toMap(route -> route.getDocumentElement().getAttribute("regio"),
                route -> XmlData.elements(route, "monitoring").getFirst().getAttribute("na")))).isEqualTo(
                        Map.of("amsterdam-duo", "P3M", "amstelveen-aalsmeer", "P6M", "rotterdam-rijnmond", "P3M",
                                "venlo", "P3M"));
    }

    @Test
    void onlyTestNumbersAreCommitted() {
        assertThat(routes.stream().flatMap(route -> XmlData.elements(route, "functie").stream())
                .map(functie -> functie.getAttribute("oin"))).isNotEmpty().allMatch(oin -> oin.startsWith("00000099"));
    }

    /** The parties of a new case as routes-v1.xsd says they are found; fails on two organisations for one function. */
    private Map<String, String> parties(String municipality, boolean minors) {
        List<Element> found = new ArrayList<>();
        for (Document route : routes) {
            if (XmlData.elements(route, "gemeente").stream()
                    .anyMatch(gemeente -> gemeente.getAttribute("code").equals(municipality))) {
                XmlData.elements(route, "functie").stream().filter(functie -> joins(functie, municipality, minors))
                        .forEach(found::add);
            }
        }
        return found.stream().collect(
                Collectors.toMap(functie -> functie.getAttribute("code"), functie -> functie.getAttribute("oin")));
    }

    private static boolean joins(Element functie, String municipality, boolean minors) {
        boolean here = !functie.hasAttribute("gemeenten")
                || XmlData.words(functie.getAttribute("gemeenten")).contains(municipality);
        return here && switch (functie.getAttribute("inzet")) {
            case "ALTIJD" -> true;
            case "ALS_MINDERJARIGEN" -> minors;
            default -> false;
        };
    }
}
