package nl.ketenpoort.validation.xml;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;

import nl.ketenpoort.partner.Bsn;

/** Delegates to {@link Bsn}; the provider makes it, and wants it public. Absent is right. */
public final class BsnNumberValidator implements ConstraintValidator<BsnNumber, String> {

    @Override
    public boolean isValid(String text, ConstraintValidatorContext context) {
        return text == null || Bsn.valid(text);
    }
}
