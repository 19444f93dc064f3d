/**
 * Proves that the folders of this module say what they must: every leaf whose data it is, every path a place in the
 * schema, every example what its folder claims. Nothing here is delivered.
 */
package nl.ketenpoort.schemas;
