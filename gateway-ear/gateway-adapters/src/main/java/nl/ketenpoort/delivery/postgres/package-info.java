/** Deliveries, their lanes and the state of endpoints on PostgreSQL. */
package nl.ketenpoort.delivery.postgres;
