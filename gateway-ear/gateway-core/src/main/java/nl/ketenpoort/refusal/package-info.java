/**
 * What the gateway says when it says no: permanent codes, as data. A refusal is never an exception; an exception is a
 * fault of ours.
 */
package nl.ketenpoort.refusal;
