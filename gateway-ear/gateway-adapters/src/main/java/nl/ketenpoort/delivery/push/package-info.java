/** The push channel over HTTP and mutual TLS, with the JDK's own client. */
package nl.ketenpoort.delivery.push;
