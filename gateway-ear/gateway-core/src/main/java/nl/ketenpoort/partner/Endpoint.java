package nl.ketenpoort.partner;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * Where one function of one organisation is reached.
 *
 * @param oin organisation
 * @param function function the endpoint is for
 * @param push where the gateway delivers; empty for a mailbox that the partner fetches from
 * @param encryptionCertificate the certificate deliveries are encrypted to; empty for a mailbox
 * @param separated whether messages for this function cannot be read by another function of the organisation: an
 *        endpoint or mailbox of its own, or an agreement that the partner's system keeps them apart
 */
public record Endpoint(Oin oin, PartnerFunction function, Optional<URI> push,
        Optional<X509Certificate> encryptionCertificate, boolean separated) {}
