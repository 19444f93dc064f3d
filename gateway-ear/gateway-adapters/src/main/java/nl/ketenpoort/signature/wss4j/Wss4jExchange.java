package nl.ketenpoort.signature.wss4j;

import java.net.URI;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.apache.xml.security.utils.XMLUtils;
import org.w3c.dom.Element;

import nl.ketenpoort.refusal.Reason;
import nl.ketenpoort.signature.wss4j.Wss4jWiring.Answer;
import nl.ketenpoort.signature.wss4j.Wss4jWiring.Outgoing;
import nl.ketenpoort.signature.wss4j.Wss4jWiring.PartnerExchange;
import nl.ketenpoort.signature.wss4j.Wss4jWiring.Reading;
import nl.ketenpoort.signature.wss4j.Wss4jWiring.Sealed;
import nl.ketenpoort.signature.wss4j.Wss4jWiring.Sealing;
import nl.ketenpoort.signature.wss4j.Wss4jWiring.Unproven;
import nl.ketenpoort.signature.wss4j.Wss4jWiring.Withheld;

final class Wss4jExchange implements PartnerExchange {

    private final EnvelopeSealer sealer;
    private final CertificateTrust trust;
    private final Supplier<Opening> openings;
    private final URI from;

    /** @param from address of the gateway, with its OIN */
    Wss4jExchange(EnvelopeSealer sealer, CertificateTrust trust, Supplier<Opening> openings, URI from) {
        this.sealer = sealer;
        this.trust = trust;
        this.openings = openings;
        this.from = from;
    }

    @Override
    public Sealing seal(Outgoing request) {
        try {
            var certificate = request.encryptTo();
            trust.check(certificate);
            if (Subject.oin(certificate).filter(request.receiver()::equals).isEmpty()) {
                throw new RefusedMessage(Reason.CERTIFICATE_UNTRUSTED, "subject:serialNumber");
            }
            var sealed = sealer.seal(new Letter(request.action(), request.id(), request.to(), Optional.of(from),
                    Optional.empty(), Optional.empty(), Optional.of(certificate)), request.body());
            return new Sealed(sealed.bytes(), sealed.signatureValue(), request.id(), request.receiver());
        } catch (RefusedMessage refused) {
            return new Withheld(refused.refusal());
        }
    }

    @Override
    public Reading read(byte[] answer, Optional<String> contentType, Sealed sent) {
        try {
            Opening.checkContentType(contentType);
            var opened = openings.get().open(answer, SecurityHeader.Kind.ANSWER);
            var addressing = Addressing.ofAnswer(opened.soap());
            if (!opened.signer().oin().equals(sent.receiver())) {
                throw new RefusedMessage(Reason.CERTIFICATE_UNTRUSTED, "subject:serialNumber");
            }
            if (!addressing.relatesTo().equals(Optional.of(sent.id()))) {
                throw new RefusedMessage(Reason.ADDRESSING_WRONG, "wsa:RelatesTo");
            }
            boolean fault = Elements.is(opened.content(), SoapEnvelope.SOAP, "Fault");
            if (!confirms(opened.header().confirmations(), sent) && !fault) {
                throw new RefusedMessage(Reason.SECURITY_HEADER_INVALID, "wsse11:SignatureConfirmation");
            }
            return new Answer(addressing.action(), opened.content(), fault);
        } catch (RefusedMessage refused) {
            return new Unproven(refused.refusal());
        }
    }

    /** WB014. A fault need not: its sender may not have come as far as the signature. */
    private static boolean confirms(List<Element> confirmations, Sealed sent) {
        return confirmations.size() == 1 && equal(Elements.attribute(confirmations.getFirst(), "Value"), sent);
    }

    private static boolean equal(String base64, Sealed sent) {
        try {
            return MessageDigest.isEqual(XMLUtils.decode(base64), sent.signatureValue());
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }
}
