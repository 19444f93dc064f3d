package nl.ketenpoort.validation;

import nl.ketenpoort.refusal.Examined;
import nl.ketenpoort.signature.VerifiedMessage;

/** Reads the request of any operation but {@code verzenden} from the verified bytes; needs no database. */
public interface RequestReading {

    /**
     * The request as values, of the kind that the signed operation names. Refused when it is the element of another
     * operation, does not keep the envelope's schema, or has a value that does not exist.
     */
    Examined<PartnerRequest> read(VerifiedMessage verified);
}
