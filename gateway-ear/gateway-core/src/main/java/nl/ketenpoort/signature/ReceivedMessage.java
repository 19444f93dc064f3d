package nl.ketenpoort.signature;

import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * What came in, nothing verified yet but the TLS connection.
 *
 * @param bytes the HTTP body, at most one byte longer than the limit, so that {@code verify} can see that it is too long
 * @param contentType HTTP {@code Content-Type}
 * @param soapAction HTTP {@code SOAPAction} without quotes
 * @param tlsCertificate the client certificate of the connection, already checked by the listener
 */
public record ReceivedMessage(byte[] bytes, Optional<String> contentType, Optional<String> soapAction,
        Optional<X509Certificate> tlsCertificate) {

    @Override
    public String toString() {
        return "ReceivedMessage[" + bytes.length + " bytes]";
    }
}
