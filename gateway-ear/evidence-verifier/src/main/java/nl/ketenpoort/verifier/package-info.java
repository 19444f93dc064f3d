/**
 * Checks evidence offline: receipts, proofs of inclusion, checkpoints.
 */
package nl.ketenpoort.verifier;
