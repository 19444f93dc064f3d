/**
 * The commands of those who run the gateway.
 */
package nl.ketenpoort.operator;
