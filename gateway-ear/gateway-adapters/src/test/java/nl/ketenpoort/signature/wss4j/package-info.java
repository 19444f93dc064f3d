/** The signature adapter against requests that a partner makes with WSS4J, and against those an attacker makes of them. */
package nl.ketenpoort.signature.wss4j;
