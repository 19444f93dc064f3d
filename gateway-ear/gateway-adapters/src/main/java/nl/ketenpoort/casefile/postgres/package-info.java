/** Cases on PostgreSQL. */
package nl.ketenpoort.casefile.postgres;
