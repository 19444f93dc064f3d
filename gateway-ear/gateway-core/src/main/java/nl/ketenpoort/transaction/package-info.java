/** The boundary within which state, audit record and deliveries commit together. */
package nl.ketenpoort.transaction;
