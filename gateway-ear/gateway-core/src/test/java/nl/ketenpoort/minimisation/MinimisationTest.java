package nl.ketenpoort.minimisation;

import static nl.ketenpoort.messagetype.Trees.about;
import static nl.ketenpoort.messagetype.Trees.branch;
import static nl.ketenpoort.messagetype.Trees.content;
import static nl.ketenpoort.messagetype.Trees.leaf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;

import nl.ketenpoort.messagetype.Category;
import nl.ketenpoort.messagetype.Content;
import nl.ketenpoort.messagetype.MessageType;
import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.messagetype.PersonRole;
import nl.ketenpoort.messagetype.TypeDraft;
import nl.ketenpoort.partner.Bsn;
import nl.ketenpoort.purpose.DataClass;
import nl.ketenpoort.purpose.DecisionOutcome;
import nl.ketenpoort.purpose.Ruling;
import nl.ketenpoort.purpose.Ruling.Denied;
import nl.ketenpoort.purpose.Ruling.Permitted;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.refusal.Refusal;
import nl.ketenpoort.validation.Envelope.NamedPerson;

class MinimisationTest {

    private static final PersonId HER = new PersonId("p1");
    private static final PersonId HIM = new PersonId("p2");

    private static final MessageType TYPE = TypeDraft.type("melding").impersonal("datum", Category.O)
            .personal("persoon/@betreft", Category.O).personal("persoon/letsel", Category.H)
            .personal("persoon/feit", Category.C).personal("persoon/adres/straat", Category.WV)
            .personal("persoon/adres/plaats", Category.WV).essential("datum").done();

    private final Content content = content("melding", leaf("datum", "2026-07-01"),
            about(HER, "persoon", leaf("letsel", "blauw oog"), branch("adres", leaf("straat", "Damrak"),
                    leaf("plaats", "Amsterdam"))),
            about(HIM, "persoon", leaf("letsel", "schram"), leaf("feit", "mishandeling")));

    private final List<NamedPerson> persons = List.of(person(HER, true), person(HIM, true));

    @Test
    void whatIsDecidedOnIsEveryPairOfCategoryAndPersonOnce() {
        assertThat(Minimisation.classesOf(TYPE, content, persons)).containsExactlyInAnyOrder(nobody(Category.O),
                of(Category.H, HER), of(Category.WV, HER), of(Category.H, HIM), of(Category.C, HIM),
                of(Category.I, HER), of(Category.I, HIM));
    }

    @Test
    void aReferenceToAPersonIsDecidedOnOnlyWhereItIsEssential() {
        var type = essential("persoon/@betreft");
        assertThat(Minimisation.classesOf(type, content, persons)).contains(of(Category.O, HER), of(Category.O, HIM));
        assertThat(Minimisation.classesOf(TYPE, content, persons)).doesNotContain(of(Category.O, HER));
    }

    @Test
    void whoIsNotIdentifiedNeedsNoDecisionOnHisIdentity() {
        assertThat(Minimisation.classesOf(TYPE, content, List.of(person(HER, false))))
                .doesNotContain(of(Category.I, HER));
    }

    @Test
    void underPermitsForAllNothingIsLeftOut() {
        var minimised = minimise(data -> true);
        assertThat(minimised.content()).isEqualTo(content);
        assertThat(minimised.persons()).isEqualTo(persons);
        assertThat(minimised.complete()).isTrue();
    }

    @Test
    void theSameLeafStaysForOnePersonAndGoesForAnother() {
        var minimised = minimise(data -> !data.equals(of(Category.H, HIM)));
        assertThat(minimised.content().values("persoon/letsel")).containsExactly("blauw oog");
        assertThat(minimised.content().values("persoon/feit")).containsExactly("mishandeling");
        assertThat(minimised.omitted()).containsExactly("persoon/letsel");
        assertThat(minimised.complete()).isFalse();
    }

    @Test
    void aBranchLeftEmptyGoesAndSoDoesWhomItPointedTo() {
        var minimised = minimise(data -> !data.person().equals(Optional.of(HIM)));
        assertThat(minimised.content().parts("persoon")).hasSize(1);
        assertThat(minimised.content().persons()).containsExactly(HER);
        assertThat(minimised.persons()).containsExactly(person(HER, true));
    }

    @Test
    void aBranchInsideAPersonGoesAlone() {
        var minimised = minimise(data -> data.category() != Category.WV);
        assertThat(minimised.content().parts("persoon/adres")).isEmpty();
        assertThat(minimised.content().values("persoon/letsel")).containsExactly("blauw oog", "schram");
        assertThat(minimised.omitted()).containsExactly("persoon/adres/straat", "persoon/adres/plaats");
    }

