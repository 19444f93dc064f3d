/**
 * Everything that a partner, or somebody who pretends to be one, could put on the wire, right or wrong, so that each
 * check of the other side can be seen to refuse on its own. Built on WSS4J and the DOM; knows neither the client nor
 * the gateway. Published as a test jar for other modules' tests.
 */
package nl.ketenpoort.partnerclient.attack;
