/**
 * The script of the demonstration: who sends what to whom, and what must come of it, read from a file that anybody can
 * read. It is complete before anything is played.
 */
package nl.ketenpoort.demonstration.script;
