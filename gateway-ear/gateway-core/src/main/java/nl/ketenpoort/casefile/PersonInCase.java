package nl.ketenpoort.casefile;

import nl.ketenpoort.messagetype.PersonId;
import nl.ketenpoort.messagetype.PersonRole;

/** A person as the case knows him: an id that means nothing elsewhere, and a role. */
public record PersonInCase(PersonId id, PersonRole role) {}
