package nl.ketenpoort.signature.wss4j;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import nl.ketenpoort.partner.Oin;
import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.signature.Operation;
import nl.ketenpoort.signature.ReceivedMessage;
import nl.ketenpoort.signature.Sender;
import nl.ketenpoort.signature.SignatureVerification;
import nl.ketenpoort.signature.VerifiedMessage;

final class Wss4jVerification implements SignatureVerification {

    private final Supplier<Opening> openings;
    private final Set<String> endpoints;

    /** @param endpoints as {@link Addressing#place} writes them */
    Wss4jVerification(Supplier<Opening> openings, Set<String> endpoints) {
        this.openings = openings;
        this.endpoints = Set.copyOf(endpoints);
    }

    @Override
    public Verification verify(ReceivedMessage received) {
        var opening = openings.get();
        var tlsParty = received.tlsCertificate().flatMap(Subject::oin);
        try {
            return new Proven(prove(received, opening, tlsParty));
        } catch (RefusedMessage refused) {
            var sender = opening.signer().flatMap(
                    signer -> tlsParty.map(party -> new Sender(signer.oin(), party, signer.certificate())));
            return new NotProven(refused.refusal(),
                    new Correspondent(sender, opening.messageId(), opening.confirmations()), tlsParty);
        }
    }

    private VerifiedMessage prove(ReceivedMessage received, Opening opening, Optional<Oin> tlsParty)
            throws RefusedMessage {
        opening.checkSize(received.bytes());
        var party = tlsParty.orElseThrow(() -> new RefusedMessage(Reason.TLS_CERTIFICATE_MISSING));
        Opening.checkContentType(received.contentType());
        var opened = opening.open(received.bytes(), SecurityHeader.Kind.REQUEST);
        var addressing = Addressing.ofRequest(opened.soap(), endpoints, received.soapAction());
        var sender = new Sender(opened.signer().oin(), party, opened.signer().certificate());
        return new VerifiedMessage(sender, addressing.messageId().orElseThrow(),
                Operation.ofRequestAction(addressing.action()).orElseThrow(), Opening.canonical(opened.content()),
                Opening.asReceived(opened.soap().envelope()), opening.confirmations());
    }
}
