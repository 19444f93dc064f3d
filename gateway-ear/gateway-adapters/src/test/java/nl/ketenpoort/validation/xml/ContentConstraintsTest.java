package nl.ketenpoort.validation.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import nl.ketenpoort.messagetype.Content;
import nl.ketenpoort.messagetype.Content.Branch;
import nl.ketenpoort.messagetype.Content.Leaf;
import nl.ketenpoort.messagetype.Content.Node;
import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.messagetype.xml.MessageTypesWiring.Constraint;
import nl.ketenpoort.messagetype.xml.MessageTypesWiring.Constraint.Kind;
import nl.ketenpoort.refusal.Reason;

class ContentConstraintsTest {

    private static final Constraint IMPOSED = constraint(Kind.THV_OPLEGGING, "pad", "besluit/soort", "waarde",
            "OPLEGGING",
            "start", "besluit/ingang", "einde", "besluit/einde");
    private static final Constraint TERM = constraint(Kind.THV_TERMIJN, "start", "besluit/ingang", "einde",
            "besluit/einde");
    private static final Constraint ORDER = constraint(Kind.VOLGORDE, "eerst", "keer/van", "daarna", "keer/tot");

    @Test
    void aBsnPassesTheElfproef() {
        var constraint = constraint(Kind.ELFPROEF, "pad", "persoon/bsn");
        assertKept(constraint, branch("persoon", leaf("bsn", "999990019")));
        assertKept(constraint, branch("persoon", leaf("naam", "x")));
        assertBroken(constraint, Reason.BSN_INVALID, "persoon/bsn", branch("persoon", leaf("bsn", "999990019")),
                branch("persoon", leaf("bsn", "999990018")));
        assertBroken(constraint, Reason.BSN_INVALID, "persoon/bsn", branch("persoon", leaf("bsn", "000000000")));
    }

    @Test
    void anOinHasAPrefixThatExists() {
        var constraint = constraint(Kind.OIN_GELDIG, "pad", "oin");
        assertKept(constraint, leaf("oin", "00000099000000010000"));
        assertBroken(constraint, Reason.OIN_INVALID, "oin", leaf("oin", "12345678000000010000"));
    }

    @Test
    void aParketnummerIsOfAParketThatExists() {
        var constraint = constraint(Kind.PARKETNUMMER, "pad", "zaak/nummer");
        assertKept(constraint, branch("zaak", leaf("nummer", "13/123456-21")));
        assertKept(constraint, branch("zaak", leaf("nummer", "13-123456-21")));
        assertBroken(constraint, Reason.PARKETNUMMER_INVALID, "zaak/nummer",
                branch("zaak", leaf("nummer", "00/123456-21")));
    }

    @Test
    void aBanThatCrossesTheEndOfSummerTimeMayBeCountedByHoursOrByTheClock() {
        assertKept(IMPOSED, imposed("2026-10-20T14:00:00+02:00", "2026-10-30T13:00:00+01:00"));
        assertKept(IMPOSED, imposed("2026-10-20T14:00:00+02:00", "2026-10-30T14:00:00+01:00"));
        for (var end : List.of("2026-10-30T12:00:00+01:00", "2026-10-30T13:30:00+01:00", "2026-10-30T14:00:01+01:00")) {
            assertBroken(IMPOSED, Reason.THV_TERM_INVALID, "besluit/einde", imposed("2026-10-20T14:00:00+02:00", end));
        }
    }

    @Test
    void aBanThatCrossesTheStartOfSummerTimeMayBeCountedByHoursOrByTheClock() {
        assertKept(IMPOSED, imposed("2026-03-25T09:30:00+01:00", "2026-04-04T10:30:00+02:00"));
        assertKept(IMPOSED, imposed("2026-03-25T09:30:00+01:00", "2026-04-04T09:30:00+02:00"));
        for (var end : List.of("2026-04-04T08:30:00+02:00", "2026-04-04T10:00:00+02:00", "2026-04-04T10:31:00+02:00")) {
            assertBroken(IMPOSED, Reason.THV_TERM_INVALID, "besluit/einde", imposed("2026-03-25T09:30:00+01:00", end));
        }
    }

    @Test
    void theZoneInWhichATimeIsWrittenDoesNotMatter() {
        assertKept(IMPOSED, imposed("2026-10-20T12:00:00Z", "2026-10-30T13:00:00Z"));
        assertBroken(IMPOSED, Reason.THV_TERM_INVALID, "besluit/einde",
                imposed("2026-10-20T12:00:00Z", "2026-10-30T13:00:01Z"));
    }

    @Test
    void onlyWhatImposesABanLastsExactlyTenDays() {
        assertBroken(IMPOSED, Reason.THV_TERM_INVALID, "besluit/einde",
                imposed("2026-07-01T14:00:00+02:00", "2026-07-03T14:00:00+02:00"));
        assertKept(IMPOSED, ban("2026-07-01T14:00:00+02:00", "2026-07-03T14:00:00+02:00"));
        assertKept(IMPOSED, ban("2026-07-01T14:00:00+02:00", "2026-07-03T14:00:00+02:00", leaf("soort", "INTREKKING")));
    }

    @Test
    void everyBanEndsAfterItsStartAndWithin28DaysOfIt() {
        assertKept(TERM, ban("2026-07-01T14:00:00+02:00", "2026-07-29T14:00:00+02:00"));
        assertKept(TERM, ban("2026-10-10T14:00:00+02:00", "2026-11-07T14:00:00+01:00"));
        assertBroken(TERM, Reason.THV_TERM_INVALID, "besluit/einde",
                ban("2026-07-01T14:00:00+02:00", "2026-07-29T14:00:01+02:00"));
        assertBroken(TERM, Reason.THV_TERM_INVALID, "besluit/einde",
                ban("2026-07-01T14:00:00+02:00", "2026-07-01T14:00:00+02:00"));
    }

