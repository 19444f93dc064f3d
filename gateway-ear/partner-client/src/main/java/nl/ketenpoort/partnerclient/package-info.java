/**
 * What a partner's developer needs to talk with the gateway: send, receive, fetch, confirm. It follows the published
 * WSDL and schemas only and shares no code with the gateway, so that two implementations of the profile meet.
 * <p>
 * Begin at {@link nl.ketenpoort.partnerclient.KetenpoortClient}; who is delivered to by push also has a
 * {@link nl.ketenpoort.partnerclient.DeliveryEndpoint}.
 */
package nl.ketenpoort.partnerclient;
