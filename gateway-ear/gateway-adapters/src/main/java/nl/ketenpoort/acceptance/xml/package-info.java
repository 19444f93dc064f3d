/**
 * The elements of the gateway's answers and faults. What is stored and repeated (a receipt, a delivery) goes in byte for
 * byte.
 */
package nl.ketenpoort.acceptance.xml;
