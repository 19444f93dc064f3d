/** Tests of the durable tasks of deliveries. */
package nl.ketenpoort.delivery.scheduler;
