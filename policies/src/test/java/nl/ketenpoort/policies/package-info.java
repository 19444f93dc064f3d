/**
 * Tests of the policy bundle: that it is sound, that each row decides as its law says, and that the readable matrix of
 * all decisions is what a privacy officer last approved. The bundle itself is data and has no code of its own.
 */
package nl.ketenpoort.policies;
