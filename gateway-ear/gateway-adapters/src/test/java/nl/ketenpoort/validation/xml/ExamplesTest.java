package nl.ketenpoort.validation.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.time.Instant;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import nl.ketenpoort.messagetype.xml.MessageTypesWiring;
import nl.ketenpoort.messagetype.xml.MessageTypesWiring.Catalogue;
import nl.ketenpoort.refusal.Examined.Passed;
import nl.ketenpoort.refusal.Examined.Refused;
import nl.ketenpoort.validation.MessageValidation;
import nl.ketenpoort.validation.ValidMessage;

class ExamplesTest {

    private static final Catalogue CATALOGUE = MessageTypesWiring
            .catalogue(() -> Instant.parse("2026-11-15T12:00:00Z"));
    private static final MessageValidation VALIDATION = ValidationWiring.over(CATALOGUE).validation();

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
}
