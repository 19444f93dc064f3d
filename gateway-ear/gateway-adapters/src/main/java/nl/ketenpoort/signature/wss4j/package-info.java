/**
 * The signature ports on WSS4J: profile 2W-be-SE of Digikoppeling WUS, driven message by message without CXF, so that
 * every refusal has a code of ours and what is read is the very node that was verified.
 */
package nl.ketenpoort.signature.wss4j;
