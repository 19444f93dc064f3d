/** What could not be recorded when it happened, recorded round by round. */
package nl.ketenpoort.operations.rounds;
