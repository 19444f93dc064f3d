/** The handshakes that the server's listener refused, taken from its module. */
package nl.ketenpoort.operations.tlslistener;
