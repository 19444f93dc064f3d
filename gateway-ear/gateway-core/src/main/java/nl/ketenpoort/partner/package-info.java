/**
 * Organisations of the chain: who they are, in which function, with which certificates and endpoints.
 */
package nl.ketenpoort.partner;
