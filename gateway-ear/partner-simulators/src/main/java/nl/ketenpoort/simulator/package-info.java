/**
 * Partners that behave, and partners that do not.
 */
package nl.ketenpoort.simulator;
