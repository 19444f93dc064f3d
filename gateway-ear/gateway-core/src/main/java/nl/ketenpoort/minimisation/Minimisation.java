package nl.ketenpoort.minimisation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import nl.ketenpoort.messagetype.Category;
import nl.ketenpoort.messagetype.Content;
import nl.ketenpoort.messagetype.Content.PlacedLeaf;
import nl.ketenpoort.messagetype.LeafRule;
import nl.ketenpoort.messagetype.MessageType;
import nl.ketenpoort.purpose.DataClass;
import nl.ketenpoort.purpose.Ruling;
import nl.ketenpoort.validation.Envelope.NamedPerson;

/** Takes away what is not permitted. A leaf for which nothing was ruled is not permitted. */
public final class Minimisation {

    private Minimisation() {}

    /** Path under which identifying data of the envelope is reported as left out. */
    public static final String IDENTITY = "envelop/betrokkenen/persoon";

    /** The classes of data that the content and the persons of the envelope hold: what must be ruled on. */
    public static Set<DataClass> classesOf(MessageType type, Content content, List<NamedPerson> persons) {
        var classes = new LinkedHashSet<DataClass>();
        content.leaves().stream().filter(leaf -> !pointsOnly(type, leaf))
                .forEach(leaf -> classes.add(classOf(type, leaf)));
        persons.stream().filter(NamedPerson::identified).forEach(person -> classes.add(identityOf(person)));
        return classes;
    }

    /** What the receiver gets under these rulings. */
    public static Minimised minimise(MessageType type, Content content, List<NamedPerson> persons,
            Map<DataClass, Ruling> rulings) {
        var omitted = new LinkedHashSet<String>();
        var kept = content.keeping(leaf -> {
            if (pointsOnly(type, leaf)) {
                return false;
            }
            boolean permitted = permits(rulings, classOf(type, leaf));
            if (!permitted) {
                omitted.add(leaf.path());
            }
            return permitted;
        });
        var pointedTo = kept.persons().collect(Collectors.toSet());
        var keptPersons = new ArrayList<NamedPerson>();
        for (var person : persons) {
            if (permits(rulings, identityOf(person))) {
                keptPersons.add(person);
            } else if (pointedTo.contains(person.id())) {
                keptPersons.add(person.unidentified());
            }
            if (person.identified() && !permits(rulings, identityOf(person))) {
                omitted.add(IDENTITY);
            }
        }
        return new Minimised(kept, keptPersons, List.copyOf(omitted));
    }

    /**
     * An essential leaf of the message that these rulings do not permit, with its class; empty if all of them are
     * permitted.
     */
    public static Optional<MissingEssential> missingEssential(MessageType type, Content content,
            Map<DataClass, Ruling> rulings) {
        return content.leaves().stream().filter(leaf -> type.essential().contains(leaf.path()))
                .map(leaf -> new MissingEssential(leaf.path(), classOf(type, leaf)))
                .filter(leaf -> !permits(rulings, leaf.data())).findFirst();
    }

    /** An essential leaf that may not be given. */
    public record MissingEssential(String path, DataClass data) {}

    /** A reference to a person that is not essential goes with what stands in its element. */
    private static boolean pointsOnly(MessageType type, PlacedLeaf leaf) {
        return leaf.path().endsWith(Content.PERSON_REFERENCE) && !type.essential().contains(leaf.path());
    }

    private static boolean permits(Map<DataClass, Ruling> rulings, DataClass data) {
        var ruling = rulings.get(data);
        return ruling != null && ruling.permits();
    }

    private static DataClass identityOf(NamedPerson person) {
        return new DataClass(Category.I, Optional.of(person.id()));
    }

    private static DataClass classOf(MessageType type, PlacedLeaf leaf) {
        LeafRule rule = type.leaves().get(leaf.path());
        if (rule == null) {
            throw new IllegalStateException("a valid message has a leaf without a rule: " + leaf.path());
        }
        return new DataClass(rule.category(), rule.aboutPerson() ? leaf.person() : Optional.empty());
    }
}
