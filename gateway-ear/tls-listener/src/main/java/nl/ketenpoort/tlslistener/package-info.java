/**
 * The listener for partners, seen from TLS: a provider of {@link javax.net.ssl.SSLContext} that lets the JDK do the work
 * and counts the handshakes it refuses, with what the client showed and why. Nothing here lets anybody in, and the one thing
 * for which it refuses itself is that a revocation list is missing. It knows only the JDK, because it runs in the server,
 * before and below any deployment.
 */
package nl.ketenpoort.tlslistener;
