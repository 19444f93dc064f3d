package nl.ketenpoort.partner;

import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which functions of an organisation a certificate speaks for, where functions have certificates of their own. */
public final class FunctionCertificates {

    private final PartnerRegister partners;

    /** Of this register. */
    public FunctionCertificates(PartnerRegister partners) {
        this.partners = partners;
    }

    /** Functions of the organisation that have a certificate of their own, and not this one: what is theirs stays theirs. */
    public Set<PartnerFunction> closedTo(Oin oin, X509Certificate certificate) {
        return partners.endpointsOf(oin).stream()
                .filter(endpoint -> endpoint.certificate().filter(own -> !own.equals(certificate)).isPresent())
                .map(Endpoint::function).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether every mailbox of the organisation, of which there is one at least, is tied to a certificate that is not this one. */
    public boolean opensNoMailbox(Oin oin, X509Certificate certificate) {
        var closed = closedTo(oin, certificate);
        var mailboxes = partners.endpointsOf(oin).stream().filter(endpoint -> endpoint.push().isEmpty())
                .map(Endpoint::function).collect(Collectors.toSet());
        return !mailboxes.isEmpty() && closed.containsAll(mailboxes);
    }

    /**
     * Functions of the organisation whose mailbox this certificate does not open: those closed to it, and those without an
     * endpoint now, of which nobody has said who opens them.
     */
    public Set<PartnerFunction> closedMailboxes(Oin oin, X509Certificate certificate) {
        var open = partners.endpointsOf(oin).stream().map(Endpoint::function).collect(Collectors.toSet());
        var withoutEndpoint = partners.find(oin).stream().flatMap(organisation -> organisation.profile().stream())
                .filter(function -> !open.contains(function));
        return Stream.concat(closedTo(oin, certificate).stream(), withoutEndpoint)
                .collect(Collectors.toUnmodifiableSet());
    }
}