    @Test
    void whatIsLeftOutTwiceIsNamedOnce() {
        assertThat(minimise(data -> data.category() != Category.H).omitted()).containsExactly("persoon/letsel");
    }

    @Test
    void anEssentialReferenceKeepsItsElementThoughAllElseOfThePersonGoes() {
        var rulings = ruled(essential("persoon/@betreft"), data -> data.category() == Category.O);
        var minimised = Minimisation.minimise(essential("persoon/@betreft"), content, persons, rulings);
        assertThat(minimised.content().values("persoon/@betreft")).containsExactly("p1", "p2");
        assertThat(minimised.content().values("persoon/letsel")).isEmpty();
        assertThat(minimised.persons()).containsExactly(person(HER, false), person(HIM, false));
    }

    @Test
    void whoseIdentityMayNotBeKnownStaysAPersonWithoutAName() {
        var minimised = minimise(data -> data.category() != Category.I);
        assertThat(minimised.persons()).containsExactly(person(HER, false), person(HIM, false));
        assertThat(minimised.persons()).noneMatch(NamedPerson::identified);
        assertThat(minimised.omitted()).containsExactly(Minimisation.IDENTITY);
    }

    @Test
    void ofWhomNothingIsGivenNotEvenHisPresenceIsTold() {
        var minimised = minimise(data -> data.person().isEmpty());
        assertThat(minimised.persons()).isEmpty();
        assertThat(minimised.content().leaves()).hasSize(1);
    }

    @Test
    void whatWasNotRuledOnIsNotPermitted() {
        var minimised = Minimisation.minimise(TYPE, content, persons, Map.of());
        assertThat(minimised.content().root().children()).isEmpty();
        assertThat(minimised.persons()).isEmpty();
    }

    @Test
    void anEssentialLeafThatMayNotBeGivenIsNamedWithItsClass() {
        var type = essential("persoon/feit");
        var missing = Minimisation.missingEssential(type, content,
                ruled(type, data -> data.category() != Category.C));
        assertThat(missing).contains(new Minimisation.MissingEssential("persoon/feit", of(Category.C, HIM)));
        assertThat(Minimisation.missingEssential(type, content, ruled(type, data -> true))).isEmpty();
    }

    @Test
    void anEssentialLeafMissesAlsoWhenItIsGivenForOneOfTwoPersons() {
        var type = essential("persoon/letsel");
        assertThat(Minimisation.missingEssential(type, content,
                ruled(type, data -> !data.equals(of(Category.H, HIM))))).isPresent();
    }

    @Test
    void anEssentialLeafThatTheMessageDoesNotHaveIsNotMissing() {
        var type = essential("persoon/adres/huisnummer");
        assertThat(Minimisation.missingEssential(type, content, Map.of())).isEmpty();
    }

    @Test
    void aLeafWithoutARuleIsAFaultOfOursAndNamesNoValue() {
        var type = TypeDraft.type("melding").impersonal("datum", Category.O).done();
        assertThatIllegalStateException().isThrownBy(() -> Minimisation.classesOf(type, content, persons))
                .withMessageContaining("persoon/letsel").withMessageNotContaining("blauw oog");
    }

    private static MessageType essential(String path) {
        return TypeDraft.type("melding").impersonal("datum", Category.O).personal("persoon/@betreft", Category.O)
                .personal("persoon/letsel", Category.H).personal("persoon/feit", Category.C)
                .personal("persoon/adres/straat", Category.WV).personal("persoon/adres/plaats", Category.WV)
                .essential(path).done();
    }

    private Minimised minimise(Predicate<DataClass> permitted) {
        return Minimisation.minimise(TYPE, content, persons, ruled(TYPE, permitted));
    }

    private Map<DataClass, Ruling> ruled(MessageType type, Predicate<DataClass> permitted) {
        var rulings = new LinkedHashMap<DataClass, Ruling>();
        Minimisation.classesOf(type, content, persons)
                .forEach(data -> rulings.put(data, permitted.test(data)
                        ? new Permitted(List.of("p@1"))
                        : new Denied(DecisionOutcome.DENY, Refusal.of(Reason.NO_GROUND), List.of())));
        return rulings;
    }

    private static DataClass of(Category category, PersonId person) {
        return new DataClass(category, Optional.of(person));
    }

    private static DataClass nobody(Category category) {
        return new DataClass(category, Optional.empty());
    }

    private static NamedPerson person(PersonId id, boolean identified) {
        var person = new NamedPerson(id, new PersonRole("ACHTERBLIJVER"), Optional.of(new Bsn("999990019")),
                Optional.of("Proef Persoon"), Optional.empty());
        return identified ? person : person.unidentified();
    }
}
