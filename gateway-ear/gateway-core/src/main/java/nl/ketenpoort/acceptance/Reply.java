package nl.ketenpoort.acceptance;

import nl.ketenpoort.acceptance.Outcome.Rejected;

/** What a request comes to. */
public sealed interface Reply {

    /** The one element of the answer's Body, UTF-8. */
    record Given(byte[] body) implements Reply {}

    /** A refusal that is recorded already. */
    record Denied(Rejected rejected) implements Reply {}
}
