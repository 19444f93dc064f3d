/** The register of partners on PostgreSQL, held in memory and read anew when its version grows. */
package nl.ketenpoort.partner.postgres;
