/**
 * The EAR that ships, in the server it ships for.
 */
package nl.ketenpoort.wildfly;
