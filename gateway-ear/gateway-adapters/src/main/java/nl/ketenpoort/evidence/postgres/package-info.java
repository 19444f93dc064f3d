/** Audit records on PostgreSQL, added in the transaction of what they record. */
package nl.ketenpoort.evidence.postgres;
