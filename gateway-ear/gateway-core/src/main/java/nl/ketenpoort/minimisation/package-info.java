/**
 * Leaving out what a receiver may not have, so that what remains is still a message.
 */
package nl.ketenpoort.minimisation;
