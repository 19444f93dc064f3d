/**
 * SOAP in and out: requests become calls of the core, answers and refusals become responses and faults.
 */
package nl.ketenpoort.endpoint;
