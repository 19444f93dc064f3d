/**
 * What those who run the gateway see and may do.
 */
package nl.ketenpoort.operations;
