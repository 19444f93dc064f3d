/**
 * Bringing a message to its receiver until it is there, or saying that it could not be.
 */
package nl.ketenpoort.delivery;
