package nl.ketenpoort.validation.xml;

import nl.ketenpoort.messagetype.xml.MessageTypesWiring.Catalogue;
import nl.ketenpoort.refusal.Examined;
import nl.ketenpoort.refusal.Examined.Passed;
import nl.ketenpoort.refusal.Examined.Refused;
import nl.ketenpoort.validation.StoredMessages;

/** Reads the Body of a kept SOAP envelope as it was read when it came. */
final class XmlStoredMessages implements StoredMessages {

    private final BodyReaders readers;
    private final EnvelopeReading envelopes;
    private final Catalogue catalogue;

    XmlStoredMessages(BodyReaders readers, EnvelopeReading envelopes, Catalogue catalogue) {
        this.readers = readers;
        this.envelopes = envelopes;
        this.catalogue = catalogue;
    }

    @Override
    public ReadMessage read(byte[] soapEnvelope) {
        Examined<ReadMessage> read = readers.bodyIn(soapEnvelope, XmlMessageValidation.ELEMENT).then(body -> {
            var typed = body.typed().orElseThrow();
            return envelopes.read(body.request().child("envelop").orElseThrow(), typed.type())
                    .then(envelope -> Examined.passed(new ReadMessage(catalogue.find(typed.type()).orElseThrow(),
                            envelope, typed.content())));
        });
        return switch (read) {
            case Passed<ReadMessage>(ReadMessage message) -> message;
            case Refused<ReadMessage>(var refusal) -> throw new IllegalStateException(
                    "a kept message cannot be read: " + refusal.code() + " " + refusal.description());
        };
    }
}
