package nl.ketenpoort.messagetype.xml;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.validation.Schema;

import nl.ketenpoort.messagetype.MessageTypes;
import nl.ketenpoort.messagetype.TypeName;
import nl.ketenpoort.transaction.CaseTime;

/** The door of this package, for the composition root alone. */
public final class MessageTypesWiring {

    private MessageTypesWiring() {}

    /**
     * Reads the catalogue from the {@code message-schemas} jar beside this class.
     *
     * @param caseTime decides which codes are valid now
     * @throws IllegalStateException if a folder is broken; the message says which file and what to do
     */
    public static Catalogue catalogue(CaseTime caseTime) {
        return ReadCatalogue.read(SchemaFiles.ofClassLoader(MessageTypesWiring.class.getClassLoader()), caseTime);
    }

    /** The catalogue with what other steps need to read and write XML: schemas, and rules that no schema can say. */
    public interface Catalogue extends MessageTypes {

        /** Whether this code list has the code and it may be used today, a Dutch day. */
        boolean has(String codeList, String code);

        /** Schema of the envelope and every operation of the partner interface. */
        Schema envelope();

        /** Local names of every element that the envelope's schema declares. */
        Set<String> envelopeNames();

        /**
         * How content of this type is written.
         *
         * @throws IllegalArgumentException for a type that the catalogue does not have
         */
        ContentForm form(TypeName type);
    }

    /**
     * How content of a type is written.
     *
     * @param content schema of what a sender sends
     * @param delivered schema of what a receiver gets: only essential leaves are demanded
     * @param leaves paths of the elements that hold a value
     * @param branches paths of the elements that hold elements
     * @param personReferences paths of leaves whose value is the id of a person
     * @param constraints rules that no schema can say, in the order of the schema
     */
    public record ContentForm(Schema content, Schema delivered, Set<String> leaves, Set<String> branches,
            Set<String> personReferences, List<Constraint> constraints) {

        /** Copies the collections. */
        public ContentForm {
            leaves = Set.copyOf(leaves);
            branches = Set.copyOf(branches);
            personReferences = Set.copyOf(personReferences);
            constraints = List.copyOf(constraints);
        }
    }

    /**
     * A named constraint; what each kind means is written in {@code message-schemas/types/annotatie-v1.xsd}.
     *
     * @param id name
     * @param kind kind
     * @param attributes the other attributes; those the kind needs are there, and their paths exist
     */
    public record Constraint(String id, Kind kind, Map<String, String> attributes) {

        /** The closed vocabulary: a new kind is Java, a new use is not. */
        public enum Kind {
            /** The BSN at {@code pad} passes the elfproef. */
            ELFPROEF,
            /** The OIN at {@code pad} is one. */
            OIN_GELDIG,
            /** The parketnummer at {@code pad} is one. */
            PARKETNUMMER,
            /** Where {@code pad} is {@code waarde}, {@code einde} is ten days after {@code start}. */
            THV_OPLEGGING,
            /** {@code einde} is after {@code start}, and no more than 28 days. */
            THV_TERMIJN,
            /** {@code daarna} is not before {@code eerst}. */
            VOLGORDE,
            /** Where {@code pad} is {@code waarde}, {@code vereist} is there. */
            VERPLICHT_ALS,
            /** Where {@code pad} is {@code waarde}, {@code verboden} is not there. */
            VERBODEN_ALS;

            /** Attributes without which a constraint of this kind says nothing. */
            List<String> needs() {
                return switch (this) {
                    case ELFPROEF, OIN_GELDIG, PARKETNUMMER -> List.of("pad");
                    case THV_OPLEGGING -> List.of("pad", "waarde", "start", "einde");
                    case THV_TERMIJN -> List.of("start", "einde");
                    case VOLGORDE -> List.of("eerst", "daarna");
                    case VERPLICHT_ALS -> List.of("pad", "waarde", "vereist");
                    case VERBODEN_ALS -> List.of("pad", "waarde", "verboden");
                };
            }
        }

        /** Copies the attributes. */
        public Constraint {
            attributes = Map.copyOf(attributes);
        }

        /** The attribute, if the schema gives it. */
        public Optional<String> attribute(String name) {
            return Optional.ofNullable(attributes.get(name));
        }

        /**
         * An attribute that the kind needs.
         *
         * @throws IllegalStateException if it is not there, which the start of the gateway prevents
         */
        public String required(String name) {
            return attribute(name).orElseThrow(() -> new IllegalStateException(id + " needs " + name));
        }
    }
}
