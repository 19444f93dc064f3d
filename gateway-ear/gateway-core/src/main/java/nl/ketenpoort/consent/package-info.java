/** Consent, and the registered weighing that may stand in its place: per person and per part, for one case. */
package nl.ketenpoort.consent;
