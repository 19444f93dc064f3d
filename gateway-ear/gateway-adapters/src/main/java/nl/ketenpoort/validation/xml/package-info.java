/**
 * Reads what a partner signed, in one pass over the verified bytes: the envelope's schema and the type's schema check
 * while the values are collected. A refusal names a place in the schema and never a value.
 */
package nl.ketenpoort.validation.xml;
