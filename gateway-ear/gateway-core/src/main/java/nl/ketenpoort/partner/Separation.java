package nl.ketenpoort.partner;

import java.util.Optional;

/**
 * How far what is given to one function of an organisation is kept from others in that organisation
 * (a part sealed for a function is readable by that function only: KP-5116, decision record 0016).
 *
 * @param fromOtherFunctions no other function of the organisation can read it: address and certificate are its own, or
 *        the document says so
 * @param document the document in which the partner undertakes that its system keeps its functions apart; empty where
 *        address and certificate do
 * @param ofSealedParts within the function, who serves one person cannot read a part that is sealed from whoever serves
 *        that person ("niet delen met")
 */
public record Separation(boolean fromOtherFunctions, Optional<String> document, boolean ofSealedParts) {

    /** Nothing is known to be kept apart. */
    public static Separation none() {
        return new Separation(false, Optional.empty(), false);
    }

    /** Kept apart by an address and a certificate of its own. */
    public static Separation ofItsOwn() {
        return new Separation(true, Optional.empty(), false);
    }
}
