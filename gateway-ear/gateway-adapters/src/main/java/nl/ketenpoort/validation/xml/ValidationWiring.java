package nl.ketenpoort.validation.xml;

import nl.ketenpoort.messagetype.xml.MessageTypesWiring.Catalogue;
import nl.ketenpoort.validation.MessageValidation;
import nl.ketenpoort.validation.RequestReading;
import nl.ketenpoort.validation.StoredMessages;

/** The door of this package, for the composition root alone. */
public final class ValidationWiring {

    private ValidationWiring() {}

    /** The ports over this catalogue; they share their parsers and may be used by any number of threads. */
    public static Ports over(Catalogue catalogue) {
        var readers = new BodyReaders(catalogue);
        var envelopes = new EnvelopeReading();
        return new Ports(new XmlMessageValidation(readers, envelopes, catalogue),
                new XmlRequestReading(readers, catalogue),
                new XmlStoredMessages(readers, envelopes, catalogue));
    }

    /**
     * What this package implements.
     *
     * @param validation of case messages
     * @param requests of every other operation
     * @param stored messages accepted earlier
     */
    public record Ports(MessageValidation validation, RequestReading requests, StoredMessages stored) {}
}