    @Test
    void midnightMayBeWrittenAs24Hours() {
        assertKept(IMPOSED, imposed("2026-06-30T24:00:00+02:00", "2026-07-11T00:00:00+02:00"));
    }

    @Test
    void anAbsentLeafBreaksNoTerm() {
        assertKept(TERM, branch("besluit", leaf("ingang", "2026-07-01T14:00:00+02:00")));
        assertKept(TERM, branch("besluit"));
        assertKept(IMPOSED, branch("besluit", leaf("soort", "OPLEGGING"), leaf("ingang", "2026-07-01T14:00:00+02:00")));
    }

    @Test
    void orderIsCheckedForEachInstanceByItself() {
        assertKept(ORDER, span("2026-01-05T10:00:00Z", "2026-01-06T10:00:00Z"),
                span("2026-01-01T10:00:00Z", "2026-01-01T10:00:00Z"));
        assertBroken(ORDER, Reason.ORDER_INVALID, "keer/tot", span("2026-01-01T10:00:00Z", "2026-01-02T10:00:00Z"),
                span("2026-01-05T10:00:00Z", "2026-01-05T11:00:00+02:00"));
        assertKept(ORDER, span("2026-01-05", "2026-01-05"));
        assertBroken(ORDER, Reason.ORDER_INVALID, "keer/tot", span("2026-01-05", "2026-01-04"));
    }

    @Test
    void aLeafOrContainerIsDemandedByAValue() {
        var constraint = constraint(Kind.VERPLICHT_ALS, "pad", "deel/soort", "waarde", "A", "vereist", "deel/uitleg");
        assertKept(constraint, branch("deel", leaf("soort", "B")));
        assertKept(constraint, branch("deel", leaf("soort", "A"), branch("uitleg")));
        assertKept(constraint, branch("deel"));
        assertBroken(constraint, Reason.REQUIRED_BY_VALUE, "deel/uitleg",
                branch("deel", leaf("soort", "A"), leaf("uitleg", "x")), branch("deel", leaf("soort", "A")));
    }

    @Test
    void aLeafOrContainerIsForbiddenByAValue() {
        var constraint = constraint(Kind.VERBODEN_ALS, "pad", "deel/soort", "waarde", "A", "verboden", "deel/uitleg");
        assertKept(constraint, branch("deel", leaf("soort", "A")),
                branch("deel", leaf("soort", "B"), branch("uitleg")));
        assertBroken(constraint, Reason.FORBIDDEN_BY_VALUE, "deel/uitleg",
                branch("deel", leaf("soort", "A"), branch("uitleg")));
    }

    @Test
    void aPathMayEndInThePersonThatAnElementPointsTo() {
        var constraint = constraint(Kind.VERPLICHT_ALS, "pad", "deel/soort", "waarde", "A", "vereist", "deel/@betreft");
        var pointing = new Branch("deel", Optional.of(new PersonId("ab1")), List.of(leaf("soort", "A")));
        assertKept(constraint, pointing);
        assertBroken(constraint, Reason.REQUIRED_BY_VALUE, "deel/@betreft", branch("deel", leaf("soort", "A")));
    }

    @Test
    void theFirstBrokenRuleInTheOrderOfTheSchemaIsTold() {
        var one = constraint(Kind.OIN_GELDIG, "pad", "a");
        var other = constraint(Kind.ELFPROEF, "pad", "b");
        var content = content(leaf("a", "x"), leaf("b", "x"));
        assertThat(ContentConstraints.broken(List.of(one, other), content).orElseThrow().code())
                .isEqualTo(Reason.OIN_INVALID.code());
        assertThat(ContentConstraints.broken(List.of(other, one), content).orElseThrow().code())
                .isEqualTo(Reason.BSN_INVALID.code());
    }

    private static void assertKept(Constraint constraint, Node... children) {
        assertThat(ContentConstraints.broken(List.of(constraint), content(children))).isEmpty();
    }

    private static void assertBroken(Constraint constraint, Reason reason, String place, Node... children) {
        var refusal = ContentConstraints.broken(List.of(constraint), content(children)).orElseThrow();
        assertThat(refusal.code()).isEqualTo(reason.code());
        assertThat(refusal.description()).endsWith("[" + place + "]");
    }

    private static Constraint constraint(Kind kind, String... attributes) {
        var map = new HashMap<String, String>();
        for (int i = 0; i < attributes.length; i += 2) {
            map.put(attributes[i], attributes[i + 1]);
        }
        return new Constraint("x", kind, Map.copyOf(map));
    }

    private static Node imposed(String start, String end) {
        return ban(start, end, leaf("soort", "OPLEGGING"));
    }

    private static Node ban(String start, String end, Node... more) {
        var children = new ArrayList<Node>(List.of(leaf("ingang", start), leaf("einde", end)));
        children.addAll(List.of(more));
        return new Branch("besluit", Optional.empty(), children);
    }

    private static Node span(String from, String to) {
        return branch("keer", leaf("van", from), leaf("tot", to));
    }

    private static Content content(Node... children) {
        return new Content("urn:x", branch("inhoud", children));
    }

    private static Branch branch(String name, Node... children) {
        return new Branch(name, Optional.empty(), List.of(children));
    }

    private static Leaf leaf(String name, String value) {
        return new Leaf(name, Optional.empty(), value);
    }
}
