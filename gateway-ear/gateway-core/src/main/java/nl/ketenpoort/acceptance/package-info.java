/**
 * Read this first: {@link nl.ketenpoort.acceptance.MessageAcceptance} tells how a case message is accepted, from what
 * was received to the receipt.
 */
package nl.ketenpoort.acceptance;
