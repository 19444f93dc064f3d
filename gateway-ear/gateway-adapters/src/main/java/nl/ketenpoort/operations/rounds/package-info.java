/** What could not be recorded while a partner waited, recorded round by round. */
package nl.ketenpoort.operations.rounds;
