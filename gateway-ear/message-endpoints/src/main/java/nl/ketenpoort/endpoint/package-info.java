/**
 * The endpoint of the partner interface. It translates HTTP to the core's {@code PartnerRequests} and back, and decides
 * nothing.
 */
package nl.ketenpoort.endpoint;
