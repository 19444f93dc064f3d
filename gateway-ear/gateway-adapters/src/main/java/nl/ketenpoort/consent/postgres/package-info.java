/** Consents on PostgreSQL. */
package nl.ketenpoort.consent.postgres;
