/** The handshakes that the server's listener refused, taken from its module and recorded round by round. */
package nl.ketenpoort.operations.tlslistener;
