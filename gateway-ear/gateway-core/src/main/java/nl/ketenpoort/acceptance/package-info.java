/**
 * Read first: one use case tells how a message is taken in, from the bytes received to the receipt.
 */
package nl.ketenpoort.acceptance;
