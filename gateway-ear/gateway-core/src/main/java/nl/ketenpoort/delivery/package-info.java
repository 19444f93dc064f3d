/** Bringing a message to its receiver: decided anew at each attempt, until it ends delivered, parked or cancelled. */
package nl.ketenpoort.delivery;
