/** The clocks of an installation. */
package nl.ketenpoort.transaction.clock;
