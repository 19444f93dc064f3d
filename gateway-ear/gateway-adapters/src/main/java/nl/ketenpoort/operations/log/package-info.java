/** Faults of ours in the server's log: class names and places, never a message that could quote content. */
package nl.ketenpoort.operations.log;
