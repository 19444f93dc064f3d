package nl.ketenpoort.acceptance;

import nl.ketenpoort.signature.VerifiedMessage;

/** Does what one operation of the partner interface asks; records its own refusals. */
public interface RequestHandler {

    /** Performs the request. */
    Reply perform(VerifiedMessage message);
}
