package nl.ketenpoort.signature.wss4j;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

import nl.ketenpoort.signature.MessageId;

/**
 * What goes on an envelope of the gateway.
 *
 * @param to {@code wsa:To}
 * @param from {@code wsa:From}; an answer has none
 * @param relatesTo the request an answer is to, if it could be read
 * @param confirmations {@code SignatureConfirmation} per value; an answer to what was not signed confirms that with one
 *        without a value (WS-Security 1.1, section 8.5); empty for a request
 * @param encryptTo absent if nothing is known of the receiver
 */
record Letter(String action, MessageId id, URI to, Optional<URI> from, Optional<MessageId> relatesTo,
        Optional<List<byte[]>> confirmations, Optional<X509Certificate> encryptTo) {}
