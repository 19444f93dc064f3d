/** What the tests of the stores on PostgreSQL stand on: one database, and transactions without a server. */
package nl.ketenpoort.transaction.jdbc;
