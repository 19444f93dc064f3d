package nl.ketenpoort.signature;

import java.security.cert.X509Certificate;

import nl.ketenpoort.partner.Oin;

/**
 * Who proved to have signed, and over whose connection it came.
 *
 * @param signer OIN in the certificate of the signature
 * @param tlsParty OIN in the certificate of the connection; may be an intermediary of the signer
 * @param certificate the signer's certificate: chain, validity and CRL were checked
 */
public record Sender(Oin signer, Oin tlsParty, X509Certificate certificate) {}
