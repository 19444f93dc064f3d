/** Plays a script on a running region, tells each exchange as it happens, and compares it with what was expected. */
package nl.ketenpoort.demonstration.play;
