package nl.ketenpoort.validation.xml;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;

import nl.ketenpoort.partner.Oin;

/** Delegates to {@link Oin}; the provider makes it, and wants it public. Absent is right. */
public final class OinNumberValidator implements ConstraintValidator<OinNumber, String> {

    @Override
    public boolean isValid(String text, ConstraintValidatorContext context) {
        return text == null || Oin.valid(text);
    }
}
