/**
 * State, audit and deliveries that commit together, or not at all.
 */
package nl.ketenpoort.transaction;
