/** Encryption of what is kept: AES-256-GCM by the JCA, case keys on PostgreSQL under a master key that never is there. */
package nl.ketenpoort.safekeeping.postgres;
