/**
 * Whether a verified message is what its type says it is.
 */
package nl.ketenpoort.validation;
