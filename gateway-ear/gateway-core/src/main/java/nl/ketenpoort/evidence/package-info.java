/**
 * What can be proven later: audit records with their salted commitments, and digests that bind without revealing.
 */
package nl.ketenpoort.evidence;
