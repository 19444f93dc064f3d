package nl.ketenpoort.validation;

import nl.ketenpoort.refusal.Examined;
import nl.ketenpoort.signature.VerifiedMessage;

/** Parses a case message from the verified bytes and checks schema and constraints; needs no database. */
public interface MessageValidation {

    /** The message as values, or why it is not valid. */
    Examined<ValidMessage> validate(VerifiedMessage verified);
}
