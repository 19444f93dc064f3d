/** Accepted messages on PostgreSQL. */
package nl.ketenpoort.acceptance.postgres;
