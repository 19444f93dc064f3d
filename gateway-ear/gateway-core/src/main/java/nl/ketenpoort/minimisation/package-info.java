/** What a receiver gets: the content less every leaf he may not have, and proof of what it was taken from. */
package nl.ketenpoort.minimisation;
