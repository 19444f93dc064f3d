package nl.ketenpoort.casefile;

import java.time.Instant;

import nl.ketenpoort.messagetype.PersonId;

/**
 * {@code beschermd-tegen}: whoever serves, represents or confides in {@code from} must not learn where {@code who} is.
 *
 * @param who the protected person
 * @param from the person he is protected from
 * @param since since when
 */
public record ProtectedFrom(PersonId who, PersonId from, Instant since) {}
