/**
 * The decision: may this receiver have this data, for this purpose, now? Deny by default; forbid beats permit; whatever
 * cannot be evaluated is a deny.
 */
package nl.ketenpoort.purpose;
