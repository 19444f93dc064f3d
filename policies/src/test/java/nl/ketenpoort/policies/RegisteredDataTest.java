package nl.ketenpoort.policies;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Deadlines, retention, agreements and the register of processing agree with the law and with the policies. */
class RegisteredDataTest {

    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

    private final PolicyBundle bundle = PolicyBundle.load();

    @Test
    void aBanLastsTenTimesTwentyFourHoursAndAtMostTwentyEightDays() {
        var ban = XmlData.elements(deadlines(), "huisverbod").getFirst();
        assertThat(Duration.parse(ban.getAttribute("duur"))).isEqualTo(Duration.ofHours(240));
        assertThat(ban.getAttribute("hoogstens")).isEqualTo("P28D");
        assertThat(ban.getAttribute("tijdzone")).isEqualTo("Europe/Amsterdam");
    }

    @Test
    void everyFunctionThatReceivesSomethingSaysWhenItCanBeReached() {
        Set<String> reachable = new TreeSet<>();
        XmlData.elements(deadlines(), "bereikbaarheid")
                .forEach(hours -> reachable.addAll(XmlData.words(hours.getAttribute("functies"))));
        assertThat(reachable).containsAll(derived("ontvangers", policy -> true));
    }

    @Test
    void aRegionThatAgreesOtherwiseHasARouteAndNamesAMessageThatExists() {
        var routes = XmlData.filesIn("routes").stream().map(file -> file.getFileName().toString().replace(".xml", ""))
                .toList();
        for (Element region : XmlData.elements(deadlines(), "regio")) {
            assertThat(routes).contains(region.getAttribute("naam"));
            for (Element deadline : XmlData.elements(region, "termijn")) {
                assertThat(bundle.messageTypes()).contains(deadline.getAttribute("type"),
                        deadline.getAttribute("antwoord"));
                assertThat(deadline.hasAttribute("binnen")).isNotEqualTo(deadline.hasAttribute("uiterlijk"));
            }
        }
    }

    @Test
    void contentIsNeverKeptLongerThanFiveYearsAndEvidenceNeverShorter() {
        var retention = XmlData.valid("retention/bewaartermijnen-v1.xsd",
                PolicyBundle.FOLDER.resolve("retention/bewaartermijnen.xml"));
        Map<String, Element> byWhat = new TreeMap<>();
        XmlData.elements(retention, "bewaartermijn").forEach(term -> byWhat.put(term.getAttribute("wat"), term));
        assertThat(byWhat.get("INHOUD").getAttribute("hoogstens")).isEqualTo("P5Y");
        assertThat(byWhat.get("AUDIT_EN_BEWIJS").getAttribute("minstens")).isEqualTo("P5Y");
        assertThat(byWhat.get("INHOUD_EIGEN_SYSTEEM").getAttribute("bewaren")).isEqualTo("P30D");
        assertThat(byWhat.get("INHOUD_WERKPLEK").getAttribute("bewaren")).isEqualTo("P90D");
        assertThat(byWhat.get("TOESTEMMING").getAttribute("vanaf")).startsWith("LAATSTE_AUDITRECORD");
    }

    @Test
    void thePoliciesAskForTheKindsOfAgreementThatAreDescribedAndForNoOther() {
        var kinds = XmlData.valid("agreements/overeenkomst-v1.xsd",
                PolicyBundle.FOLDER.resolve("agreements/soorten.xml"));
        assertThat(XmlData.elements(kinds, "soort")).extracting(kind -> kind.getAttribute("id"))
                .containsExactlyInAnyOrderElementsOf(bundle.agreementKinds());
    }

    @Test
    void anExampleAgreementIsFictitiousDatedSignedAndHasItsDocumentBesideIt() throws IOException {
        assertThat(XmlData.filesIn("agreements/voorbeeld")).isNotEmpty().allSatisfy(file -> {
            var agreement = XmlData.valid("agreements/overeenkomst-v1.xsd", file);
            assertThat(agreement.getDocumentElement().getAttribute("fictief")).isEqualTo("true");
            assertThat(bundle.agreementKinds()).contains(agreement.getDocumentElement().getAttribute("soort"));
            assertThat(XmlData.elements(agreement, "partij")).extracting(party -> party.getAttribute("rol"))
                    .contains("VERSTREKKER", "ONTVANGER");
            Path document = file.resolveSibling(file.getFileName().toString().replace(".xml", ".txt"));
            assertThat(XmlData.elements(agreement, "document").getFirst().getAttribute("sha256"))
                    .isEqualTo(sha256(document));
        });
    }

    @Test
    void theRegisterOfProcessingSaysWhatThePoliciesAllowAndNothingElse() {
        var register = XmlData.valid("processing-register/verwerkingen-v1.xsd",
                PolicyBundle.FOLDER.resolve("processing-register/verwerkingen.xml"));
        List<String> registered = new ArrayList<>();
        for (Element activity : XmlData.elements(register, "verwerking")) {
            String id = activity.getAttribute("id");
            registered.add(id);
            for (String part : List.of("doelen", "berichttypen", "zenders", "ontvangers", "betrokkenen",
                    "categorieen")) {
                assertThat(XmlData.words(XmlData.elements(activity, part).getFirst().getTextContent()))
                        .as("%s, %s", id, part).containsExactlyInAnyOrderElementsOf(derived(part,
                                policy -> id.equals(policy.annotations().get("verwerkingsactiviteit"))));
            }
        }
        assertThat(bundle.policies().values()).filteredOn(policy -> !policy.isForbid())
                .extracting(policy -> policy.annotations().get("verwerkingsactiviteit")).isSubsetOf(registered);
        assertThat(registered).isSubsetOf(bundle.policies().values().stream()
                .map(policy -> policy.annotations().get("verwerkingsactiviteit")).toList());
    }

    /** What the conditions of the permits name, read from the lines that speak of it. */
    private Set<String> derived(String part, Predicate<PolicyBundle.DocumentedPolicy> which) {
        String about = switch (part) {
            case "doelen" -> "context.doel";
            case "zenders" -> "context.zenderfunctie";
            case "ontvangers" -> "principal.functie";
            case "betrokkenen" -> "resource.betreft";
            case "categorieen" -> "resource.categorie";
            default -> "Action::";
        };
        List<String> known = switch (part) {
            case "doelen" -> CodeList.named("doel");
            case "zenders", "ontvangers" -> CodeList.named("functie");
            case "betrokkenen" -> CodeList.named("persoonrol");
            case "categorieen" -> Datum.CATEGORIES;
            default -> bundle.messageTypes();
        };
        Set<String> named = new TreeSet<>();
        bundle.policies().values().stream().filter(policy -> !policy.isForbid()).filter(which)
                .flatMap(policy -> policy.source().lines()).filter(line -> line.contains(about))
                .flatMap(line -> QUOTED.matcher(line).results()).map(quoted -> quoted.group(1)).filter(known::contains)
                .forEach(named::add);
        return named;
    }

    private static Document deadlines() {
        return XmlData.valid("deadlines/termijnen-v1.xsd", PolicyBundle.FOLDER.resolve("deadlines/termijnen.xml"));
    }

    static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException | NoSuchAlgorithmException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
