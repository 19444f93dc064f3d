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
 * @param certificate the certificate of the function: deliveries are encrypted to it, and only what it signed opens the
 *        mailbox; empty for a mailbox that every certificate of the organisation opens
 * @param separation how far it is kept from others of the organisation
 */
public record Endpoint(Oin oin, PartnerFunction function, Optional<URI> push,
        Optional<X509Certificate> certificate, Separation separation) {}
