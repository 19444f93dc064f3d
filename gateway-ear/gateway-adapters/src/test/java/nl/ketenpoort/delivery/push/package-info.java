/** The push channel against an endpoint over mutual TLS. */
package nl.ketenpoort.delivery.push;
