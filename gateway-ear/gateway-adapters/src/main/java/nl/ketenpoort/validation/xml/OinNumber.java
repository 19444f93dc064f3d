package nl.ketenpoort.validation.xml;

import static java.lang.annotation.ElementType.TYPE_USE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;

/** The text is an OIN. The message is the name of the reason to refuse, and never holds the value. */
@Target(TYPE_USE)
@Retention(RUNTIME)
@Constraint(validatedBy = OinNumberValidator.class)
@interface OinNumber {

    String message() default "OIN_INVALID";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Where it stands, in names of the schema. */
    String place();
}
