/**
 * The transaction port on the Jakarta transactions of the server.
 */
package nl.ketenpoort.transaction.jta;
