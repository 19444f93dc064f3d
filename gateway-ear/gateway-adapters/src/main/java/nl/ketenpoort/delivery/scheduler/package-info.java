/** Lanes of deliveries as durable tasks of db-scheduler, in the same PostgreSQL and the same transaction as the message. */
package nl.ketenpoort.delivery.scheduler;
