package nl.ketenpoort.messagetype;

import static nl.ketenpoort.messagetype.Trees.about;
import static nl.ketenpoort.messagetype.Trees.branch;
import static nl.ketenpoort.messagetype.Trees.content;
import static nl.ketenpoort.messagetype.Trees.leaf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.junit.jupiter.api.Test;

import nl.ketenpoort.messagetype.Content.Leaf;
import nl.ketenpoort.messagetype.Content.PlacedLeaf;

class ContentTest {

    private static final PersonId MOTHER = new PersonId("p-moeder");
    private static final PersonId FATHER = new PersonId("p-vader");

    private final Content content = content("melding", leaf("datum", "2026-07-01"),
            about(MOTHER, "persoon", leaf("letsel", "blauwe plek"),
                    new Leaf("kind", Optional.of(new PersonId("p-kind")), "was erbij")),
            about(FATHER, "persoon", leaf("letsel", "geen"), branch("plaats", leaf("straat", "Damrak"))),
            branch("leeg"));

    @Test
    void leavesComeInDocumentOrderAndAReferenceToAPersonIsOneToo() {
        assertThat(content.leaves()).extracting(PlacedLeaf::path).containsExactly("datum", "persoon/@betreft",
                "persoon/letsel", "persoon/kind", "persoon/@betreft", "persoon/letsel", "persoon/plaats/straat");
    }

    @Test
    void aLeafIsAboutTheNearestPersonPointedTo() {
        assertThat(content.leaves()).extracting(PlacedLeaf::person).containsExactly(Optional.empty(),
                Optional.of(MOTHER), Optional.of(MOTHER), Optional.of(new PersonId("p-kind")), Optional.of(FATHER),
                Optional.of(FATHER), Optional.of(FATHER));
    }

    @Test
    void theValuesAtAPathAreThoseOfEveryBranch() {
        assertThat(content.values("persoon/letsel")).containsExactly("blauwe plek", "geen");
        assertThat(content.values("persoon/@betreft")).containsExactly("p-moeder", "p-vader");
        assertThat(content.values("persoon")).as("a branch has no value").isEmpty();
        assertThat(content.values("nergens")).isEmpty();
    }

    @Test
    void thePartsAtAPathCanBeReadAlone() {
        assertThat(content.parts("persoon")).hasSize(2);
        assertThat(content.parts("persoon").get(1).values("plaats/straat")).containsExactly("Damrak");
        assertThat(content.parts("persoon/plaats")).hasSize(1);
        assertThat(content.parts("datum")).as("a leaf is no part").isEmpty();
        assertThat(content.parts("persoon").get(0).root().concerns()).contains(MOTHER);
    }

    @Test
    void everyPersonPointedToIsNamedOnce() {
        var twice = content("melding", about(MOTHER, "persoon", leaf("letsel", "x")),
                about(MOTHER, "persoon", leaf("letsel", "y")));
        assertThat(twice.persons()).containsExactly(MOTHER);
        assertThat(content.persons()).containsExactly(MOTHER, new PersonId("p-kind"), FATHER);
    }

    @Test
    void whatIsNotKeptIsGoneAndNothingElse() {
        var kept = content.keeping(leaf -> !leaf.path().endsWith("letsel"));
        assertThat(kept.leaves()).extracting(PlacedLeaf::path).containsExactly("datum", "persoon/@betreft",
                "persoon/kind", "persoon/@betreft", "persoon/plaats/straat");
        assertThat(content.leaves()).as("the content itself stays as it was").hasSize(7);
    }

    @Test
    void theSamePathMayStayForOnePersonAndGoForAnother() {
        var kept = content.keeping(leaf -> leaf.person().equals(Optional.of(MOTHER)));
        assertThat(kept.values("persoon/letsel")).containsExactly("blauwe plek");
        assertThat(kept.values("persoon/@betreft")).containsExactly("p-moeder");
    }

    @Test
    void aBranchThatIsLeftEmptyGoesAndOneThatWasEmptyStays() {
        var kept = content.keeping(leaf -> leaf.path().equals("datum"));
        assertThat(kept.root().children()).extracting(Content.Node::name).containsExactly("datum", "leeg");
    }

    @Test
    void aBranchInsideABranchThatIsLeftEmptyTakesBothAway() {
        var deep = content("melding", branch("a", branch("b", branch("c", leaf("d", "x")))), leaf("e", "y"));
        assertThat(deep.keeping(leaf -> leaf.path().equals("e")).root().children()).extracting(Content.Node::name)
                .containsExactly("e");
    }

    @Test
    void aBranchWhoseReferenceIsKeptStaysThoughAllElseGoes() {
        var kept = content.keeping(
                leaf -> leaf.path().endsWith(Content.PERSON_REFERENCE) && leaf.person().equals(Optional.of(FATHER)));
        assertThat(kept.parts("persoon")).hasSize(1);
        assertThat(kept.values("persoon/@betreft")).containsExactly("p-vader");
        assertThat(kept.values("persoon/letsel")).isEmpty();
    }

    @Test
    void aBranchThatStaysKeepsItsReference() {
        var kept = content.keeping(leaf -> leaf.path().equals("persoon/plaats/straat"));
        assertThat(kept.persons()).containsExactly(FATHER);
    }

    @Test
    void noTextFormShowsAValue() {
        assertThat(content.toString()).isEqualTo("Content[melding]");
        assertThat(content.leaves().toString()).doesNotContain("blauwe plek");
        assertThat(content.root().toString()).doesNotContain("blauwe plek").doesNotContain("Damrak");
    }

    @Test
    void aMomentIsReadInAnyZone() {
        assertThat(Content.moment(" 2026-07-01T14:00:00+02:00 ")).isEqualTo(Content.moment("2026-07-01T12:00:00Z"));
    }
}
