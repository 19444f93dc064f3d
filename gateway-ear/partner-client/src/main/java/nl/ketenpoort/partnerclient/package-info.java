/**
 * What a partner needs to talk with the gateway: send, receive, fetch, confirm.
 */
package nl.ketenpoort.partnerclient;
