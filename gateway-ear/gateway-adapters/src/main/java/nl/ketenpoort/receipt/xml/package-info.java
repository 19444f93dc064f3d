/**
 * What the gateway signs as an element of its own, so that it proves something for years without the message around it:
 * the receipt of a sender, and the herkomst of a delivery. Everything is written in exclusive canonical form, so that
 * bytes that are repeated still verify.
 */
package nl.ketenpoort.receipt.xml;
