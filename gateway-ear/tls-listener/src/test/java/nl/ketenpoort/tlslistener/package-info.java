/** Handshakes that really happen, between a client of the JDK and a listener that counts. */
package nl.ketenpoort.tlslistener;
