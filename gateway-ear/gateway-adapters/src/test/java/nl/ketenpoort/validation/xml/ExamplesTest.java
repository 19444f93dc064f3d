package nl.ketenpoort.validation.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import nl.ketenpoort.messagetype.xml.MessageTypesWiring;
import nl.ketenpoort.messagetype.xml.MessageTypesWiring.Catalogue;
import nl.ketenpoort.messagetype.xml.MessageTypesWiring.Constraint;
import nl.ketenpoort.refusal.Examined.Passed;
import nl.ketenpoort.refusal.Examined.Refused;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.validation.MessageValidation;
import nl.ketenpoort.validation.ValidMessage;
import nl.ketenpoort.validation.xml.ExampleMessages.Example;

class ExamplesTest {

    private static final Catalogue CATALOGUE = MessageTypesWiring
            .catalogue(() -> Instant.parse("2026-11-15T12:00:00Z"));
    private static final MessageValidation VALIDATION = ValidationWiring.over(CATALOGUE).validation();
    private static final BodyReaders READERS = new BodyReaders(CATALOGUE);

    @TestFactory
    Stream<DynamicTest> everyAcceptedExampleIsValid() {
        return ExampleMessages.accepted().stream().map(example -> dynamicTest(example.toString(), () -> {
            assertThat(VALIDATION.validate(Verified.message(example.bytes()))).isInstanceOf(Passed.class);
        }));
    }

    @TestFactory
    Stream<DynamicTest> everyRefusedExampleIsRefusedWithTheCodeInItsName() {
        return ExampleMessages.refused().stream().map(example -> dynamicTest(example.toString(), () -> {
            var examined = VALIDATION.validate(Verified.message(example.bytes()));
            assertThat(examined).isInstanceOfSatisfying(Refused.class,
                    refused -> assertThat(refused.refusal().code()).hasToString(example.code()));
        }));
    }

    /** The name of a file is a claim; here the constraints themselves are asked. */
    @TestFactory
    Stream<DynamicTest> everyRefusedExampleBreaksTheConstraintItIsNamedAfterAndNoOther() {
        return ExampleMessages.refused().stream().filter(example -> !example.hasCode(Reason.SCHEMA_INVALID))
                .map(example -> dynamicTest(example.toString(), () -> assertThat(brokenBy(example))
                        .containsExactlyElementsOf(namedBy(example))));
    }

    @TestFactory
    Stream<DynamicTest> everyConstraintHasARefusedExample() {
        return CATALOGUE.names().stream().map(type -> dynamicTest(type.name(), () -> {
            var broken = ExampleMessages.refused().stream().filter(example -> example.isOf(type))
                    .filter(example -> !example.hasCode(Reason.SCHEMA_INVALID))
                    .flatMap(example -> brokenBy(example).stream());
            assertThat(broken).containsAll(CATALOGUE.form(type).constraints().stream().map(Constraint::id).toList());
        }));
    }

    @TestFactory
    Stream<DynamicTest> everyLeafOfAnAcceptedExampleHasARule() {
        return ExampleMessages.accepted().stream().map(example -> dynamicTest(example.toString(), () -> {
            if (VALIDATION.validate(Verified.message(example.bytes())) instanceof Passed<ValidMessage>(var valid)) {
                assertThat(valid.type().leaves().keySet())
                        .containsAll(valid.content().leaves().stream().map(leaf -> leaf.path()).toList());
            }
        }));
    }

    @Test
    void thereAreExamplesOfBothKinds() {
        assertThat(ExampleMessages.accepted()).isNotEmpty();
        assertThat(ExampleMessages.refused()).isNotEmpty();
    }

    /** Names of the constraints that the content does not keep, each asked by itself. */
    private static List<String> brokenBy(Example example) {
        if (READERS.body(example.bytes(), XmlMessageValidation.ELEMENT) instanceof Passed<ReadBody>(var body)) {
            var typed = body.typed().orElseThrow();
            return CATALOGUE.form(typed.type()).constraints().stream()
                    .filter(one -> ContentConstraints.broken(List.of(one), typed.content()).isPresent())
                    .map(Constraint::id).toList();
        }
        throw new AssertionError(example + " cannot be read");
    }

    /** An unknown person breaks no constraint. For the term of a THV the way it is broken may follow the constraint. */
    private static List<String> namedBy(Example example) {
        if (example.hasCode(Reason.PERSON_UNKNOWN)) {
            return List.of();
        }
        if (example.hasCode(Reason.THV_TERM_INVALID)) {
            return CATALOGUE.names().stream().filter(example::isOf)
                    .flatMap(type -> CATALOGUE.form(type).constraints().stream())
                    .map(Constraint::id).filter(id -> (example.what() + "-").startsWith(id + "-")).toList();
        }
        return List.of(example.what());
    }
}
